"""`tally mcp`: Tally as an MCP server on standard input and output."""

import typer

from api.cli import console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)


def mcp() -> None:
    """Serve MCP on stdin and stdout, for clients that start their servers themselves."""
    with console.opened(own_index=False) as (settings, library):
        from api.mcp import server
        from assistant.service import Assistant

        server(Assistant(library, settings)).run("stdio")
