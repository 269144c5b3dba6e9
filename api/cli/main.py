"""The entry point: finds the commands, runs one, and turns expected errors into one line and exit code 2."""

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import typer

from knowledge.errors import TallyError

FIRST = (
    "ask",
    "sources",
    "correcting",
    "serving",
    "evaluating",
    "upkeep",
)  # the order of the help; further modules follow by name
BAD = 2
_INTERRUPTED = 130


def build() -> typer.Typer:
    """The application with every group's commands."""
    app = typer.Typer(
        name="tally",
        help="Answers about investment statistics; every number is followed to the sentence that published it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    found = {info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])}
    for name in (*(n for n in FIRST if n in found), *sorted(found - set(FIRST))):
        if register := getattr(import_module(f"api.cli.{name}"), "register", None):
            register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"tally {version('tally-assistant')}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and end."
    ),
) -> None:
    """What stands before the command."""


def main() -> NoReturn:
    """Run the command of this process and end it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _misused(error: typer.TyperException) -> int:
    """One line on how the command was misused; the help where nothing was asked."""
    context = getattr(error, "ctx", None)
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    if context is not None and text == context.get_help():
        print(text)
        return 0
    command = f"; see `{context.command_path} --help`" if context is not None else ""
    print(f"tally: {' '.join(text.split()).rstrip('.')}{command}", file=sys.stderr)
    return BAD


def _run() -> int:
    try:
        code = build()(prog_name="tally", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except typer.TyperException as error:
        return _misused(error)
    except (typer.Abort, KeyboardInterrupt):
        print("tally: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except SystemExit as error:  # typer's way when the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        return 0 if error.code == 1 else int(error.code or 0)
    except TallyError as error:
        print(f"tally: {error}", file=sys.stderr)
        return BAD
