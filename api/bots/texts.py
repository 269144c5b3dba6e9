"""Plain text for messages: clean, and cut where nothing is broken."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069]")  # and what turns the writing direction


def clean(text: str) -> str:
    """The text without control characters, nor those that turn the writing direction."""
    return _CONTROL.sub(" ", text).strip()


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words: never inside a number."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    whole = len(head)
    while whole and not (head[whole - 1].isspace() or _ideograph(head[whole - 1])):
        whole -= 1
    return (head[:whole].rstrip() or head.rstrip("0123456789.,-−")) + "…"


def _ideograph(char: str) -> bool:
    return ord(char) > 0x2E7F and not char.isdigit()
