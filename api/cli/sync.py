"""`tally sync`: watched folders, feeds and sitemaps brought up to date."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import console

if TYPE_CHECKING:
    from knowledge.sync import Place


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sync)


def sync(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="FOLDER|FEED|SITEMAP...", help="Watch these, too; none: all watched.")
    ] = None,
    collection: Annotated[str, typer.Option("--collection", help="The group to file their notices under.")] = "default",
    listed: Annotated[bool, typer.Option("--list", help="List what is watched.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Watch these no more; what they gave stays.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")] = False,
) -> int:
    """Bring the library up to what watched places hold: added, changed, vanished, failed."""
    from knowledge.sync import Places
    from knowledge.sync import sync as run

    with console.opened(own_index=not (listed or forget)) as (_, library), console.progress() as bar:
        watched = Places(library.store)
        if listed:
            _list(watched.all())
            return 0
        for place in places or ():
            if forget:
                watched.forget(place)
            else:
                watched.watch(place, collection)
        if forget:
            return 0
        task = bar.add_task("Syncing", total=None)
        outcomes = run(library, _chosen(watched.all(), places), progress=lambda _: bar.advance(task))
    changed = [outcome for outcome in outcomes if as_json or outcome.status not in ("unchanged",)]
    from api.cli.sources import report

    return report(tuple(changed), as_json)


def _chosen(watched: "tuple[Place, ...]", places: list[str] | None) -> "list[Place]":
    from knowledge.ingest import canonical

    names = {canonical(place) for place in places or ()}
    return [place for place in watched if not names or place.place in names]


def _list(watched: "tuple[Place, ...]") -> None:
    for place in watched:
        print(f"{place.synced_at or 'never':<26}  {place.collection:<12}  {place.place}")
    if not watched:
        print("Nothing is watched: `tally sync FOLDER` watches one.")
