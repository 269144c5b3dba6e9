"""`tally slack`: the Slack bot in socket mode, and its manifest."""

from typing import Annotated

import typer

from api.cli import console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(slack)


def slack(
    manifest: Annotated[bool, typer.Option("--manifest", help="Print the app's manifest and end.")] = False,
    url: Annotated[str | None, typer.Option("--url", help="The server's https address, for the manifest.")] = None,
) -> None:
    """Answer in Slack over a socket: nothing of ours needs to be reachable. (`tally serve` answers over HTTP.)"""
    if manifest:
        from api.bots.slack_manifest import manifest as shown

        print(shown(url), end="")
        return
    import asyncio

    from knowledge.errors import OperatorError

    settings = console.settings()
    if settings.slack_bot_token is None or settings.slack_app_token is None:
        raise OperatorError("tally slack needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN (xapp-...); see docs/bots.md")
    with console.opened(own_index=False) as (settings, library):
        from api.bots.socket_mode import until_told
        from assistant.service import Assistant

        console.complain("answering in Slack; Ctrl-C ends it")
        asyncio.run(until_told(settings, Assistant(library, settings)))
