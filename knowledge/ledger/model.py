"""A language model's reading of a notice, taken only where it stands in the text, and held against the rules'."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.errors import ModelError
from knowledge.figure import ChangeKind, Figure, Mention, Qualifier, Scenario
from knowledge.ledger.catalogue import Catalogue, tokens
from knowledge.ledger.codes import code_of
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice
from knowledge.reading.amounts import read_amounts
from knowledge.reading.calendar import valid
from knowledge.sources.model import Model

PROMPT = """List every published statistic of the notice below as a JSON array. Each item:
{{"token": the number exactly as printed with its scale and unit, "quote": the sentence exactly as printed,
"label": what it measures in the published words, "ref_area": area, "time_period": SDMX (2023, 2023-Q1, 2024-04,
2021-01/2021-05, "to 2023-04-30"), "scenario": actual|target|forecast, "qualifier": exact|over|nearly|about|under,
"change_kind": level|yoy_growth|mom_growth|difference|share|cumulative|rank}}
Leave out dates, ordinals, clock times, page numbers. Published {published}. Reply with the array alone.

{text}"""
LIMIT = 20_000  # characters of a notice that are shown
COMPARED = ("time_period", "scenario", "change_kind")


def read_with(
    notice: Notice, rules: Sequence[Figure], catalogue: Catalogue, model: Model
) -> tuple[tuple[Figure, ...], tuple[Flag, ...]]:
    """The rules' figures with what the model adds, and a flag for each disagreement. ModelError for no JSON."""
    reply = model.ask(PROMPT.format(published=notice.published or "on an unknown day", text=notice.text[:LIMIT]))
    return merged(notice, rules, catalogue, parsed(reply))


def parsed(reply: str) -> list[dict[str, Any]]:
    """The items of a reply; ModelError where it holds no array of objects."""
    match = re.search(r"\[.*\]", reply, re.DOTALL)
    try:
        items = json.loads(match.group()) if match else None
    except json.JSONDecodeError as error:
        raise ModelError(f"the reply is no JSON array: {error}") from error
    if not isinstance(items, list):
        raise ModelError("the reply holds no JSON array of figures; reply with the array alone")
    return [item for item in items if isinstance(item, dict)]


def merged(
    notice: Notice, rules: Sequence[Figure], catalogue: Catalogue, items: Sequence[dict[str, Any]]
) -> tuple[tuple[Figure, ...], tuple[Flag, ...]]:
    """Proposals that stand in the text: new ones become figures, known ones are compared."""
    out, flags, used = list(rules), [], set()
    for item in items:
        figure = proposal(notice, catalogue, item)
        if figure is None:
            continue
        known = next((f for f in rules if f.start < figure.end and figure.start < f.end), None)
        if known is None and figure.start not in used and _stands(figure.label, figure.quote):
            used.add(figure.start)
            out.append(figure)
        elif known is not None:
            differs = [
                name for name in COMPARED if getattr(known, name) != getattr(figure, name) and getattr(figure, name)
            ]
            if differs:
                said = "; ".join(f"{n}: rules {getattr(known, n)}, model {getattr(figure, n)}" for n in differs)
                flags.append(
                    Flag(
                        "reading_differs", (known.figure_id,), f"{known.published_as}: {said}", notice.notice_id, "note"
                    )
                )
    return tuple(sorted(out, key=lambda f: (f.start, f.end))), tuple(flags)


def _stands(label: str, quote: str) -> bool:
    """Whether every word of a label stands in the sentence."""
    words = set(tokens(label))
    return bool(words) and words <= set(tokens(quote))


def _choice(kind: Any, value: Any, default: Any) -> Any:
    return kind(value) if isinstance(value, str) and value in list(kind) else default


def proposal(notice: Notice, catalogue: Catalogue, item: dict[str, Any]) -> Figure | None:
    """A proposed figure, its value read from the printed token by our own grammar.

    None where token or sentence do not stand in the text. An area or a year that does not stand there is left out.
    """
    token, quote, label = (str(item.get(name) or "").strip() for name in ("token", "quote", "label"))
    within = notice.text.find(quote) if quote else -1
    start = notice.text.find(token, within if within >= 0 else 0) if token else -1
    if not label or within < 0 or start < 0 or start + len(token) > within + len(quote):
        return None
    amounts = read_amounts(token, notice.language)
    if len(amounts) != 1 or amounts[0].kind in ("year", "ordinal", "duration"):
        return None
    amount = replace(amounts[0], start=amounts[0].start + start, end=amounts[0].end + start)
    period, area = str(item.get("time_period") or ""), str(item.get("ref_area") or "")
    told = f"{notice.title} {notice.text} {notice.published or ''}"
    dated = valid(period) and all(year in told for year in re.findall(r"\d{4}", period))
    known = catalogue.match_indicator(label, notice.language)
    key = f"{notice.source}\0{amount.start}\0{amount.end}\0{amount.text}"
    return Figure(
        figure_id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        indicator=known.code if known else code_of(label, notice.language),
        label=label,
        value=float(amount.value),
        unit=amount.unit,
        published_as=notice.text[amount.start : amount.end],
        notice_id=notice.notice_id,
        source=notice.source,
        quote=quote,
        start=amount.start,
        end=amount.end,
        ref_area=area if area and area in told else "",
        time_period=period if dated else "",
        qualifier=_choice(Qualifier, item.get("qualifier"), Qualifier(amount.qualifier)),
        scenario=_choice(Scenario, item.get("scenario"), Scenario.ACTUAL),
        change_kind=_choice(ChangeKind, item.get("change_kind"), ChangeKind.LEVEL),
        mentions=tuple[Mention, ...](),
        extracted_by="model",
    )
