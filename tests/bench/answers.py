"""What a whole answer costs, warm and without a language model, beside the floor of the same run.

The floor is what no answer can do without: embedding the question, one query of the vectors, one look-up in the frame.
`python -m tests.bench answers`.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assistant import gate
from assistant.answering import composed, perform, toolbox_for
from assistant.event import unheard
from assistant.question import Question
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.understanding import planner
from knowledge.index.embedder import choose
from knowledge.library import Library

TUNED = Path(__file__).parents[1] / "tuned" / "english"
AS_OF = date(2025, 6, 1)


def main() -> None:
    """Print p50 and p99 in milliseconds of each part, and the ratio of the whole to the floor."""
    rows = [json.loads(line) for line in (TUNED / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [row["question"] for row in rows if not row["turns"]]
    with tempfile.TemporaryDirectory() as home:
        library = Library.open(Path(home))
        library.add([str(TUNED / "notices")])
        asyncio.run(_measure(library, questions, Path(home)))
        library.close()


async def _measure(library: Library, questions: list[str], home: Path) -> None:
    embedder = choose("minilm", home)
    assert embedder is not None
    known = library.figures()

    def floor(words: str) -> None:
        embedder.embed([words])
        library.search(words, limit=4)
        [f for f in known if f.time_period == "2023" and f.unit == "projects"]

    assistant = Assistant(library, Settings(openai_api_key=None, openai_base_url=None))
    for words in questions[:5]:
        await assistant.ask(words, as_of=AS_OF)
        floor(words)
    spent = []
    for words in questions:
        began = time.perf_counter()
        await assistant.ask(words, as_of=AS_OF)
        spent.append((time.perf_counter() - began) * 1000)
    base = _timed("floor: embedding, one vector query, one look-up", floor, questions)
    _told("whole answer", spent)
    print(f"  ratio of the medians {statistics.median(spent) / base:.2f}")
    _timed("  the planner alone", lambda q: planner.plan(Question(q, AS_OF), library), questions)
    plans = {q: planner.plan(Question(q, AS_OF), library) for q in questions}
    boxes = {q: toolbox_for(Question(q, AS_OF), library) for q in questions}
    _timed("  the tools", lambda q: perform(plans[q], boxes[q], unheard), questions)

    def gated(words: str) -> None:
        gate.check(plans[words].draft, gate.of(boxes[words], Question(words, AS_OF), "en"), prose=False)

    _timed("  the gate", gated, questions)
    _timed("  composing and the gate", lambda q: composed(plans[q], boxes[q], Question(q, AS_OF)), questions)
    await assistant.close()


def _timed(name: str, work: Callable[[str], Any], questions: list[str]) -> float:
    spent = []
    for words in questions:
        began = time.perf_counter()
        work(words)
        spent.append((time.perf_counter() - began) * 1000)
    _told(name, spent)
    return statistics.median(spent)


def _told(name: str, spent: list[float]) -> None:
    ordered = sorted(spent)
    print(f"{name}: p50 {statistics.median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99) - 1]:.1f} ms")
