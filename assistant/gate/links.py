"""Links of a draft: only those of the sources that the evidence comes from."""

import re
from collections.abc import Iterator

from assistant.gate.grounds import Grounds

LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\b(?:mailto|javascript|data|tel):\S+|<[a-z/!][^>]*>"
    r"|\]\s*\(|(?<![\w.@])(?:[a-z0-9-]{2,}\.)+[a-z]{2,}(?![\w.])\S*|\S+@\S+\.\S+",
    re.IGNORECASE,
)
TRAILING = ".,;:!?)]}'\"”’。，；"


def foreign(draft: str, grounds: Grounds) -> Iterator[str]:
    """Each link, address or piece of markup that is no registered source, as a reason."""
    for found in LINK.finditer(draft):
        link = found[0].rstrip(TRAILING)
        if link not in grounds.urls and not _abbreviation(link, grounds):
            yield f"{found[0][:60]!r} is no source of the evidence; sources are shown by code, write no links"


def _abbreviation(link: str, grounds: Grounds) -> bool:
    """Whether it is a name with points that the evidence writes too, such as Inc.com."""
    return "/" not in link and "@" not in link and link.casefold() in grounds.lore
