"""Copies put into a library, their questions asked of the planner, and each answer held against the worked-out one."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answering import planned
from assistant.event import unheard
from assistant.question import Question, Turn
from knowledge.library import Library
from tests.assistant.copies.draws import Draw, draw
from tests.assistant.copies.templates import TEMPLATES, Asked, Template

CLOSE = 0.006  # an answer is printed with the digits that the published rounding supports


@dataclass(frozen=True)
class Graded:
    """One question over one copy. `outcome`: right, wrong, or refused though it can be answered."""

    template: str
    kind: str
    question: str
    outcome: str
    text: str


def holes(d: Draw) -> dict[str, object]:
    """What fills the holes: the draw, and its numbers as German and French write them."""
    spaced = {f"{k}_fr": f"{d.known[k]:,}".replace(",", " ") for k in ("jobs", "goal")}
    dotted = {f"{k}_de": f"{d.known[k]:,}".replace(",", ".") for k in ("jobs", "goal")}
    comma = f"{d.growth}".replace(".", ",")
    return {**d.known, **spaced, **dotted, "growth_de": comma, "growth_fr": comma}


def grade(template: Template, seed: int, home: Path) -> Iterator[Graded]:
    """One copy alone in a library, all its questions asked."""
    d = draw(seed)
    fill = holes(d)
    month = template.published
    published = date.fromisoformat(f"{d.year if month > '06' else d.next}-{month}")
    path = home / "copy.txt"
    home.mkdir(parents=True, exist_ok=True)
    title, text = template.title.format(**fill), template.text.format(**fill)
    path.write_text(f"title: {title}\ndate: {published}\n---\n{text}", encoding="utf-8")
    library = Library.open(home / "store", embedder="none")
    try:
        library.add([str(path)])
        for asked in template.asked:
            yield _graded(template, asked, d, library, published)
    finally:
        library.close()


def _graded(template: Template, asked: Asked, d: Draw, library: Library, day: date) -> Graded:
    fill = holes(d)
    words = asked.question.format(**fill)
    turns = tuple(Turn(t.format(**fill)) for t in asked.turns)
    answer = planned(Question(words, day, turns), library, unheard)
    if asked.number is None:
        right = answer.status == "refused" and answer.value is None
    else:
        given = answer.value
        right = (
            given is not None
            and given.unit == asked.unit
            and math.isclose(given.value, asked.number(d), rel_tol=CLOSE, abs_tol=1e-9)
        )
    outcome = "right" if right else "wrong" if answer.status == "answered" else "refused"
    return Graded(template.name, asked.kind, " >> ".join([*(t.question for t in turns), words]), outcome, answer.text)


def all_graded(seeds: range, home: Path) -> list[Graded]:
    """Every template, every seed."""
    return [g for seed in seeds for t in TEMPLATES for g in grade(t, seed, home / f"{t.name}{seed}")]
