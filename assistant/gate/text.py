"""A draft as the gate reads it: one form, hidden characters refused, slots and quotations blanked."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from assistant import slots
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Period

BLANK = "\ufffc"
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w+);?(?<=[;\d])", re.IGNORECASE)
HIDDEN = frozenset({"Cf", "Cc", "Co", "Cs", "Cn"})
QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|「([^」]+)」|『([^』]+)』|«\s?([^»]+?)\s?»|„([^“]+)“|‘([^’]{12,})’")


def clean(text: str) -> str:
    """NFKC, so that one digit has one form."""
    return unicodedata.normalize("NFKC", text)


def hidden(text: str) -> str:
    """The first character that does not show or reorders others, "" where there is none; entities count."""
    for char in text:
        if unicodedata.category(char) in HIDDEN and char not in "\n\t":
            return f"U+{ord(char):04X}"
    return "an HTML entity" if ENTITY.search(text) else ""


def shown(text: str) -> str:
    """The text without characters that do not show."""
    return "".join(char for char in text if unicodedata.category(char) not in HIDDEN or char in "\n\t")


def folded(text: str) -> str:
    """For comparing: one form, one case, single spaces."""
    return re.sub(r"\s+", " ", shown(clean(text))).casefold().strip()


def squeezed(text: str) -> str:
    """For comparing quotes: as folded, without spaces and with plain quotation marks and dashes."""
    flat = re.sub(r"[‐-―−]", "-", re.sub(r"[\"'“”‘’„«»]", "'", folded(text)))
    return flat.replace(" ", "")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blanked, length kept."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = BLANK * (end - start)
    return "".join(chars)


def slot_spans(text: str) -> list[tuple[int, int]]:
    """Where slots stand."""
    return [(slot.start, slot.end) for slot in slots.slots(text)]


@lru_cache(maxsize=1024)
def periods(text: str, as_of: date | None, language: str) -> tuple[Period, ...]:
    """The periods of a text; several rules read the same sentence."""
    return read_periods(text, as_of, language)


def quotes(text: str) -> list[tuple[int, int, str]]:
    """Stretches between quotation marks: start and end with the marks, and the words."""
    return [(m.start(), m.end(), next(g for g in m.groups() if g)) for m in QUOTED.finditer(text)]
