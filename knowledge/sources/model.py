"""A language model as readers see it: asked only where they give up; they check what it says and believe nothing."""

from typing import Protocol


class Model(Protocol):
    """Words, and perhaps a picture, to words."""

    @property
    def name(self) -> str:
        """What people are told that read a page or mapped a table."""

    def ask(self, prompt: str, picture: bytes = b"") -> str:
        """The reply to a prompt, which may be about a picture (PNG). ModelError where there is none."""
