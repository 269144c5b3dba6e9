"""Drafts to figures: what each number of a notice is, with its unit, its id and its sentence."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.figure import ChangeKind, Figure, ObsStatus, Qualifier
from knowledge.ledger.catalogue import PREPOSITIONS, Catalogue, tokens
from knowledge.ledger.codes import code_of
from knowledge.ledger.context import Context
from knowledge.ledger.dimensions import dimensions
from knowledge.ledger.draft import Draft
from knowledge.ledger.repeats import joined

SINGULAR = ("overseas", "business", "process", "express", "wireless", "various", "previous", "serious", "logistics")
COUNTED_NOUN = re.compile(
    rf"\bnumber of (?P<noun>(?:[\w-]+ ){{0,3}}?(?!(?:{'|'.join(SINGULAR)})\b)[\w-]+s)\b", re.IGNORECASE
)
MONETARY = frozenset(("percent", "percentage points", "times", "rank"))
CLUMSY = re.compile(r"(?<=\bnumber of )(?:number of )+|(?<=\binvestment of )(?:number of )+")
LONGEST_LABEL = 120
PERSONS = ("人", "名")  # what counts heads, whatever brings them: 项目带动就业2万人
HEADS = ("people", "jobs")


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
            unit = max(found)[1] if found else ""
            if unit and (draft.unit not in PERSONS or unit in HEADS):
                return unit
        return {"家": "enterprises", "间": "enterprises", "人": "people", "名": "people", "户": "enterprises"}.get(
            draft.unit, draft.unit or ("" if draft.extracted_by == "table" else label)
        )
    if draft.unit and draft.unit not in SINGULAR:
        tail = next((u for w, u in table.items() if language == "de" and len(w) > 5 and draft.unit.endswith(w)), "")
        return table.get(draft.unit) or tail or draft.unit
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
    """Every fact as one Figure by place; a fact that is said again is one figure with several spans."""
    ids = {id(draft): figure_id(context.notice.source, draft) for draft in drafts}
    read = [_figure(draft, context, catalogue, ids) for draft in drafts]
    stands = joined(read, catalogue, context.notice.title)
    kept = (stands[f.figure_id] for f in read if stands[f.figure_id].figure_id == f.figure_id)
    return tuple(_related(f, stands) for f in kept)


def _related(figure: Figure, stands: Mapping[str, Figure]) -> Figure:
    whole = stands.get(figure.relates_to or "")
    return figure if whole is None else replace(figure, relates_to=whole.figure_id)


def _figure(draft: Draft, context: Context, catalogue: Catalogue, ids: dict[int, str]) -> Figure:
    notice = context.notice
    label = CLUMSY.sub("", " ".join(draft.label.split()))[:LONGEST_LABEL].strip(" ,")
    known = catalogue.match_indicator(label, context.lex.language)
    start, end = draft.quote
    quote = notice.text[start:end]
    return Figure(
        figure_id=ids[id(draft)],
        indicator=known.code if known else code_of(label, context.lex.language),
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
