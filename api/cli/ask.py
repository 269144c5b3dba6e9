"""`tally ask` and `tally chat`: questions in the terminal."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import console
from knowledge.errors import AskerError, TallyError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant

AsOf = Annotated[str | None, typer.Option("--as-of", help="Read 'last year' as seen from this date (YYYY-MM-DD).")]
_QUOTE = 300
Conversation = Annotated[str | None, typer.Option("--conversation", help="Go on with this conversation.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(ask)
    app.command()(chat)


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="FILE", help="Questions, one JSON object {id, question, turns} a line."),
    ] = None,
    conversation: Conversation = None,
    as_of: AsOf = None,
    collection: Annotated[str | None, typer.Option("--collection", help="Only from this collection.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The Answer document, one line each, on stdout.")] = False,
) -> None:
    """Ask a question, or a file of them."""
    if (question is None) == (batch is None):
        raise AskerError("ask takes a QUESTION or --batch FILE, one of the two")
    today = console.day(as_of, date.today())
    rows = list(_questions(batch)) if batch else []
    with console.opened(own_index=False) as (settings, library):
        from assistant.service import Assistant

        assistant = Assistant(library, settings)
        if batch:
            asyncio.run(_batch(assistant, rows, today, collection, as_json))
            return
        text = _sound(question or "")
        answer = asyncio.run(assistant.ask(text, as_of=today, conversation_id=conversation, collection=collection))
        _show(answer, as_json)


def chat(conversation: Conversation = None, as_of: AsOf = None) -> None:
    """Talk in the terminal; an empty line or Ctrl-D ends it."""
    today = console.day(as_of, date.today())
    with console.opened(own_index=False) as (settings, library):
        from assistant.service import Assistant

        asyncio.run(_talk(Assistant(library, settings), conversation, today))


async def _talk(assistant: "Assistant", conversation: str | None, today: date) -> None:
    print("Ask about the notices; an empty line ends the talk.")
    options: list[str] = []
    while text := await asyncio.to_thread(_line):
        if text.isdigit() and 0 < int(text) <= len(options):
            text = options[int(text) - 1]
        try:
            answer = await assistant.ask(_sound(text), as_of=today, conversation_id=conversation)
        except TallyError as error:
            console.complain(str(error))
            continue
        conversation, options = answer.conversation_id or conversation, answer.options
        _show(answer, as_json=False)


def _line() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""


async def _batch(
    assistant: "Assistant", rows: list[dict[str, Any]], today: date, collection: str | None, as_json: bool
) -> None:
    with console.progress() as bar:
        task = bar.add_task("Asking", total=len(rows))
        for row in rows:
            day = console.day(row.get("as_of"), today)
            earlier = tuple(map(_sound, row.get("turns") or ()))
            answer = await assistant.ask(_sound(row["question"]), as_of=day, earlier=earlier, collection=collection)
            if as_json:
                console.emit([{"id": row.get("id")} | answer.model_dump(mode="json")])
            else:
                print(f"{row.get('id')}: {answer.text}")
            bar.advance(task)


def _questions(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a file. AskerError that names the line that is none."""
    import json

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AskerError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise AskerError(f"{path}:{number}: not JSON ({error})") from None
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise AskerError(f'{path}:{number}: expected an object like {{"id": "1", "question": "...", "turns": []}}')
        turns = row.get("turns") or []
        if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
            raise AskerError(f"{path}:{number}: turns are a list of earlier questions")
        yield row


def _sound(text: str) -> str:
    """The text as UTF-8 can carry it: a terminal may send broken bytes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _show(answer: "Answer", as_json: bool) -> None:
    if as_json:
        console.emit([answer.model_dump(mode="json")])
        return
    print(answer.text)
    for number, option in enumerate(answer.options, 1):
        print(f"  {number}) {option}")
    if answer.table:
        _table(answer.table.columns, answer.table.rows)
    for citation in answer.citations:
        place = citation.url or citation.source
        print(f"[{citation.n}] {citation.title}, {citation.published or 'no date'}")
        print(f"    {shorten(citation.quote, _QUOTE)}\n    {place}")
    for warning in answer.warnings:
        print(f"! {warning}")
    if answer.status != "clarify" and answer.suggestions:
        print("Ask next: " + " / ".join(answer.suggestions))


def _table(columns: list[str], rows: list[list[Any]]) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    table = Table(*(Column(Text(column)) for column in columns), show_header=any(columns))
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)
