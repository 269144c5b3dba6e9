"""Plain text: decoded, its header block read and taken off."""

import re

from knowledge.errors import SourceError
from knowledge.sources import header
from knowledge.sources.draft import Draft
from knowledge.sources.encodings import NotText, decode

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")


def read(data: bytes, source: str) -> Draft:
    """The draft of a text file. SourceError where it is binary or holds nothing but a header."""
    text = plain(data, source)
    return with_header(text, source, media_type="text/plain")


def plain(data: bytes, source: str) -> str:
    """Bytes as text with `\\n` line ends and no control characters."""
    try:
        text = decode(data).text
    except NotText as error:
        raise SourceError(source, f"is not text: {error}", "give it the suffix of what it is") from None
    return clean(text)


def clean(text: str) -> str:
    """Line ends as `\\n`, control characters as spaces; what the store keeps."""
    return _CONTROL.sub(" ", _BREAK.sub("\n", text))


def with_header(text: str, source: str, *, media_type: str) -> Draft:
    """A text's draft, its header block read and taken off."""
    head = header.parse(text)
    body = text[head.length :].strip("\n").rstrip()
    if not body.strip():
        raise SourceError(source, "holds no text")
    return Draft(body, head.title, head.published, head.url, head.section, head.language, media_type)
