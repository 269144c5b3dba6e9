"""Scanned pages read by a model from their pictures, each twice, at two sizes: what differs is not taken.

A model can misread a digit and cannot be caught at it, so that the stretches stay marked (`Draft.transcribed`): their
figures are flagged, and answers warn.
"""

import base64
import re
import unicodedata
from dataclasses import replace

from knowledge.errors import ModelError, SourceError
from knowledge.sources import sandbox
from knowledge.sources.draft import Draft
from knowledge.sources.model import Model

SIZES = (1600, 1200)  # pixels of the longer side
MOST_PAGES = 40
MOST_TEXT = 20_000  # characters of a page
PROMPT = """The picture is a scanned page. Write down its text exactly as printed, in its own language, and nothing
else: no remarks, no translation, no corrections. Keep every digit, sign and unit. An empty line between paragraphs.
Write each row of a table as one line, its cells parted by " | ". If any part cannot be read for certain, or there is no
text, reply with the one word UNREADABLE."""
_NUMBER = re.compile(r"[-−+]?\s?\d[\d.,]*\s?(?:[%‰]|[^\W\d_]+)?")


class _Doubtful(ModelError):
    """Two readings of a page that cannot both be right, or none."""


def completed(draft: Draft, data: bytes, source: str, model: Model | None) -> Draft:
    """The draft with its scanned pages read by the model, or told as unreadable. SourceError where it has no text."""
    pages, faults = _pages(draft, data, source, model) if model else ({}, ())
    if pages:
        read = {str(number): text for number, text in pages.items()}
        draft = sandbox.shared().draft("knowledge.sources.pdf:read", data, source, transcribed=read)
    if not draft.text.strip():
        reason = "; ".join(("is scanned: its pages are pictures without text", *faults))
        raise SourceError(source, reason, "run OCR on it first")
    told = (
        [f"{_numbers(tuple(pages))} read from pictures by {model.name}: compare the figures"] if pages and model else []
    )
    told += [f"scanned and unreadable: {_numbers(draft.scanned)}"] if draft.scanned else []
    return replace(draft, warnings=(*draft.warnings, *told, *faults))


def _pages(draft: Draft, data: bytes, source: str, model: Model) -> tuple[dict[int, str], tuple[str, ...]]:
    """The text of the pages that could be read, and what stood in the way of the others."""
    read: dict[int, str] = {}
    faults = []
    for page in draft.scanned[:MOST_PAGES]:
        try:
            read[page] = _agreed([_reply(data, source, page, size, model) for size in SIZES])
        except _Doubtful as error:
            faults.append(f"page {page}: {error}")
        except ModelError as error:
            faults.append(f"{model.name} was asked to read page {page}: {error}")
            break
    if len(draft.scanned) > MOST_PAGES:
        faults.append(f"only the first {MOST_PAGES} scanned pages are read by a model")
    return read, tuple(faults)


def _reply(data: bytes, source: str, page: int, size: int, model: Model) -> str:
    shown = sandbox.shared().call(
        "knowledge.sources.pdf:picture", data, {"source": source, "page": page, "longest": size}, source
    )
    return unicodedata.normalize("NFC", model.ask(PROMPT, base64.b64decode(shown))).strip()


def _agreed(readings: list[str]) -> str:
    """The first reading, where the others have the same numbers, each before the same word. ModelError where not."""
    first = readings[0]
    if any(not text or text.strip(" .").upper() == "UNREADABLE" for text in readings):
        raise _Doubtful("the model cannot read it")
    if len(first) > MOST_TEXT:
        raise _Doubtful(f"the model's reading has more than {MOST_TEXT} characters")
    if len({tuple(_figures(text)) for text in readings}) > 1:
        raise _Doubtful("two readings by the model differ in their numbers")
    return first


def _figures(text: str) -> list[str]:
    """Every number of a text with the word behind it."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return ["".join(found.split()).rstrip(".,") for found in _NUMBER.findall(narrow)]


def _numbers(pages: tuple[int, ...]) -> str:
    return ("page " if len(pages) == 1 else "pages ") + ", ".join(map(str, pages))
