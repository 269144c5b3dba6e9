"""Word files to text: paragraphs, headings and tables in their order, tracked changes as accepted."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from knowledge.errors import SourceError
from knowledge.sources import package
from knowledge.sources.draft import Draft
from knowledge.sources.tablelines import render
from knowledge.sources.text import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DROPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}pPr"))
_TITLE_STYLE = re.compile(r"(?i)^(title|titel|titre|heading ?1|überschrift ?1|标题( ?1)?)$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(data: bytes, source: str) -> Draft:
    """The draft of a Word file. SourceError where it is locked, damaged or empty."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    package.check(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise SourceError(source, "is a damaged Word file", f"save it again ({type(error).__name__})") from None
    blocks = [clean(block) for block in _blocks(document.element.body)]
    text = "\n\n".join(block for block in blocks if block.strip())
    if not text:
        raise SourceError(source, "is a Word file without any text")
    return Draft(text, title=clean(_title(document, blocks)), media_type=_TYPE)


def _title(document: Any, blocks: list[str]) -> str:
    """The first paragraph styled as a title; else the properties' title where it stands in the text; else ""."""
    for paragraph in document.paragraphs[:40]:
        style = paragraph.style.name if paragraph.style is not None else ""
        if _TITLE_STYLE.match(style or "") and paragraph.text.strip():
            return _paragraph(paragraph._p).strip()
    told = (document.core_properties.title or "").strip()
    return told if told and any(told in block for block in blocks[:12]) else ""


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs and tables of a body, content controls and text boxes opened."""
    for node in body.iterchildren():
        if node.tag == f"{_W}p":
            yield _paragraph(node)
            yield from _boxes(node)
        elif node.tag == f"{_W}tbl":
            yield render(_rows(node))
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(node)


def _boxes(paragraph: Any) -> Iterator[str]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            yield from _blocks(box)


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table in rows, spanning cells repeated where they reach."""
    rows: list[list[str]] = []
    for row in table.iterchildren(f"{_W}tr"):
        line: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            across, goes_on = _spans(cell)
            above = rows[-1][len(line)] if goes_on and rows and len(rows[-1]) > len(line) else None
            text = " ".join(_paragraph(p) for p in cell.iter(f"{_W}p")) if above is None else above
            line += [text] * across
        rows.append(line)
    return rows


def _spans(cell: Any) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on the cell above."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    across = min(max(int(value), 1), 60) if value.isdecimal() else 1
    return across, merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _paragraph(node: Any) -> str:
    """The text of a paragraph as it reads once tracked changes are accepted; raised digits stay raised."""
    parts: list[str] = []
    stack = [node]
    while stack:
        item = stack.pop()
        if item.tag == f"{_W}t":
            parts.append((item.text or "").translate(_RAISED) if _is_raised(item) else item.text or "")
        elif item.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append("\n" if item.tag == f"{_W}br" else " ")
        elif item.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif item.tag not in _DROPPED and item.tag != f"{_W}txbxContent":
            stack.extend(reversed(list(item)))
    return "".join(parts)


def _is_raised(item: Any) -> bool:
    align = item.getparent().find(f"{_W}rPr/{_W}vertAlign")
    return align is not None and align.get(f"{_W}val") == "superscript"
