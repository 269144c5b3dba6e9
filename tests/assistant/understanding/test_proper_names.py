"""Names of programmes, firms and fairs; questions as they are typed in haste: over notices of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.understanding import figure_index
from assistant.understanding.proper_names import names
from assistant.understanding.reading import read
from knowledge.library import Library
from tests.assistant.understanding.conftest import AS_OF, Ask, ask_of

NOTICES = Path(__file__).parent / "programmes"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(tmp_path_factory.mktemp("programmes"), embedder="none")
    library.add([str(NOTICES)])
    yield library
    library.close()


@pytest.fixture(scope="module")
def ask(library: Library) -> Ask:
    return ask_of(library)


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("silver coast new projects 2022?",), 1420),
        (("how many new projects did silver coast have in 2023",), 1620),
        (("gannet bay zone gdp q1 2024",), 41.2e9),
        (("GDP of the Gannet Bay Zone in 2024Q1",), 41.2e9),
        (("how many start-ups has Larch Growth backed so far?",), 31),
        (("exhibitors at the metals and mining expo",), 380),
        (("Did Silver Coast reach its goal for new projects in 2023, and by how many?",), 120),
        (("Larch Growth Capital's second fund vs what it had targeted: by how much did it overshoot?",), 40e6),
        (("How many foreign-funded projects did Silver Coast have in 2022?", "and the year after?"), 188),
    ],
)
def test_a_name_in_any_writing(ask: Ask, turns: tuple[str, ...], value: float) -> None:
    answer = ask(*turns)
    assert answer.status == "answered", answer.text
    assert answer.value.value == pytest.approx(value), answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what made fixed asset investment in the gannet bay zone rise in Q1 2024?", "did not rise"),
        ("why did silver coast miss its goal for new projects in 2023?", "was not missed"),
        ("how come Silver Coast fell short of its goal for new projects in 2023", "was not missed"),
    ],
)
def test_a_false_premise_is_put_right_before_a_reason_is_sought(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


def test_a_name_is_one_term_and_holds_no_operation(library: Library) -> None:
    index = figure_index.build(library, library.version, None)
    reading = read("How big is larch growth's second fund?", AS_OF, index.words, index.names)
    assert "n:larch growth" in {t.key for t in reading.terms}
    assert not reading.has("growth")
    assert read("How fast was growth in 2023?", AS_OF, index.words, index.names).has("growth")


def test_known_concepts_and_headings_make_no_names(library: Library) -> None:
    known = names(library, library.version, None).parts
    assert "n:silver coast" in known
    assert not any("regional headquart" in name or "planned invest" in name for name in known)


REGIONAL = "How many regional headquarters did Tarnmouth have at the end of 2023?"
FUNDED = "How many foreign-funded projects did Silver Coast have in 2022?"


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        ((REGIONAL, "and a yr earlier?"), 42),
        ((FUNDED, "and in 2023?", "what is the difference between the two?"), 38),
        (("How many new projects did Silver Coast register in 2022?", "how many of them in the first half?"), 655),
    ],
)
def test_what_was_just_told_is_built_on(ask: Ask, turns: tuple[str, ...], value: float) -> None:
    answer = ask(*turns)
    assert answer.status == "answered", answer.text
    assert answer.value.value == pytest.approx(value), answer.text


def test_several_years_are_a_series_and_no_quotation(ask: Ask) -> None:
    answer = ask("List the new projects of Silver Coast for 2022 and 2023")
    assert "1,420" in answer.text and "1,620" in answer.text, answer.text


def test_goals_alone_are_asked_for(ask: Ask) -> None:
    assert "1,500" in ask("which new project goals did silver coast set for 2023 and 2024").text
