"""Drafts to figures: the same fact stated twice is one figure with two spans."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.figure import ChangeKind, Figure, Mention, ObsStatus, Qualifier
from knowledge.ledger.catalogue import PREPOSITIONS, Catalogue, tokens
from knowledge.ledger.context import Context
from knowledge.ledger.dimensions import dimensions
from knowledge.ledger.draft import Draft

STOP = frozenset("the a an of in to for by from and or with on at as its their this that total new number all".split())
COUNTED_NOUN = re.compile(r"\bnumber of (?P<noun>(?:[\w-]+ ){0,3}?[\w-]+s)\b", re.IGNORECASE)
MONETARY = frozenset(("percent", "percentage points", "times", "rank"))
LONGEST_LABEL = 120
MOST_TWINS = 8  # looked through for a fact said before


def slug(label: str) -> str:
    """A code for a label that the catalogue does not know."""
    words = [w for w in tokens(label) if w not in STOP]
    han = "".join(w for w in words if re.match("[\u4e00-\u9fff]", w))
    return han[:24] if han else "-".join(words[:7]) or "unlabelled"


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    table = loads((Path(__file__).parent / "units.toml").read_text(encoding="utf-8"))
    return {wording: unit for unit, wordings in table.items() for wording in wordings}


def unit_of(draft: Draft, language: str, quote: str = "") -> str:
    """The unit that a figure carries; a Chinese classifier gives way to the noun it counts."""
    if draft.amount.kind not in ("count", "number") or draft.unit in MONETARY:
        return draft.unit
    table = _units()
    if language == "zh":
        label = draft.noun or draft.label
        for source in (draft.noun, draft.label):
            found = [
                (source.rfind(w) + len(w), u)
                for w, u in table.items()
                if w in source and re.match("[\u4e00-\u9fff]", w)
            ]
            if found:
                return max(found)[1]
        return {"家": "enterprises", "人": "people", "名": "people", "户": "enterprises"}.get(
            draft.unit, draft.unit or label
        )
    if draft.unit:
        return table.get(draft.unit, draft.unit)
    words = tokens(draft.label)
    head = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
    heads = [w for w in words[:head] if w in table]
    if heads:
        return table[heads[-1]]
    counted = COUNTED_NOUN.search(draft.label)
    if counted:
        return counted["noun"].split()[-1].casefold()
    nearby = [w for w in tokens(quote[: max(0, draft.start - draft.quote[0])]) if w in table]
    return table[nearby[-1]] if nearby else ""


def figure_id(source: str, draft: Draft) -> str:
    """Made of source, span and printed token: the same after a re-ingest of the same text."""
    key = f"{source}\0{draft.start}\0{draft.end}\0{draft.amount.text}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _relates(draft: Draft, ids: dict[int, str]) -> str | None:
    parent = draft.parent
    if parent is not None and draft.kind not in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE):
        return ids.get(id(parent)) or draft.relates
    return draft.relates


def figures(drafts: Sequence[Draft], context: Context, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Every draft as a Figure by place.

    A fact said twice in one sentence is one figure with two spans; said again in another sentence, each keeps its
    quote and both name the other's span under `mentions`, so that neither is counted twice.
    """
    ids = {id(draft): figure_id(context.notice.source, draft) for draft in drafts}
    out: list[Figure] = []
    known: dict[tuple[float, str, str], list[int]] = {}
    places: list[tuple[int, int]] = []  # the sentence of each figure
    for draft in drafts:
        figure = _figure(draft, context, catalogue, ids)
        alike = known.setdefault((figure.value, figure.change_kind, figure.time_period), [])
        twin = next((i for i in alike[:MOST_TWINS] if same_fact(out[i], figure)), None)
        if twin is None:
            alike.append(len(out))
            out.append(figure)
            places.append(draft.quote)
            continue
        first = out[twin]
        out[twin] = mentioned(first, figure)
        if places[twin] == draft.quote:
            ids[id(draft)] = first.figure_id
        else:
            out.append(mentioned(figure, first))
            places.append(draft.quote)
    return tuple(out)


def _figure(draft: Draft, context: Context, catalogue: Catalogue, ids: dict[int, str]) -> Figure:
    notice = context.notice
    label = " ".join(draft.label.split())[:LONGEST_LABEL].strip(" ,")
    known = catalogue.match_indicator(label, context.lex.language)
    start, end = draft.quote
    quote = notice.text[start:end]
    return Figure(
        figure_id=ids[id(draft)],
        indicator=known.code if known else slug(label),
        label=label,
        value=draft.value,
        unit=unit_of(draft, context.lex.language, quote),
        published_as=notice.text[draft.start : draft.end],
        notice_id=notice.notice_id,
        source=notice.source,
        quote=quote,
        start=draft.start,
        end=draft.end,
        ref_area=draft.area,
        dimensions=dimensions(draft, quote),
        time_period=draft.period,
        qualifier=Qualifier(draft.qualifier),
        scenario=draft.scenario,
        change_kind=draft.kind,
        base_period=draft.base,
        relates_to=_relates(draft, ids),
        comparable_basis=draft.comparable,
        obs_status=ObsStatus(draft.status),
        extracted_by=draft.extracted_by,
        cell=draft.cell,
    )


def same_fact(a: Figure, b: Figure) -> bool:
    """Whether two figures of one notice state the same: value, unit, period, kind, and labels that speak of the "
    "same."""
    if a.value != b.value or (a.unit != b.unit and {a.unit, b.unit} & {"percent", "CNY", "USD", "EUR"}):
        return False
    if a.change_kind != b.change_kind or a.start == b.start or a.extracted_by != b.extracted_by:
        return False
    if a.time_period != b.time_period or (a.scenario == "actual") != (b.scenario == "actual"):
        return False
    counterparts = (a.dimensions.get("counterpart"), b.dimensions.get("counterpart"))
    if counterparts[0] != counterparts[1]:
        return False
    mine, theirs = set(tokens(a.label)) - STOP, set(tokens(b.label)) - STOP
    if not mine or not theirs:
        return False
    return (
        a.indicator == b.indicator
        and len(mine & theirs) >= 1
        and len(mine & theirs) >= 0.5 * min(len(mine), len(theirs))
    )


def mentioned(figure: Figure, other: Figure) -> Figure:
    """The figure with the span of another statement of the same fact."""
    if len(figure.mentions) >= MOST_TWINS:
        return figure
    mention = Mention(other.start, other.end, other.published_as, other.quote)
    return replace(figure, mentions=(*figure.mentions, mention))
