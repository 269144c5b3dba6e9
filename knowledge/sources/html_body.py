"""The body of a web page as text: trafilatura finds it, data tables are kept as lines `a | b`."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from knowledge.sources.tablelines import BAR, cell_text, merge_headers, render

_LAYOUT_CELL = 400  # characters: a longer cell is prose laid out by a table
_MAX_SPAN = 60
_BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "section",
     "article", "main", "blockquote", "pre", "center", "figure", "figcaption", "body", "br", "hr", "title",
     "lb", "head", "item", "list", "row")
)  # fmt: skip
_CLUTTER = frozenset(
    ("script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button", "select", "svg", "iframe",
     "template", "head", "input")
)  # fmt: skip
_CLUTTER_NAME = re.compile(
    r"(?i)(^|[\s_-])(nav|navbar|menu|breadcrumbs?|sidebar|footer|copyright|share|cookie|banner|related|toolbar|pagination)([\s_-]|$)"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DIGITS = re.compile(r"\d+")


def body_text(markup: str) -> str:
    """The readable text of a page, one paragraph or table row a line; "" where there is none."""
    tree = _parse(markup)
    if tree is None:
        return ""
    kept = _tables_to_lines(tree)
    ours = _plain(tree)
    theirs = _extracted(tree)
    return _tidy(theirs if _holds_enough(theirs, ours, kept) else ours)


def _parse(markup: str) -> Any | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = _DECLARATION.sub("", markup).encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return lxml_html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        return None


def _tables_to_lines(tree: Any) -> list[str]:
    """Turn data tables into paragraphs, innermost first; the lines that were made."""
    lines: list[str] = []
    for table in reversed(list(tree.iter("table"))):
        rows = grid(table)
        if _is_layout(table, rows):
            continue
        made = [line for line in render(merge_headers(rows, _header_rows(table))).split("\n") if line]
        block = lxml_html.Element("div")
        for line in made:
            etree.SubElement(block, "p").text = line
        block.tail = table.tail
        table.getparent().replace(table, block)
        lines += made
    return lines


def _header_rows(table: Any) -> int:
    """How many rows at the top hold nothing but headings."""
    count = 0
    for row in table.iter("tr"):
        in_head = row.getparent().tag == "thead"
        if not in_head and (row.find("td") is not None or row.find("th") is None):
            break
        count += 1
    return count


def _is_layout(table: Any, rows: list[list[str]]) -> bool:
    """Whether the table only arranges a page: one column, nested tables, or prose in its cells."""
    if table.getparent() is None or next(table.iterdescendants("table"), None) is not None:
        return True
    cells = [cell for row in rows for cell in row if cell]
    width = max((len(row) for row in rows), default=0)
    return width < 2 or not cells or max(map(len, cells)) > _LAYOUT_CELL


def grid(table: Any) -> list[list[str]]:
    """The cells of a table in rows, spanning cells repeated where they reach."""
    rows: list[list[str]] = []
    hanging: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table.iter("tr")):
        line: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(line, hanging, number)
            text = cell_text(" ".join(cell.itertext()))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + across):
                for below in range(number + 1, number + down):
                    hanging[below, column] = text
            line += [text] * across
        _fill(line, hanging, number)
        rows.append(line)
    return rows


def _fill(line: list[str], hanging: dict[tuple[int, int], str], number: int) -> None:
    while (number, len(line)) in hanging:
        line.append(hanging.pop((number, len(line))))


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1


def _extracted(tree: Any) -> str:
    """What trafilatura takes for the body."""
    import trafilatura

    found = trafilatura.bare_extraction(
        lxml_html.tostring(tree, encoding="unicode"),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    return "\n".join(_lines(body)) if body is not None else ""


def _holds_enough(theirs: str, ours: str, tables: list[str]) -> bool:
    """Whether the extraction lost no table row and few numbers of what the page says."""
    if any(line not in theirs for line in tables if line in ours):
        return False
    wanted = _DIGITS.findall(ours)
    return len(_DIGITS.findall(theirs)) >= 0.7 * len(wanted) and len(theirs) >= 0.4 * len(ours)


def _plain(tree: Any) -> str:
    """The page without its clutter, where the extraction lost too much."""
    return "\n".join(_lines(tree, skip=True))


def _lines(root: Any, *, skip: bool = False) -> Iterator[str]:
    """The text of a tree by blocks; inline elements stay on their line."""
    line: list[str] = []
    for kind, text in _events(root, skip):
        if kind == "text":
            line.append(text)
        elif line:
            yield _joined(line)
            line = []
    if line:
        yield _joined(line)


def _joined(parts: list[str]) -> str:
    return re.sub(r"[ \t\r\f\v\u00a0]*\n[ \t\r\f\v\u00a0]*|[ \t\r\f\v\u00a0]+", " ", "".join(parts)).strip()


def _events(root: Any, skip: bool) -> Iterator[tuple[str, str]]:
    """Text and breaks in document order, without recursion: pages nest as deep as they like."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        block = tag in _BLOCKS
        if leaving:
            if block:
                yield "break", ""
            if node.tail and node is not root:
                yield "text", node.tail
            continue
        if not tag or (skip and node is not root and _is_clutter(node, tag)):
            if node.tail:
                yield "text", node.tail
            continue
        if block:
            yield "break", ""
        if node.text:
            yield "text", node.text
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _is_clutter(node: Any, tag: str) -> bool:
    if tag in _CLUTTER or "display:none" in node.get("style", "").replace(" ", ""):
        return True
    return tag in _BLOCKS and bool(_CLUTTER_NAME.search(f"{node.get('class', '')} {node.get('id', '')}"))


def _tidy(text: str) -> str:
    """Paragraphs parted by an empty line, rows of one table kept together."""
    out: list[str] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        row = BAR in line
        if out and not (row and BAR in out[-1]):
            out.append("")
        out.append(line)
    return "\n".join(out)
