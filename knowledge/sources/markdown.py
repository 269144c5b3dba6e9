"""Markdown: the words without their marks, a paragraph or table row a line."""

from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.errors import SourceError
from knowledge.sources import header
from knowledge.sources.draft import Draft
from knowledge.sources.text import plain

_CELL, _LINE = " | ", "\n"


def read(data: bytes, source: str) -> Draft:
    """The draft of a Markdown file; its first heading is the title where no header names one."""
    text = plain(data, source)
    head = header.parse(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text[head.length :])
    body = _body(tokens)
    if not body:
        raise SourceError(source, "holds no text")
    title = head.title or _heading(tokens)
    return Draft(body, title, head.published, head.url, head.section, head.language, "text/markdown")


def _heading(tokens: Sequence[Token]) -> str:
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            return _words(after)
    return ""


def _body(tokens: Sequence[Token]) -> str:
    """Blocks as lines with an empty line between them, the cells of a row joined by bars."""
    parts: list[str] = []
    row: list[str] = []
    in_row = False
    for token in tokens:
        if token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            parts.append(_CELL.join(row))
            in_row = False
        elif token.type == "inline":
            (row if in_row else parts).append(_words(token))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content.rstrip())
        elif token.type in ("heading_close", "paragraph_close", "table_close") and not token.hidden:
            parts.append("")
    return _LINE.join(parts).strip()


def _words(token: Token) -> str:
    """The text of an inline token: links by their words, pictures left out."""
    kept = {"text": None, "code_inline": None, "softbreak": " ", "hardbreak": _LINE}
    return "".join(kept[t.type] or t.content for t in token.children or () if t.type in kept).strip()
