"""One server with scripted answers for the tests that need no library."""

from collections.abc import Iterator

import pytest

from tests.api.serving import Scripted, Served, serving


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Open, on loopback."""
    with serving(tmp_path_factory.mktemp("home"), assistant=Scripted) as served:
        yield served
