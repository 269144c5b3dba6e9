"""Members of one family set in order: which is highest, which lowest, all in order."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.understanding.candidate import Candidate
from assistant.understanding.cells import telling
from assistant.understanding.claims import claim_of
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, keys
from assistant.understanding.linking import Link, family
from assistant.understanding.operations.families import DIMENSION_WORDS, Family, families
from assistant.understanding.operations.parts import named
from assistant.understanding.patterns import pattern
from assistant.understanding.superlatives import nth, several, thing
from assistant.wording.periods import period
from assistant.wording.phrases import say, table, what, what_alone
from knowledge.figure import ChangeKind, Figure
from knowledge.reading.numerals import han_value

FILTERED = 0.1  # which fell: all that did are named
_CHANGES = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH})


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as an extremum or a ranking."""
    has = ctx.reading.has
    count = several(ctx.reading.text)
    after = pattern("next_after").search(ctx.reading.text)
    claim = claim_of(ctx.reading)
    claimed = claim.place if claim and not has("max", "min", "rank", "which") else 0
    if (
        not has("max", "min", "rank")
        and not count
        and not claimed
        and not (has("which") and (has("fall", "growth") or after))
    ):
        return
    if has("difference") and not has("which", "rank") and not count:
        return  # how much bigger, not which is
    things = keys(thing(ctx.reading.text), ctx.reading.language)
    for found in families(ctx):
        group = _restricted(ctx, found)
        if _of_other_kind(ctx, group):
            continue  # regions are asked for, and these are industries
        if things & group.entries[0].head and family(group.entries[0].figure.unit) == "count":
            continue  # the largest project is no largest number of projects
        group = replace(group, link=_explained(ctx, group))
        score = _family_score(ctx, group)
        if has("rank") or count > 1:
            yield _ranking(ctx, group, score, count)
        elif claimed:
            yield _extremum(ctx, group, score, claimed != -1)
        elif len(group.entries) == 1 or (after and not has("max", "min")):
            yield _extremum(ctx, group, score, not has("min"))
        elif has("max", "min") and nth(ctx.reading.text) <= len(group.entries):
            if has("max") and has("min") and len(group.entries) > 1:
                yield _both_ends(ctx, group, score)
            if has("max"):
                yield _extremum(ctx, group, score, True)
            if has("min"):
                yield _extremum(ctx, group, score - (0.02 if has("max") else 0.0), False)
        elif ctx.reading.has("fall", "growth") and not ctx.reading.amounts:
            yield from _moved(ctx, group, score)


def _of_other_kind(ctx: Context, group: Family) -> bool:
    """Whether the members are of another kind than the question names: industries where regions are asked for."""
    named_by = zip(ctx.reading.terms, (None, *ctx.reading.terms), strict=False)
    asked = {t.key for t, last in named_by if not (last and last.key[0] == "z" and last.end == t.start)}  # 清河市
    named = {d for d, words in DIMENSION_WORDS.items() if words & asked}
    named |= {"area"} if named & {"counterpart", "district"} else set()
    if group.dimension == "label" and named and named <= {"area", "district"}:
        language = group.link.entry.notice.language
        return not any(t.startswith("c:area_") for n in group.names for t in keys(n, language))
    return bool(named) and group.dimension in DIMENSION_WORDS and group.dimension not in named


def _restricted(ctx: Context, group: Family) -> Family:
    """Only the members that the question names, where it names two or more."""
    asked = {t.key for t in ctx.reading.terms}
    chosen = [
        (e, n)
        for e, n in zip(group.entries, group.names, strict=True)
        if telling(keys(n, e.notice.language)) and telling(keys(n, e.notice.language)) <= asked
    ]
    if group.by_period or len(chosen) < 2:
        return group
    return replace(group, entries=tuple(e for e, _ in chosen), names=tuple(n for _, n in chosen))


def _family_score(ctx: Context, group: Family) -> float:
    text = ctx.reading.text.lower()
    asks_time = any(
        w in text
        for w in (
            "year",
            "month",
            "quarter",
            "哪年",
            "哪一年",
            "季度",
            "月份",
            "半年",
            "jahr",
            "quartal",
            "année",
            "trimestre",
        )
    )
    fits = 0.12 if asks_time == group.by_period else -0.12
    fits -= 0.05 if group.dimension == "label" else 0.0
    sizes = [a.value for a in ctx.reading.amounts if a.kind in ("count", "number") and 2 < a.value <= 20]
    sizes += [_size(m["number"]) for m in pattern("all_of").finditer(ctx.reading.text)]
    fits += 0.25 if len(group.entries) in sizes else 0.0
    fits -= 0.25 if any(len(group.entries) < size for size in sizes) else 0.0
    asked = {t.key for t in ctx.reading.terms}
    named = [d for d, words in DIMENSION_WORDS.items() if words & asked]
    if named:
        fits += 0.2 if group.dimension in named else -0.3 if group.by_period else -0.2
    return group.link.score + fits + min(len(group.entries), 6) * 0.04 + (0.3 if ctx.reading.has("which") else 0.12)


def _size(number: str) -> Decimal:
    return Decimal(number) if number.isdigit() else han_value(number) or Decimal(0)


def _explained(ctx: Context, group: Family) -> Link:
    """The family's link; names of other members in the question are explained by the family."""
    members = frozenset().union(*(keys(n, e.notice.language) for e, n in zip(group.entries, group.names, strict=True)))
    link, weights = group.link, dict(ctx.weighted())
    whole = sum(w * ctx.index.idf(t) for t, w in weights.items() if t not in ctx.reading.soft) or 1.0
    own = link.entry.core | link.entry.area
    counted = f"#{several(ctx.reading.text)}"
    members |= {counted}
    named = [t for t in weights if t in members and t not in own and t not in ctx.reading.soft and t in link.missing]
    more = sum(weights[t] * ctx.index.idf(t) for t in named) / whole
    missing = tuple(t for t in link.missing if t not in members)
    return replace(link, missing=missing, coverage=min(1.0, link.coverage + more))


def _label(group: Family, name: str, language: str) -> str:
    if group.by_period:
        return period(name, language)
    entry = group.entries[group.names.index(name)]
    foreign = language == "zh" and name.isascii() and not entry.figure.label.isascii()
    return what_alone(entry.figure) if foreign else name


def _extremum(ctx: Context, group: Family, score: float, largest: bool) -> Candidate:
    language = ctx.reading.language
    order = sorted(range(len(group.entries)), key=lambda k: group.entries[k].figure.value, reverse=largest)
    i = order[nth(ctx.reading.text) - 1]
    entry = group.entries[i]
    behind = i != order[0]
    runners = [group.entries[k] for k in order if k != i][: len(order) if behind else 3]
    subject = _subject(ctx, group)
    if subject and subject is not entry and subject not in runners:
        runners = [*runners[:-1], subject]
    return Candidate(
        operation="highest" if largest else "lowest",
        score=score,
        entries=(entry, *runners),
        expressions=_place(len(runners) + 1) if behind and largest else (),
        headline="F1",
        message=_message(behind, largest),
        parts={
            "name": _label(group, group.names[i], language),
            "value": "{F1}",
            "nth": "{C1}",
            "ahead": _ahead(ctx, group, runners, language),
            **named(entry, language),
            **({"when": ""} if group.by_period else {}),
        },
        missing=group.link.missing,
        coverage=group.link.coverage,
        table=_table(group, language),
        chart=len(group.entries) > 2,
        subject=subject,
    )


def _both_ends(ctx: Context, group: Family, score: float) -> Candidate:
    """The highest and the lowest."""
    top, low = _extremum(ctx, group, score, True), _extremum(ctx, group, score, False)
    shown = low.parts | {"value": "{F2}", "ahead": ""}
    return replace(
        top,
        score=score + 0.03,
        entries=(top.entries[0], low.entries[0]),
        headline="",
        parts=top.parts | {"ahead": ""},
        remarks=(("extremum_min", shown),),
    )


def _subject(ctx: Context, group: Family) -> Entry | None:
    """The member that the question names, the first where it names several."""
    at: dict[int, int] = {}
    for k, name in enumerate(group.names):
        words = telling(keys(name, group.entries[k].notice.language))
        places = [t.start for t in ctx.reading.terms if t.key in words]
        if words and not group.by_period and words <= {t.key for t in ctx.reading.terms}:
            at[k] = min(places)
    return group.entries[min(at, key=lambda k: at[k])] if at else None


def _message(behind: bool, largest: bool) -> str:
    if behind:
        return "extremum_nth" if largest else "extremum_only"
    return "extremum_max" if largest else "extremum_min"


def _place(count: int) -> tuple[tuple[str, str | None], ...]:
    """The place of the first of so many handles among all of them."""
    return ((f"rank(F1, {', '.join(f'F{i}' for i in range(1, count + 1))})", None),)


def _ahead(ctx: Context, group: Family, runners: list[Entry], language: str) -> str:
    """The next in order, named with their numbers."""
    names = {e.order: n for e, n in zip(group.entries, group.names, strict=True)}
    if group.by_period:
        return ""
    items = [
        say("rank_item", language, name=_label(group, names[e.order], language), value=f"{{F{i}}}")
        for i, e in enumerate(runners, 2)
    ]
    words = table(language)["words"]
    return str(words["then"]).format(items=words["list"].join(items)) if items else ""


def _ranking(ctx: Context, group: Family, score: float, count: int) -> Candidate:
    """All in order, or as many as are asked for from one end."""
    language, rising = ctx.reading.language, bool(count and pattern("from_below").search(ctx.reading.text))
    order = sorted(range(len(group.entries)), key=lambda k: group.entries[k].figure.value, reverse=not rising)
    rest = [k for k in order if not group.by_period and pattern("rest_row").match(group.names[k])]
    order = [k for k in order if k not in rest] + ([] if count else rest)
    order = order[: count or 10]
    entries = tuple(group.entries[k] for k in order)
    items = table(language)["words"]["list"].join(
        say("rank_item", language, name=_label(group, group.names[k], language), value=f"{{F{n}}}")
        for n, k in enumerate(order, 1)
    )
    return Candidate(
        operation="rank",
        score=score + 0.05,
        entries=entries,
        headline="",
        message="ranking",
        parts={
            "items": items,
            **named(group.link.entry, language),
            "what": what(_whole(group), language),
            **({"when": ""} if group.by_period else {}),
        },
        missing=group.link.missing,
        coverage=group.link.coverage,
        table=_table(group, language),
        chart=True,
    )


def _whole(group: Family) -> Figure:
    """What the members are of, without what tells them apart."""
    figure = group.link.entry.figure
    dimensions = {k: v for k, v in figure.dimensions.items() if k != group.dimension}
    return replace(figure, dimensions=dimensions, ref_area="" if group.dimension == "area" else figure.ref_area)


def _moved(ctx: Context, group: Family, score: float) -> Iterator[Candidate]:
    """ "Which fell": the members whose change has that sign."""
    falling = ctx.reading.has("fall")
    hits = [
        (e, n)
        for e, n in zip(group.entries, group.names, strict=True)
        if (e.figure.value < 0) == falling and e.figure.value
    ]
    if not hits or len(hits) > 6 or not all(e.figure.change_kind in _CHANGES for e, _ in hits):
        return
    language = ctx.reading.language
    items = table(language)["words"]["list"].join(
        say("rank_item", language, name=_label(group, n, language), value=f"{{F{i}}}")
        for i, (_, n) in enumerate(hits, 1)
    )
    yield Candidate(
        operation="filter",
        score=score + FILTERED,
        entries=tuple(e for e, _ in hits),
        headline="F1" if len(hits) == 1 else "",
        message="ranked_items",
        parts={"items": items, **named(hits[0][0], language)},
        missing=group.link.missing,
        coverage=group.link.coverage,
    )


def _table(group: Family, language: str) -> tuple[tuple[str, ...], ...]:
    order = sorted(range(len(group.entries)), key=lambda k: -group.entries[k].figure.value)
    head = ("", table(language)["marks"].get("value", "value"))
    return (head, *((_label(group, group.names[k], language), group.entries[k].figure.published_as) for k in order))
