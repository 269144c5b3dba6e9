"""`tally reindex`, `doctor`, `backup`, `restore`: the store kept in order."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import console
from knowledge.errors import AskerError

if TYPE_CHECKING:
    from knowledge.ledger.flag import Flag

# Modules that keep tables of their own in the store.
TABLE_OWNERS = (
    "assistant.conversations",
    "api.keys",
    "api.bots.subscriptions",
    "api.bots.deliveries",
    "api.bots.channels",
    "knowledge.large.schema",
    "knowledge.transcripts",
    "knowledge.sources.visits",
    "knowledge.sync",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (reindex, doctor, backup, restore):
        app.command()(command)


def reindex(
    figures: Annotated[bool, typer.Option("--figures", help="Read the figures again too, with today's rules.")] = False,
) -> None:
    """Make the index anew from the store."""
    with console.opened(own_index=True) as (_, library), console.progress() as bar:
        notices = library.notices()
        task = bar.add_task("Indexing", total=len(notices))
        owned = library.reindex(figures=figures, progress=lambda _: bar.advance(task))
        print(f"{console.counted(len(notices), 'notice')} indexed anew")
        if not owned and library.index.embedder is not None:
            print("The vector index belongs to a running process, which will follow.")


def doctor(
    notices: Annotated[
        bool, typer.Option("--notices", help="Print what the notices' own arithmetic does not bear out.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")] = False,
) -> int:
    """Check everything and say what is wrong."""
    from dataclasses import asdict

    from knowledge.examination import examine

    with console.opened(own_index=True) as (settings, library):
        if notices:
            return _flags(library.flags(), as_json)
        findings = list(examine(library))
    if as_json:
        console.emit(asdict(finding) for finding in findings)
    else:
        print(f"home      {settings.home}")
        print(f"model     {settings.model if settings.has_llm else 'embedded (no key is set)'}")
        for finding in findings:
            print(f"{finding.about:<9} {'FAULT: ' + finding.fault if finding.fault else finding.state}")
    return 1 if any(finding.fault for finding in findings) else 0


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")]) -> None:
    """Write the whole store to one file."""
    from knowledge import backup as backups

    _owners()
    with console.opened(own_index=False) as (_, library):
        counts = backups.write(library.store, file)
    print(f"{file}: {sum(counts.values())} rows of {len(counts)} tables")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `tally backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Give up what the store holds now.")] = False,
) -> None:
    """Put a backup in place of the store."""
    from knowledge import backup as backups

    _owners()
    with console.opened(own_index=True) as (_, library):
        if library.notices() and not replace:
            raise AskerError("the store is not empty; `tally restore FILE --replace` gives up what it holds")
        counts = backups.restore(library.store, file)
        library.index.settle()
    print(f"{sum(counts.values())} rows of {len(counts)} tables restored")


def _owners() -> None:
    for name in TABLE_OWNERS:
        import_module(name)


def _flags(flags: "tuple[Flag, ...]", as_json: bool) -> int:
    from dataclasses import asdict

    if as_json:
        console.emit(asdict(flag) for flag in flags)
        return 0
    for flag in flags:
        print(f"{flag.severity:<8} {flag.code:<18} {flag.explanation}")
    print(console.counted(len(flags), "finding"))
    return 0
