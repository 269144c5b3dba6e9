"""The command line `tally`: one file a group of commands.

Every module beside this one that has `register(app)` adds its commands; nothing heavy is imported at the top of them,
so that `tally --help` stays quick. `api.cli.main:main` is the entry point, offered here.
"""

from api.cli.main import main

__all__ = ["main"]
