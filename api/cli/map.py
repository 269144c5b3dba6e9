"""`tally map`: how a table is read, drafted by looking at it and kept beside it."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import console

if TYPE_CHECKING:
    from knowledge.sources.mapping import Mapping


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="map")(draft)


def draft(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV, TSV, XLSX, Parquet or SDMX file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write the draft without asking; for scripts.")] = False,
    show: Annotated[bool, typer.Option("--print", help="Print the draft and write nothing.")] = False,
) -> int:
    """Look at a table, draft how to read it, and keep the draft beside the file once it is confirmed."""
    from knowledge.ingest import canonical
    from knowledge.sources import mapping, tabular

    source = canonical(file)
    drafted = _drafted(source)
    text = mapping.dump(drafted)
    kept = mapping.beside(source)
    print(text, end="")
    if show:
        return 0
    for figure in tabular.sample(source, drafted):
        where = ", ".join(part for part in (figure.ref_area, figure.time_period) if part)
        print(f"#   {figure.cell}: {figure.published_as} -> {figure.label} ({where}) = {figure.value:g} {figure.unit}")
    asked = not yes
    if asked and not typer.confirm(f"Write it to {kept}?" + (" (it replaces the one there)" if kept.exists() else "")):
        return 0
    if kept.exists() and not asked:
        console.complain(f"{kept} is there already: nothing written; remove it to draft anew")
        return 2
    kept.write_text(text, encoding="utf-8")
    for doubt in drafted.doubts:
        console.complain(f"{file}: {doubt}")
    return 2 if drafted.doubts else 0


def _drafted(source: str) -> "Mapping":
    """The draft; one that is in doubt as the model of the settings proposes it, where that holds."""
    from api.opening import source_model
    from knowledge.errors import ModelError
    from knowledge.sources import proposing, tabular

    drafted, model = tabular.draft_of(source), source_model(console.settings())
    if not drafted.doubts or model is None:
        return drafted
    try:
        return proposing.mapping_of(source, drafted, model)
    except ModelError as error:
        console.complain(f"{model.name} was asked to map {source}: {error}")
        return drafted
