"""Answer -> Document: the one reading of an Answer that every bot shares. Pure; no platform's markup here."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from api.bots.document import Chart, Chip, Choice, Document, Grid, Run, Source
from api.bots.texts import clean
from api.bots.words import FALLBACK, parts, scenarios
from assistant import rendering
from assistant.answer import Answer, Citation, DerivationRow

_MARK = re.compile(r"\[(\d{1,3})\]")
CONTEXT = (
    "section",
    "subject",
    "action",
    "table",
    "measure",
    "of",
)  # dimensions that tell where it was said, not of what
_SCENARIO_SHOWN = ("target", "forecast")


LISTED = 8  # citations that a message names


def listed(sources: tuple[Source, ...], room: int = 6000) -> tuple[Source, ...]:
    """The first sources, as many as `room` characters hold, but one at least."""
    kept: list[Source] = []
    for source in sources[:LISTED]:
        room -= len(source.url or "") + min(len(source.quote), 300) + min(len(source.title), 200) + 100
        if kept and room < 0:
            break
        kept.append(source)
    return tuple(kept)


def render(answer: Answer) -> Document:
    """The document of an Answer: every text plain and on show, nothing computed anew."""
    sources = tuple(_source(citation) for citation in answer.citations)
    text = clean(answer.text)
    return Document(
        answer_id=answer.answer_id,
        conversation_id=answer.conversation_id or "",
        question=clean(answer.question),
        language=answer.language,
        status=answer.status,
        sentence=_sentence(text, answer.value.text if answer.value else "", sources),
        captions=tuple(caption(row, answer.language) for row in answer.figures),
        arithmetic=tuple(_arithmetic(row) for row in answer.derivations),
        warnings=tuple(clean(warning) for warning in answer.warnings),
        sources=sources,
        grid=_grid(answer),
        chart=Chart(answer.chart, clean(answer.chart_alt or answer.text)) if answer.chart else None,
        choices=_choices(answer),
        chips=_chips(answer),
    )


def in_language(document: Document, language: str | None) -> Document:
    """The document with the bot's own words in the channel's language, where it has chosen one."""
    return replace(document, language=language) if language else document


def web_address(url: str | None) -> str | None:
    """The address where it is one that people may click: http or https with a host, free of blanks and markup."""
    if not url or len(url) > 2000 or re.search(r"[\s<>|\"'`\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def _source(citation: Citation) -> Source:
    title = clean(citation.title) or clean(citation.source)
    return Source(citation.n, title, citation.published or "", web_address(citation.url), clean(citation.quote))


def _sentence(text: str, headline: str, sources: tuple[Source, ...]) -> tuple[Run, ...]:
    """The text in runs: the headline bold where it stands in the text, citation marks tied to their sources."""
    found = text.find(headline) if headline else -1
    if found < 0:
        return _marks(text, sources)
    end = found + len(headline)
    return (*_marks(text[:found], sources), Run(headline, bold=True), *_marks(text[end:], sources))


def _marks(text: str, sources: tuple[Source, ...]) -> tuple[Run, ...]:
    known = {source.n: source for source in sources[:LISTED] if len(source.url or "") <= 300}
    runs: list[Run] = []
    place = 0
    for match in _MARK.finditer(text):
        if source := known.get(int(match[1])):
            runs += [Run(text[place : match.start()]), Run(match[0], source=source)]
            place = match.end()
    runs.append(Run(text[place:]))
    return tuple(run for run in runs if run.text)


def caption(row: dict[str, Any], language: str = FALLBACK) -> str:
    """What a figure is: `over 1.3 trillion yuan: expected investment, Beijing, 2023 (target) [1]`."""
    dimensions = {key: value for key, value in dict(row.get("dimensions") or {}).items() if key not in CONTEXT}
    what = [row.get("label") or row.get("indicator"), row.get("ref_area"), *dimensions.values(), row.get("time_period")]
    words = ", ".join(dict.fromkeys(str(word) for word in what if word))
    scenario = str(row.get("scenario") or "")
    mark = f" [{row['citation']}]" if row.get("citation") else ""
    shown = f" ({dict(scenarios(language))[scenario]})" if scenario in _SCENARIO_SHOWN else ""
    amount = rendering.amount(
        Decimal(repr(row["value"])),
        row["unit"],
        qualifier=str(row.get("qualifier") or "exact"),
        language=language,
        token=row.get("published_as"),
    )
    return clean(f"{amount}: {words}{shown}{mark}")


def _arithmetic(row: DerivationRow) -> str:
    return clean(row.formula if not row.text or row.text in row.formula else f"{row.formula} = {row.text}")


def _grid(answer: Answer) -> Grid | None:
    if answer.table is None or not answer.table.rows:
        return None
    rows = tuple(tuple("" if cell is None else clean(str(cell)) for cell in row) for row in answer.table.rows)
    return Grid(tuple(clean(column) for column in answer.table.columns), rows)


def _choices(answer: Answer) -> tuple[Choice, ...]:
    options = [Choice("option", clean(text)) for text in answer.options]
    suggestions = [Choice("suggestion", clean(text)) for text in answer.suggestions]
    return tuple(choice for choice in options + suggestions if choice.question)


def _chips(answer: Answer) -> tuple[Chip, ...]:
    """The editable parts of the interpretation, in the order of the words' table; the indicator by its label."""
    found = []
    for key, label in parts(answer.language):
        value = answer.interpretation.get(key)
        if isinstance(value, str) and value:
            shown = answer.interpretation.get("label") if key == "indicator" else None
            found.append(Chip(key, label, clean(str(shown or value))))
    return tuple(found)
