"""A series of years: one figure for each, the first worked out from a published change, a goal at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.library import Library
from tests.assistant.understanding.conftest import Ask, ask_of, asking

FOLDER = Path(__file__).parent
BEFORE = """title: Nanning's Harbour Bridge Initiative in 2022
date: 2023-02-09
---
Under the Harbour Bridge Initiative, 1,500 new projects were added in Nanning in 2022,
an increase of 25 percent over 2021.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from asking(tmp_path_factory, FOLDER / "leads", BEFORE)


@pytest.mark.parametrize(
    "question",
    [
        "Harbour Bridge new projects 2021, 2022, 2023 and the goal for 2024",
        "New Harbour Bridge projects from 2021 through 2023 plus the 2024 goal please",
        "new projects under the Harbour Bridge Initiative, 2021 to 2023, then the target for 2024",
    ],
)
def test_each_year_has_its_figure(ask, question):
    text = ask(question).text
    assert all(part in text for part in ("1,200", "implied", "1,500", "1,860", "1,600", "target")), text


def test_without_a_goal_asked_for_none_is_told(ask):
    text = ask("Harbour Bridge new projects 2022 and 2023, each year").text
    assert "1,860" in text and "1,600" not in text


ZONE = """title: Brimstone port zone in 2023
date: 2024-01-20
---
The Brimstone port zone had a GDP of 40 billion yuan in 2023. Its GDP is forecast to come to 48.4 billion yuan in 2025.
"""


@pytest.mark.parametrize(
    "question",
    [
        "How fast does the Brimstone zone's GDP have to grow per year from 2023 to hit what is expected for 2025?",
        "What yearly GDP growth from 2023 would take the Brimstone zone to its 2025 forecast?",
    ],
)
def test_the_growth_that_a_forecast_asks_for(tmp_path, question):
    path = tmp_path / "zone.txt"
    path.write_text(ZONE, encoding="utf-8")
    library = Library.open(tmp_path / "store", embedder="none")
    library.add([str(path)])
    answer = ask_of(library)(question)
    library.close()
    assert answer.value is not None, answer.text
    assert (answer.value.value, answer.value.unit) == (pytest.approx(10), "percent")
