"""Document -> Block Kit. Every text is a rich text element or plain text, which Slack shows as it stands: no mrkdwn is
ever sent, so nothing that a notice or an asker wrote can mention, link or format."""

import csv
import io
import json
from typing import Any

from api.bots.document import Document, Grid, Listing, Run, Source
from api.bots.markdown import JOINER, defused
from api.bots.render import listed
from api.bots.texts import cut
from api.bots.words import parts, scenarios, word

Block = dict[str, Any]
Element = dict[str, Any]

# Slack's documented limits, and the undocumented one on a whole message (about 13,000 characters).
BLOCKS, ACTIONS, BUTTON_TEXT, BUTTON_VALUE, TEXT, MESSAGE = 50, 25, 75, 2000, 3000, 12_000
FALLBACK_TEXT = 3000
_CAPTIONS, _CHOICES = 12, 7
_CLICKED = 400  # characters of a question that a button can ask
_QUOTE, _LINE, _TABLE_WIDTH, _TABLE_ROWS = 240, 300, 96, 20


def blocks(document: Document, *, sentence: bool = True, respond: bool = False) -> list[Block]:
    """The message. `sentence=False` leaves out what a stream has already shown; `respond` marks a message whose
    buttons are answered at the click's response address, for the bot may not be in the channel."""
    language, where = document.language, {"r": "1"} if respond else {}
    found = [  # in the order in which they are read; the number says how soon a part finds room
        (0, _rich(_runs(document.sentence)) if sentence else None),
        *((3, _warning(warning, language)) for warning in document.warnings[:5]),
        (4, _table(document)),
        (5, _lines(word("arithmetic", language), document.arithmetic, language)),
        (6, _lines(word("figures", language), document.captions, language)),
        (2, _sources(document)),
        (1, _choices(document, where)),
        (7, _chips(document, where)),
        (1, _feedback(document, where)),
    ]
    return _bounded([(weight, block) for weight, block in found if block is not None])


def fallback(document: Document) -> str:
    """The text of notifications and screen readers: escaped as Slack asks, sent with mrkdwn and parsing off."""
    lines = [document.plain, *(f"[{s.n}] {s.title}, {s.published}" for s in listed(document.sources))]
    return fallback_of("\n".join(lines))


def fallback_of(text: str) -> str:
    """Any text as a fallback."""
    return escape(cut(text, FALLBACK_TEXT - 600))[:FALLBACK_TEXT]


def escape(text: str) -> str:
    """Slack's three control characters as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stream_text(text: str) -> str:
    """Plain text as the Markdown of a streamed message that shows it as it stands."""
    return defused(text)


def long_table(document: Document) -> str | None:
    """The table as CSV where it is too long for a message, else None."""
    grid = document.grid
    if grid is None or _fits(grid):
        return None
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (grid.columns, *grid.rows):
        writer.writerow([_no_formula(cell) for cell in row])
    return out.getvalue()


def listed_blocks(listing: Listing) -> list[Block]:
    """A titled list, each line with the source that it rests on."""
    parts = [_rich([_text(cut(listing.title, 500), bold=True)])]
    lines = listing.lines
    for line, source in lines[:40]:
        elements = [_text(cut(line, 700))]
        if source is not None:
            elements += [
                _text(" ["),
                _link(source, cut(source.title, 120)),
                _text(f", {source.published}]" if source.published else "]"),
            ]
        parts.append(_rich(elements))
    if len(lines) > 40:
        parts.append(_rich([_text(f"… +{len(lines) - 40}")]))
    return _bounded(list(enumerate(parts)))


def chip_view(language: str, key: str, value: str, metadata: str) -> dict[str, Any]:
    """The dialogue that changes one part of what was understood."""
    return {
        "type": "modal",
        "callback_id": "chip_changed",
        "private_metadata": metadata,
        "title": _plain(word("title", language), 24),
        "submit": _plain(word("submit", language), 24),
        "blocks": [
            {
                "type": "input",
                "block_id": key,
                "label": _plain(dict(parts(language)).get(key, key), 200),
                "element": _choose(language, value) if key == "scenario" else _write(value),
            }
        ],
    }


def _write(value: str) -> Element:
    return {"type": "plain_text_input", "action_id": "value", "initial_value": value[:200], "max_length": 200}


def _choose(language: str, value: str) -> Element:
    options = [{"text": _plain(name[:1].upper() + name[1:], 75), "value": key} for key, name in scenarios(language)]
    chosen = next((option for option in options if option["value"] == value), options[0])
    return {"type": "static_select", "action_id": "value", "options": options, "initial_option": chosen}


def _runs(runs: tuple[Run, ...]) -> list[Element]:
    out = []
    for run in _within(runs, TEXT - 200):
        out.append(_link(run.source, run.text) if run.source else _text(run.text, bold=run.bold))
    return out


def _within(runs: tuple[Run, ...], limit: int) -> list[Run]:
    kept: list[Run] = []
    for run in runs:
        if len(run.text) > limit:
            kept.append(Run(cut(run.text, limit), run.bold, None))
            break
        limit -= len(run.text)
        kept.append(run)
    return kept


def _warning(text: str, language: str) -> Block:
    return _rich([_text(f"⚠ {word('warning', language)}: ", bold=True), _text(cut(text, 500))])


def _lines(title: str, lines: tuple[str, ...], language: str) -> Block | None:
    if not lines:
        return None
    elements = [_text(title, bold=True)]
    elements += [_text("\n" + cut(line, _LINE)) for line in lines[:_CAPTIONS]]
    if len(lines) > _CAPTIONS:
        elements.append(_text("\n" + word("more", language, n=len(lines) - _CAPTIONS)))
    return _rich(elements)


def _sources(document: Document) -> Block | None:
    if not document.sources:
        return None
    elements = [_text(word("sources", document.language), bold=True)]
    shown = listed(document.sources)
    for source in shown:
        date = f", {source.published}" if source.published else ""
        elements += [_text(f"\n[{source.n}] "), _link(source, cut(source.title, 120)), _text(date)]
        if source.quote:
            elements.append(_text(f": “{cut(source.quote, _QUOTE)}”", italic=True))
    if len(document.sources) > len(shown):
        elements.append(_text("\n" + word("more", document.language, n=len(document.sources) - len(shown))))
    return _rich(elements)


def _table(document: Document) -> Block | None:
    grid = document.grid
    if grid is None:
        return None
    if not _fits(grid):
        return _rich([_text(word("table", document.language, n=len(grid.rows)))])
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [_text(as_text(grid))]}]}


def as_text(grid: Grid) -> str:
    """The table in columns of equal width; wide characters count twice."""
    rows = [grid.columns, *grid.rows]
    widths = [max(_width(row[i]) if i < len(row) else 0 for row in rows) for i in range(len(grid.columns))]
    lines = [
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _fits(grid: Grid) -> bool:
    text = as_text(grid)
    width = max(_width(line) for line in text.splitlines())
    return len(grid.rows) <= _TABLE_ROWS and width <= _TABLE_WIDTH and len(text) <= TEXT - 200


def _choices(document: Document, where: dict[str, str]) -> Block | None:
    buttons = []
    for n, choice in enumerate(c for c in document.choices[:_CHOICES] if len(c.question) <= _CLICKED):
        value = _value(document, where, q=choice.question)
        button = _button(choice.question, f"{choice.kind}:{n}", value)
        buttons.append(button | ({"style": "primary"} if choice.kind == "option" else {}))
    return {"type": "actions", "elements": buttons} if buttons else None


def _chips(document: Document, where: dict[str, str]) -> Block | None:
    if not document.chips or document.status != "answered" or len(document.question) > _CLICKED:
        return None
    buttons = []
    for n, chip in enumerate(document.chips[:5]):
        value = _value(document, where, k=chip.key, v=chip.value[:200], q=document.question)
        buttons.append(_button(f"✎ {chip.label}: {chip.value}", f"chip:{n}", value))
    return {"type": "actions", "elements": buttons}


def _feedback(document: Document, where: dict[str, str]) -> Block:
    good, bad = (word(key, document.language) for key in ("helpful", "wrong"))
    value = _value(document, where, a=document.answer_id)
    buttons = [_button(f"👍 {good}", "feedback:up", value), _button(f"👎 {bad}", "feedback:down", value)]
    return {"type": "actions", "elements": buttons}


def _value(document: Document, where: dict[str, str], **parts: str) -> str:
    always = {"c": document.conversation_id, "l": document.language, **where}
    text = json.dumps({**parts, **always}, ensure_ascii=False)
    return text if len(text) <= BUTTON_VALUE else json.dumps(always)


def _button(label: str, action: str, value: str) -> Element:
    return {"type": "button", "text": _plain(label, BUTTON_TEXT), "action_id": action, "value": value}


def _plain(text: str, limit: int) -> Element:
    return {"type": "plain_text", "text": _inert(cut(text, limit - 4))[:limit] or "…", "emoji": False}


def _text(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    element: Element = {"type": "text", "text": _inert(text)}
    return element | {"style": style} if style else element


def _link(source: Source, text: str) -> Element:
    if source.url is None:
        return _text(text)
    return {"type": "link", "url": source.url, "text": _inert(text)}


def _inert(text: str) -> str:
    return text.replace("<", "<" + JOINER)


def _rich(elements: list[Element]) -> Block:
    kept = [element for element in elements if element.get("text")]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": kept or [_text("…")]}]}


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet runs; numbers keep their sign."""
    number = cell[:1] in "+-" and cell[1:].replace(",", "").replace(".", "").isdigit()
    runs = cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not number
    return "'" + cell if runs else cell


def _bounded(parts: list[tuple[int, Block]]) -> list[Block]:
    """Whole blocks, in order, until the message is full; those of low weight find room first."""
    room, kept = MESSAGE, set()
    for _, n in sorted((weight, n) for n, (weight, _) in enumerate(parts[:BLOCKS])):
        size = len(json.dumps(parts[n][1], ensure_ascii=False))
        if size <= room:
            kept.add(n)
            room -= size
    return [block for n, (_, block) in enumerate(parts) if n in kept]
