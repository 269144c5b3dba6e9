"""Sample notices: what a new installation serves until it has notices of its own."""

from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path


def folder() -> AbstractContextManager[Path]:
    """The folder of the sample notices, for as long as it is needed."""
    return resources.as_file(resources.files("knowledge.samples"))
