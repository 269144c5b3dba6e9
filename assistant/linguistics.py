"""Small readings of answers for measuring them: their numbers, their yes or no, their bare words."""

import re
import unicodedata

from knowledge.reading.amounts import read_amounts

_YES = re.compile(r"\W*(yes|ja|oui|是)", re.I)
_NO = re.compile(r"\W*(no\b|nein|non\b|不是|否|并没有|没有|不一致|It did not|It was not)", re.I)
_MARKS = re.compile(r"\[\d+\]")


def numbers_in(text: str) -> tuple[float, ...]:
    """Every amount of a text in base units."""
    plain = _MARKS.sub(" ", unicodedata.normalize("NFKC", text))
    return tuple(float(a.value) for a in read_amounts(plain, "zh" if re.search(r"[\u3400-\u9fff]", plain) else "en"))


def opens_with(text: str) -> bool | None:
    """True for an answer that opens with yes, False for no, None for neither."""
    if _NO.match(text):
        return False
    return True if _YES.match(text) else None


def squeezed(text: str) -> str:
    """Lower-case words with single spaces."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
