"""`tally correct`: what people put right."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli import console
from knowledge.errors import AskerError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(correct)


def correct(
    file: Annotated[Path | None, typer.Argument(metavar="FILE.csv", help="`tally figures --csv`, edited.")] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who corrects; by default the user of this machine.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, kept with the correction.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Print all corrections instead.")] = False,
) -> None:
    """Take corrections from an edited table. A status of `withdrawn` withdraws a figure; the original is kept."""
    import getpass
    from datetime import UTC, datetime

    from knowledge import corrections

    if (file is None) != listed:
        raise AskerError("correct takes FILE.csv or --list, one of the two")
    with console.opened(own_index=False) as (_, library):
        if file is None:
            for made in library.corrections():
                day = made.when.date().isoformat()
                change = f"{made.field}: {made.before!r} -> {made.after!r}"
                print(f"{day}  {made.who}  {made.figure_id}  {change}  {made.reason}")
            return
        author, now = who or getpass.getuser(), datetime.now(UTC)
        figures = library.every_figure()
        found = corrections.read(file, figures, who=author, when=now, reason=reason, large=library.large.figures)
        library.correct(found)
    print(console.counted(len(found), "correction"))
