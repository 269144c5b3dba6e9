"""`tally serve`: the API, the widget and the bots."""

from typing import Annotated

import typer

from api.cli import console
from knowledge.errors import OperatorError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that answer.")] = 1,
    samples: Annotated[bool, typer.Option(help="Load the sample notices into an empty store.")] = True,
) -> None:
    """Serve the API, the chat page and the bots."""
    settings = console.settings()
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=given)
    _free(settings.host, settings.port)
    count, loaded = _prepare(samples)
    from api.server import run

    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    what = (
        f"{count} sample notices (add your own with `tally add PATH`)" if loaded else console.counted(count, "notice")
    )
    print(
        f"Tally on http://{shown}:{settings.port} with {what}; data in {settings.home}. Ctrl-C ends it.",
        flush=True,
    )
    run(settings, workers)


def _free(host: str, port: int) -> None:
    """OperatorError where the address cannot be listened on, before anything else is done."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OperatorError(f"{host}:{port}: cannot be listened on ({reason}); choose with --host and --port") from None


def _prepare(samples: bool) -> tuple[int, bool]:
    """How many notices there are to serve, and whether they are the samples, loaded into an empty store."""
    from knowledge.samples import folder

    with console.opened(own_index=False) as (_, library):
        known = len(library.notices())
        if known or not samples:
            return known, False
        print("Taking in the sample notices, this once.", flush=True)
        with folder() as path:
            outcomes = library.add([str(path)])
        return sum(outcome.status == "added" for outcome in outcomes), True
