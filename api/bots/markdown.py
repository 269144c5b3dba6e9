"""Document -> Markdown that shows every text as it stands: nothing that a notice or an asker wrote is live."""

import re

from api.bots.document import Document, Grid, Listing, Run, Source
from api.bots.render import listed
from api.bots.texts import cut
from api.bots.words import word

JOINER = "\u2060"  # zero width: ends what a platform would otherwise read as a mention, a tag or an address
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})  # Mattermost has no escapes for these
_MARKS = re.compile(r"([\\`*_\[\]|~])")
_LINE_START = re.compile(r"(?m)^([ \t]*)([-+#=])(?=[-+#=\s]|$)")
_NUMBERED = re.compile(r"(?m)^([ \t]*\d{1,9})([.)])(?=\s|$)")
_LIVE = (
    (re.compile(r"@"), f"@{JOINER}"),
    (re.compile(r"#(?=\w)"), f"#{JOINER}"),
    (re.compile(r"~(?=\w)"), f"~{JOINER}"),
    (re.compile(r":(?=[\w+-]+:)"), f":{JOINER}"),
    (re.compile(r"://"), f":{JOINER}//"),
    (re.compile(r"(?i)\bwww\."), f"www{JOINER}."),
    (re.compile(r"(?i)(?<=\w)\.(?=[a-z]{2})"), f".{JOINER}"),
    (re.compile(r"(?i)(mailto|tel|javascript|data):"), rf"\1{JOINER}:"),
)
LONGEST = 15_000  # characters; Mattermost cuts posts at 16,383
_ROWS, _CAPTIONS, _QUOTE = 60, 12, 240


def markdown(document: Document) -> str:
    """The message: sentence, warnings, table, arithmetic, figures, sources, next questions."""
    language = document.language
    parts = [
        _sentence(document.sentence),
        *(f"**{word('warning', language)}:** {plain(warning)}" for warning in document.warnings[:5]),
        _table(document.grid) if document.grid else "",
        _chart(document),
        _listed(word("arithmetic", language), [plain(line) for line in document.arithmetic[:_CAPTIONS]]),
        _listed(word("figures", language), [plain(line) for line in document.captions[:_CAPTIONS]]),
        _listed(word("sources", language), [_source(source) for source in listed(document.sources)]),
        _listed(word("next", language), [plain(choice.question) for choice in document.choices[:7]]),
    ]
    return "\n\n".join(_within(LONGEST, [part for part in parts if part]))


def listed_markdown(listing: Listing) -> str:
    """A titled list, each line with the source that it rests on."""
    title, lines = plain(listing.title), listing.lines
    shown = [plain(line) + (f" ({_link(source)})" if source else "") for line, source in lines[:40]]
    shown += [f"… +{len(lines) - 40}"] * (len(lines) > 40)
    return _listed(title, shown) or f"**{title}**"


def plain(text: str, limit: int = 600) -> str:
    """One line of text, shown as it stands."""
    return defused(cut(" ".join(text.split()), limit))


def defused(text: str) -> str:
    """The text with every mark of Markdown escaped and every live word ended."""
    for pattern, inert in _LIVE:
        text = pattern.sub(inert, text)
    text = _MARKS.sub(r"\\\1", text)
    for pattern in (_LINE_START, _NUMBERED):
        text = pattern.sub(r"\1\\\2", text)
    return text.translate(_ENTITIES)


def _within(limit: int, parts: list[str]) -> list[str]:
    """The first part, and those behind it that still fit."""
    kept: list[str] = []
    for part in parts:
        if not kept or len(part) <= limit:
            kept.append(part)
            limit -= len(part) + 2
    return kept


def _sentence(runs: tuple[Run, ...]) -> str:
    out = []
    for run in runs:
        if run.source is not None:
            out.append(_marked(run.text, run.source))
        elif run.bold:
            out.append(f"**{plain(run.text)}**")
        else:
            lead, tail = run.text[:1].isspace(), run.text[-1:].isspace()
            out.append(" " * lead + plain(run.text, 3000) + " " * (tail and bool(run.text.strip())))
    return "".join(out).strip()


def _marked(text: str, source: Source) -> str:
    return f"[{plain(text)}](<{source.url}>)" if source.url else plain(text)


def _link(source: Source) -> str:
    date = f", {plain(source.published)}" if source.published else ""
    return _marked(source.title, source) + date


def _source(source: Source) -> str:
    quote = f": “{plain(source.quote, _QUOTE)}”" if source.quote else ""
    return plain(f"[{source.n}] ") + " " + _link(source) + quote


def _listed(title: str, lines: list[str]) -> str:
    return "\n".join([f"**{title}**", "", *(f"* {line}" for line in lines)]) if lines else ""


def _table(grid: Grid) -> str:
    rows = [grid.columns, *grid.rows[:_ROWS]]
    lines = ["| " + " | ".join(plain(cell) or " " for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(grid.columns))
    lines += [f"\n… +{len(grid.rows) - _ROWS}"] * (len(grid.rows) > _ROWS)
    return "\n".join(lines)


def _chart(document: Document) -> str:
    return f"*{plain(document.chart.alt)}*" if document.chart else ""
