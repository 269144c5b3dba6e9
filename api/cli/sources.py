"""`tally add`, `remove`, `notices`, `figures`: what is known."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.figure import Figure
    from knowledge.outcome import Outcome

Collection = Annotated[str | None, typer.Option("--collection", help="Only this collection.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (add, remove, notices, figures):
        app.command()(command)


def add(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders and web addresses.")],
    collection: Annotated[str, typer.Option("--collection", help="The group to file them under.")] = "default",
    as_json: Json = False,
) -> int:
    """Take in notices and tables. What is known already stays; a changed file replaces its former version."""
    from knowledge.ingest import expand

    with console.opened(own_index=True) as (_, library), console.progress() as bar:
        paths = list(expand(sources))
        task = bar.add_task("Adding", total=len(paths))
        outcomes = library.add(paths, collection=collection, progress=lambda _: bar.advance(task))
    return report(outcomes, as_json)


def remove(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="As they were added; a folder means all in it.")
    ],
    as_json: Json = False,
) -> int:
    """Take sources out of the store, the index and the ledger."""
    with console.opened(own_index=True) as (_, library):
        outcomes = library.remove(sources)
    return report(outcomes, as_json)


def notices(collection: Collection = None, as_json: Json = False) -> None:
    """List the notices that are known."""
    with console.opened(own_index=False) as (_, library):
        found = library.notices(collection)
    if as_json:
        keys = ("notice_id", "source", "title", "published", "url", "section", "language", "collection", "media_type")
        console.emit({key: getattr(notice, key) for key in keys} for notice in found)
        return
    for notice in found:
        print(f"{notice.notice_id}  {notice.published or 'no date   '}  {notice.language}  {notice.title}")
    print(console.counted(len(found), "notice") if found else "No notices yet: `tally add PATH` takes some in.")


def figures(
    collection: Collection = None,
    as_json: Json = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="A table for a spreadsheet; `tally correct` reads it back.")
    ] = False,
    source: Annotated[str | None, typer.Option("--source", help="Only of this file, address or folder.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="So many at the most.")] = None,
) -> None:
    """List every figure of the ledger, those of large tables last.

    With --json a fact that several sentences state has a line for each of them, all of one `figure_id`.
    """
    from itertools import chain, islice

    from knowledge.corrections import table

    with console.opened(own_index=False) as (_, library):
        wanted = _inside(source)
        own = (figure for figure in library.figures(collection) if wanted(figure.source))
        found = islice(chain(own, library.large.figures(collection, wanted)), limit)
        if as_json:
            console.emit(each.as_row() for figure in found for each in figure.stated())
        elif csv:
            sys.stdout.writelines(table(found))
        else:
            count = sum(map(_show, found))
            print(console.counted(count, "figure"))


def _inside(source: str | None) -> "Callable[[str], bool]":
    """Whether a source is the one given, or a file of the folder given."""
    from knowledge.ingest import canonical

    if source is None:
        return lambda _: True
    name = canonical(source)
    return lambda each: each == name or each.startswith(name.rstrip("/") + "/")


def _show(figure: "Figure") -> int:
    where = ", ".join(part for part in (figure.ref_area, figure.time_period, figure.scenario) if part)
    print(f"{figure.published_as:>24}  {figure.label} ({where})")
    return 1


def report(outcomes: "tuple[Outcome, ...]", as_json: bool) -> int:
    """Tell what became of the sources; exit code 2 where one failed."""
    from collections import Counter
    from dataclasses import asdict

    if as_json:
        console.emit(asdict(outcome) for outcome in outcomes)
    else:
        for outcome in outcomes:
            if outcome.status != "failed":
                note = f"  ({outcome.reason})" if outcome.reason else ""
                print(f"{outcome.status:<9}  {outcome.published or 'no date   '}  {outcome.title}{note}")
        counts: Counter[str] = Counter(outcome.status for outcome in outcomes)
        shown = {
            "added": "new",
            "changed": "changed",
            "unchanged": "unchanged",
            "removed": "removed",
            "failed": "failed",
        }
        parts = [f"{counts[s]} {w}" for s, w in shown.items() if counts[s] or (s == "added" and not counts["removed"])]
        print(", ".join(parts))
    for outcome in outcomes:
        if outcome.status == "failed":
            console.complain(outcome.reason)
    return 2 if any(outcome.status == "failed" for outcome in outcomes) else 0
