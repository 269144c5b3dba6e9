"""PDF to text: pages, paragraphs and table rows; scanned pages and locked files are named, never silently empty."""

import base64
import ctypes
import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources.draft import Draft
from knowledge.sources.layout import Char, Line, goes_on, join, page_lines, paragraphs, without_running_heads
from knowledge.sources.text import clean

_MAX_PAGES = 3000
_JUNK_TITLE = re.compile(
    r"(?i)^(untitled|\(?anonymous\)?|\(?unspecified\)?|microsoft word - .*|.*\.(docx?|pdf|xlsx?|indd|wps))$|^\s*$"
)


def read(data: bytes, source: str, transcribed: Mapping[str, str] | None = None) -> Draft:
    """The document's text with the offsets at which its pages begin. SourceError where it cannot be read.

    `transcribed` holds the text of scanned pages, by their number.
    """
    pdf = _opened(data, source)
    try:
        if len(pdf) > _MAX_PAGES:
            raise SourceError(source, f"has {len(pdf)} pages", f"split it: at most {_MAX_PAGES} are read")
        pages, scanned = _pages(pdf)
        title = str(pdf.get_metadata_dict().get("Title", "")).strip()
    finally:
        pdf.close()
    return _document(pages, scanned, title, source, {int(number): text for number, text in (transcribed or {}).items()})


def picture(data: bytes, source: str, page: int, longest: int) -> str:
    """A page, counted from 1, as a gray PNG whose longer side has so many pixels, in base64."""
    pdf = _opened(data, source)
    try:
        shown = pdf[page - 1]
        return base64.b64encode(_png(shown.render(scale=longest / max(shown.get_size()), grayscale=True))).decode()
    finally:
        pdf.close()


def _png(bitmap: Any) -> bytes:
    width, height, step = bitmap.width, bitmap.height, bitmap.stride
    pixels = bytes(bitmap.buffer)
    rows = b"".join(b"\0" + pixels[at * step : at * step + width] for at in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")


def _opened(data: bytes, source: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise SourceError(source, *_why(str(error))) from None


def _why(message: str) -> tuple[str, str]:
    if "password" in message.lower():
        return "is locked by a password", "save a copy without it"
    return "is a damaged PDF", "fetch or export it again"


def _pages(pdf: Any) -> tuple[list[tuple[Line, ...]], list[int]]:
    """The lines of every page, and the numbers of those that are pictures of text."""
    lines: list[tuple[Line, ...]] = []
    scanned: list[int] = []
    for number in range(len(pdf)):
        page = pdf[number]
        found = page_lines(_chars(page))
        if not found and _has_picture(page):
            scanned.append(number + 1)
        lines.append(found)
        page.close()
    return lines, scanned


def _chars(page: Any) -> list[Char]:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    chars: list[Char] = []
    for i in range(textpage.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(textpage.raw, i))
        if text in "\r\n\x00" or raw.FPDFText_IsGenerated(textpage.raw, i) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(textpage.raw, i, loose)
        raw.FPDFText_GetCharBox(textpage.raw, i, left, right, bottom, top)
        x0, x1 = min(loose.left, left.value or loose.left), max(loose.right, right.value)
        chars.append(Char(text, x0, loose.bottom, x1, loose.top))
    textpage.close()
    return _upright(chars, page.get_rotation())


def _upright(chars: list[Char], rotation: int) -> list[Char]:
    """The characters as they are seen, where the page is stored turned."""
    if rotation == 90:
        return [Char(c.text, c.y0, -c.x1, c.y1, -c.x0) for c in chars]
    if rotation == 270:
        return [Char(c.text, -c.y1, c.x0, -c.y0, c.x1) for c in chars]
    if rotation == 180:
        return [Char(c.text, -c.x1, -c.y1, -c.x0, -c.y0) for c in chars]
    return chars


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _document(
    pages: list[tuple[Line, ...]], scanned: list[int], title: str, source: str, transcribed: Mapping[int, str]
) -> Draft:
    if not any(pages) and not scanned:
        raise SourceError(source, "is a PDF without any text")
    text, offsets, stretches = "", [], []
    for number, page in enumerate(without_running_heads(pages), 1):
        given = transcribed.get(number, "")
        blocks = re.split(r"\n{2,}", clean(given)) if given else [clean(block) for block in paragraphs(page)]
        if blocks and text and not given and goes_on(text.rsplit("\n", 1)[-1], blocks[0]):
            joined = join(text, blocks[0])
            offsets.append(len(joined) - len(blocks[0]))
            text, blocks = joined, blocks[1:]
        else:
            text += "\n\n" if text and blocks else ""
            offsets.append(len(text))
        text = "\n\n".join(filter(None, [text, *blocks])) if not text.endswith("\n\n") else text + "\n\n".join(blocks)
        if given:
            stretches.append((offsets[-1], len(text)))
    return Draft(
        text=text,
        title=_title(title, _headline(pages), text),
        pages=tuple(offsets),
        media_type="application/pdf",
        scanned=tuple(number for number in scanned if number not in transcribed),
        transcribed=tuple(stretches),
    )


def _title(told: str, headline: str, text: str) -> str:
    """The title that the file's properties tell, where it stands in the text too; else the headline."""
    squeezed = "".join(text[:4000].split())
    return told if not _JUNK_TITLE.match(told) and "".join(told.split()) in squeezed else headline


def _headline(pages: list[tuple[Line, ...]]) -> str:
    """The lines in the largest print on the first page that has any; "" where none has."""
    first = next((page for page in pages if page), None)
    if first is None:
        return ""
    tallest = max(line.height for line in first)
    body = sorted(line.height for line in first)[len(first) // 2]
    if tallest < 1.15 * body:
        return first[0].text
    lines = [line for line in first if line.height > 0.92 * tallest][:3]
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text)
    return text
