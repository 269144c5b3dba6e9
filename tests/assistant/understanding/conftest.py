"""A real library over five small notices of invented and real places, ingested once for the whole folder."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question, Turn
from knowledge.library import Library

NOTICES = Path(__file__).parent / "notices"
AS_OF = date(2024, 6, 1)
Ask = Callable[..., Answer]


def make(home: Path, *more: Path) -> Library:
    """A library of the folder's notices, and of more."""
    library = Library.open(home, embedder="none")
    outcomes = library.add([str(NOTICES), *map(str, more)])
    assert {o.status for o in outcomes} == {"added"}, outcomes
    return library


def ask_of(library: Library) -> Ask:
    """Questions put to the planner alone: earlier turns first, the question last."""

    def ask(*turns: str, **more: object) -> Answer:
        question = Question(turns[-1], AS_OF, tuple(Turn(t) for t in turns[:-1]), **more)
        return planned(question, library, unheard)

    return ask


def asking(factory: pytest.TempPathFactory, *notices: str | Path) -> Iterator[Ask]:
    """Questions to a library of its own: of texts as they are, and of files or folders."""
    home = factory.mktemp("asked")
    for n, text in enumerate(notices):
        if isinstance(text, str):
            (home / f"{n}.txt").write_text(text, encoding="utf-8")
    paths = [str(home / f"{n}.txt") if isinstance(text, str) else str(text) for n, text in enumerate(notices)]
    library = Library.open(home / "store", embedder="none")
    assert {o.status for o in library.add(paths)} <= {"added"}
    yield ask_of(library)
    library.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = make(tmp_path_factory.mktemp("understanding"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def ask(library: Library) -> Ask:
    return ask_of(library)
