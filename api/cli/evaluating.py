"""`tally eval`: accuracy by category over gold questions."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import console
from knowledge.errors import AskerError

if TYPE_CHECKING:
    from assistant.evaluation import Verdict
    from assistant.service import Assistant


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval")(evaluate)


def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Gold questions, one object a line.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Answer as seen from this date (YYYY-MM-DD).")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Print each miss and the stage that failed.")] = False,
    against: Annotated[Path | None, typer.Option("--against", help="Compare with an earlier run.")] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Write this run, for a later one to compare with.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Measure the answers to gold questions."""
    from assistant import evaluation

    for path in (questions, against):
        if path is not None and not path.is_file():
            raise AskerError(f"{path}: no such file")
    gold = evaluation.read_gold(questions)
    today = console.day(as_of, date.today())
    with console.opened(own_index=False) as (settings, library):
        from assistant.service import Assistant

        verdicts = asyncio.run(_judged(Assistant(library, settings), gold, today))
    found = evaluation.summary(verdicts)
    if against is not None:
        found |= evaluation.compared(verdicts, against)
    if keep is not None:
        keep.write_text(evaluation.golden(verdicts), encoding="utf-8")
    if as_json:
        console.emit([found])
        return
    for verdict in verdicts if misses else ():
        if not verdict.right:
            print(f"{verdict.id} {verdict.stage}: {verdict.question}\n    {verdict.why}\n    > {verdict.text}")
    _print(found)


async def _judged(assistant: "Assistant", gold: tuple[dict[str, Any], ...], today: date) -> "list[Verdict]":
    from assistant import evaluation

    verdicts = []
    with console.progress() as bar:
        task = bar.add_task("Asking", total=len(gold))
        for row in gold:
            answer = await assistant.ask(row["question"], as_of=today, earlier=tuple(row.get("turns") or ()))
            verdicts.append(evaluation.judge(row, answer, assistant.library))
            bar.advance(task)
    return verdicts


def _print(found: dict[str, Any]) -> None:
    for category, (right, total) in found["categories"].items():
        print(f"{category:<24} {right:>4}/{total}")
    for name in ("outcomes", "stages"):
        print(f"{name}: " + ", ".join(f"{key} {count}" for key, count in found[name].items()))
    for name in ("won", "lost"):
        if found.get(name):
            print(f"{name}: {' '.join(found[name])}")
    share = 100 * found["right"] / max(found["total"], 1)
    print(f"{found['right']}/{found['total']} = {share:.1f}% right")
