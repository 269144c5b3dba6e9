"""Schemathesis, every check, stateful, against a running server that requires keys: no failure, nothing above 499."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.samples import folder
from tests.api.serving import serving


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    library = Library.open(home, embedder="none")
    with folder() as samples:
        library.add([str(samples)])
    with serving(home, library=library, require_key=True, rate_limit_per_minute=0) as served:
        yield served
    library.close()


def examined(served, folder, examples):
    """Schemathesis' last lines, asserted to tell of no failure."""
    program = Path(sys.executable).with_name("schemathesis")
    options = ["--checks", "all", "--no-color", "--max-examples", str(examples), "--request-timeout", "60"]
    command = [str(program), "run", f"{served.url}/openapi.json", *options]
    header = f"Authorization: Bearer {served.key('examiner', 'admin')}"
    done = subprocess.run(
        [*command, "-H", header], cwd=folder, capture_output=True, text=True, timeout=1500, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:]
    cases = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert cases and cases[1] == cases[2]
    metrics = served.client(served.key("reader")).get("/metrics").text
    assert 'status="4xx"' in metrics and 'status="5xx"' not in metrics
    return cases[0]


@pytest.mark.timeout(600)
def test_the_document_is_kept(guarded, tmp_path):
    examined(guarded, tmp_path, 4)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_the_document_is_kept_under_many_examples(guarded, tmp_path):
    print(f"schemathesis: {examined(guarded, tmp_path, 150)}")
