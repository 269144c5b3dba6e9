"""What a file really is, by its first bytes: a wrong suffix neither hides a document nor reaches the wrong parser."""

import re

from knowledge.errors import SourceError
from knowledge.sources import package

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of what is neither a document nor a table that is read here -> its name.
_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"{\\rtf", "an RTF file"),
)
_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_SDMX = re.compile(rb"https?://www\.sdmx\.org/resources/sdmxml/schemas")
_TEXTUAL = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".xml", ""))
_PACKED = frozenset((".pdf", ".docx", ".xlsx", ".xlsm", ".parquet"))


def kind_of(data: bytes, suffix: str, source: str) -> str:
    """The suffix by which `data` should be read. SourceError where it is nothing that is read here."""
    head = data[:4096]
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise SourceError(source, f"is {name}", "text in pictures needs OCR first" if "picture" in name else "")
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return ".pdf"
    if head.startswith(b"PAR1"):
        return ".parquet"
    if head.startswith(_OLE):
        package.check(data, source)
    if head.startswith(_ZIP):
        found = package.kind(data)
        if found or suffix in (".docx", ".xlsx", ".xlsm"):
            return found or suffix  # a damaged package is named by its reader
        raise SourceError(source, "is a zip archive", "unpack it and add what is inside")
    if _HTML.match(head) and suffix not in (".html", ".htm", ".xhtml"):
        return ".html"
    if _SDMX.search(head) and suffix in _TEXTUAL:
        return ".xml"
    if suffix in _PACKED and head.strip():
        raise SourceError(source, f"is no {suffix} file: it does not begin as one", "give it the suffix of what it is")
    return suffix
