"""From candidates to an outcome: answered, asked back, or refused with the nearest thing that is known."""

from dataclasses import replace

from assistant.understanding.breakdowns import unnamed
from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, grouping
from assistant.understanding.judging import acceptable, worth
from assistant.understanding.linking import OUTDATED, Link, Want
from assistant.understanding.operations.comparison import is_result
from assistant.understanding.operations.lookup import level_want
from assistant.understanding.operations.pairs import comparable, one_place
from assistant.understanding.operations.parts import named
from assistant.understanding.operations.scopes import core_of
from assistant.understanding.operations.shares import defined_rate, part_of_whole
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import earlier
from assistant.understanding.plan import Plan
from assistant.understanding.rates import rates
from assistant.understanding.relations import growth_of, levels_akin
from assistant.understanding.scripting import script
from assistant.wording.periods import period as period_words
from assistant.wording.phrases import say, table, what
from knowledge.figure import ChangeKind, Scenario

TIE = 0.03  # readings of one kind this close cannot be told apart
SURE = 0.9  # a reading this good is not doubted
CLOSE = 0.25  # of a value, that two notices may be apart about one thing
SAME = 0.06  # readings this close answer the same words
_LEVELS = frozenset({ChangeKind.LEVEL, ChangeKind.CUMULATIVE})
_RELATIVE = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.RANK, ChangeKind.DIFFERENCE})


def settle(ctx: Context, chosen: Candidate | None, ranked: tuple[Candidate, ...]) -> Plan:
    """The plan of the best reading, or the question back, or a refusal."""
    if _bare(ctx) and len(ctx.index.entries) > 1 and not (chosen and chosen.operation == "exchange rate"):
        return _ask_back(
            ctx, _distinct(tuple(k.entry for k in ctx.links(limit=30))) or tuple(k.entry for k in ctx.links(limit=4))
        )
    if chosen is None:
        return refuse(ctx, ranked)
    if chosen.status == "refused":
        return script(ctx, chosen)
    if chosen.operation == "lookup" and (member := _member(ctx, chosen)):
        return _refuse_member(ctx, chosen, member)
    if chosen.told:
        return script(ctx, chosen, suggestions(ctx, chosen))
    if options := unnamed(ctx, chosen) or _ambiguous(ctx, chosen, ranked) or _tied(ctx, chosen, ranked):
        return _ask_back(ctx, options)
    return script(ctx, _with_remarks(ctx, chosen), suggestions(ctx, chosen))


def _bare(ctx: Context) -> bool:
    """Whether a question names nothing to look up: no word of its own, no period, no number, no conversation."""
    solid = [t for t in ctx.reading.terms if t.key not in ctx.reading.soft]
    return not (solid or ctx.reading.periods or ctx.reading.amounts or ctx.lent_terms or ctx.lent_entries)


def _ask_back(ctx: Context, options: tuple[Entry, ...]) -> Plan:
    language = ctx.reading.language
    one_thing = len({what(e.figure, "en") for e in options}) == 1
    return Plan(
        "clarify",
        "clarify",
        say("clarify_period" if one_thing else "clarify_which", language),
        language=language,
        headline="",
        options=tuple(dict.fromkeys(_option(e, language) for e in options))[:4],
        interpretation={"operation": "lookup", "label": options[0].figure.label},
    )


def _member(ctx: Context, chosen: Candidate) -> str | None:
    """A name of the question that the sentence mentions only as one member of what it counts."""
    figure = chosen.entries[0].figure
    lead = pattern("member").search(figure.quote)
    if not lead:
        return None
    for term in ctx.reading.terms:
        name = ctx.reading.text[term.start : term.end]
        at = figure.quote.lower().find(name.lower())
        if term.proper and at > lead.start() and term.key not in chosen.entries[0].area:
            return name
    return None


def _refuse_member(ctx: Context, chosen: Candidate, member: str) -> Plan:
    language = ctx.reading.language
    nearest = say("nearest_item", language, value="{F1}", **_slots(chosen.entries[0], language))
    refused = Candidate(
        "refuse",
        chosen.score,
        chosen.entries[:1],
        "refuse_member",
        parts={"member": member, "nearest": nearest},
        status="refused",
    )
    return script(ctx, refused)


def _ambiguous(ctx: Context, chosen: Candidate, ranked: tuple[Candidate, ...]) -> tuple[Entry, ...]:
    """The figures between which the asker must choose, where the question names no period and several fit alike."""
    if (
        chosen.operation not in ("lookup", "growth", "share")
        or ctx.spans
        or len(chosen.entries) > 2
        or ctx.reading.amounts
    ):
        return ()
    if ctx.named_notices() or (ctx.reading.has("exact") and ctx.lent_terms):
        return ()
    first = chosen.entries[0]
    rivals = [c.entries[0] for c in ranked if c.operation == chosen.operation and c.entries and acceptable(ctx, c)]
    rivals_scores = {c.entries[0].order: c.score for c in ranked if c.operation == chosen.operation and c.entries}
    top = rivals_scores.get(first.order, chosen.score)
    close = [e for e in dict.fromkeys(rivals) if rivals_scores[e.order] >= top - 0.22 and _competes(ctx, first, e)]
    akin = [
        e
        for e in levels_akin(ctx.index, first)
        if (e.months != first.months or e.figure.scenario != first.figure.scenario) and _explains(ctx, e, first)
    ]
    others = list(dict.fromkeys([*akin, *[e for e in close if e.order != first.order]]))
    if not others:
        return ()
    if _is_stock(first) and all(e.figure.indicator == first.figure.indicator and e.area == first.area for e in others):
        return ()
    return _distinct((first, *others))


def _explains(ctx: Context, other: Entry, first: Entry) -> bool:
    """Whether another figure leaves no word of the question unexplained that the chosen one explains."""
    missing = {k.entry.order: frozenset(k.missing) for k in ctx.links(limit=len(ctx.index.entries))}
    return missing.get(other.order, frozenset()) <= missing.get(first.order, frozenset())


def _tied(ctx: Context, chosen: Candidate, ranked: tuple[Candidate, ...]) -> tuple[Entry, ...]:
    """Two look-ups of different things that the words cannot tell apart."""
    if chosen.operation not in ("lookup", "growth") or chosen.lead:
        return ()  # a claim says which
    if worth(ctx, chosen) >= SURE or ctx.lent_entries:
        return ()
    first = chosen.entries[0]
    for rival in ranked:
        if rival.operation != chosen.operation or not rival.entries or not acceptable(ctx, rival):
            continue
        other = rival.entries[0]
        near = worth(ctx, chosen) - worth(ctx, rival) < TIE
        if (
            near
            and not _disagree(first, other)
            and other.figure.label != first.figure.label
            and _competes(ctx, first, other)
        ):
            return _distinct((first, other))
    return ()


def _disagree(first: Entry, other: Entry) -> bool:
    """Whether two notices give one thing at one time two values: both are told, nobody need choose."""
    a, b = Link(first, 1.0, 1.0, (), 1.0), Link(other, 1.0, 1.0, (), 1.0)
    apart = first.figure.notice_id != other.figure.notice_id and first.figure.scenario == other.figure.scenario
    close = abs(first.figure.value - other.figure.value) <= CLOSE * abs(first.figure.value)
    return apart and close and first.months == other.months and comparable(a, b) and one_place(a, b)


def _competes(ctx: Context, first: Entry, other: Entry) -> bool:
    a, b = first.figure, other.figure
    if (a.change_kind in _RELATIVE) != (b.change_kind in _RELATIVE):
        return False
    if a.value == b.value and a.unit == b.unit:
        return False
    same_fact = first.months == other.months and a.scenario == b.scenario and a.beside(b)
    return not same_fact and a.unit.isupper() == b.unit.isupper()


def _is_stock(entry: Entry) -> bool:
    return entry.figure.time_period.startswith("to ")


def _distinct(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    seen: dict[tuple[str, str, str], Entry] = {}
    for e in entries:
        seen.setdefault((e.figure.time_period, str(e.figure.scenario), e.figure.label), e)
    return tuple(seen.values()) if len(seen) >= 2 else ()


def _option(entry: Entry, language: str) -> str:
    figure = entry.figure
    when = period_words(figure.time_period, language) if figure.time_period else ""
    scenario = "" if figure.scenario == Scenario.ACTUAL else table(language)["marks"][str(figure.scenario)]
    option = str(table(language)["words"]["option"])
    return option.format(label=what(figure, language), when=when, scenario=scenario).replace("  ", " ").strip(" ,，")


def _slots(entry: Entry, language: str) -> dict[str, str]:
    return named(entry, language)


def _with_remarks(ctx: Context, chosen: Candidate) -> Candidate:
    """What an honest answer adds: another notice that disagrees, a later growth rate that implies another level."""
    if chosen.operation not in ("lookup", "share") or len(chosen.entries) != 1:
        return chosen
    first = chosen.entries[0]
    language = ctx.reading.language
    entries, remarks, expressions = [first], list(chosen.remarks), list(chosen.expressions)
    for other in _conflicting(ctx, first)[:2]:
        entries.append(other)
        message = "conflict" if other.figure.notice_id != first.figure.notice_id else "scopes"
        if other.superseded and not first.superseded:
            message = "first_given"
        elif ctx.index.successors.get(first.order) == other.order:
            message = "later_revised"
        remarks.append((message, {"value": f"{{F{len(entries)}}}", **named(other, language)}))
    if len(entries) == 1 and (core := core_of(ctx, first)):
        entries.append(core[0])
        remarks.append(("core", {"value": "{F2}", "called": core[1]}))
    if later := _implied_elsewhere(ctx, first):
        level, growth = later
        n = len(entries)
        entries += [level, growth]
        expressions.append((f"F{n + 1} / (1 + F{n + 2} / 100)", level.figure.unit))
        parts = {"value": f"{{C{len(expressions)}}}", "level": f"{{F{n + 1}}}", "growth": f"{{F{n + 2}}}"}
        remarks.append(("also_implied", {**parts, **named(level, language, "level_")}))
    if counted := _computed_rate(ctx, first):
        n = len(entries)
        entries += counted
        expressions.append((f"share(F{n + 1}, F{n + 2})", "percent"))
        parts = {"value": f"{{C{len(expressions)}}}", "part": f"{{F{n + 1}}}", "whole": f"{{F{n + 2}}}"}
        remarks.append(("also_computed", parts))
    if ctx.reading.has("exact") and first.figure.qualifier != "exact":
        remarks.append(("exact_unknown", {}))
    return replace(
        chosen,
        entries=tuple(entries),
        remarks=tuple(remarks),
        expressions=tuple(expressions),
        headline=chosen.headline or "F1",
    )


def _conflicting(ctx: Context, first: Entry) -> list[Entry]:
    """Figures that answer the same words for the same period and scenario with another value; newest first."""
    links = {k.entry.order: k for k in ctx.links(level_want(ctx), 30)}
    own, asked = links.get(first.order), {t.key for t in ctx.reading.terms}
    if own is None:
        return []
    found = [
        k.entry
        for k in links.values()
        if _same_time(k.entry, first)
        and not (
            k.entry.figure.notice_id == first.figure.notice_id and asked & first.core - k.entry.core - k.entry.area
        )
        and k.score + _outdated(ctx, k.entry) >= own.score + _outdated(ctx, first) - SAME
        and k.entry.figure.unit == first.figure.unit
        and k.entry.figure.scenario == first.figure.scenario
        and comparable(own, k)
        and one_place(own, k)
        and grouping(k.entry.figure).keys() == grouping(first.figure).keys()
        and abs(k.entry.figure.value - first.figure.value) > 0.005 * max(abs(first.figure.value), 1e-9)
    ]
    return sorted(found, key=lambda e: -(e.notice.published.toordinal() if e.notice.published else 0))


def _same_time(a: Entry, b: Entry) -> bool:
    """Whether two figures are of one time; a rate of the year and one at its end are."""
    if a.months is None or b.months is None or not a.figure.unit == b.figure.unit == "percent":
        return a.months == b.months
    return a.months == b.months or (a.months.last == b.months.last and None in (a.months.first, b.months.first))


def _outdated(ctx: Context, entry: Entry) -> float:
    """What linking has taken from a figure (or given it) for having been revised since."""
    return 0.0 if not entry.superseded else -OUTDATED if ctx.want().first else OUTDATED


def _computed_rate(ctx: Context, first: Entry) -> list[Entry]:
    """The counts behind a published rate or share, where their quotient is another number."""
    if first.figure.unit != "percent" or first.months is None:
        return []
    want = ctx.want().but(periods=(first.months,), scenarios=None, values=())
    found = defined_rate(ctx, want, 0.0) if ctx.measure() in rates() else part_of_whole(ctx)
    for part, whole in (c.entries[:2] for c in sorted(found, key=lambda c: -c.score)):
        apart = abs(part.figure.value / whole.figure.value * 100 - first.figure.value)
        beside = part.figure.notice_id == whole.figure.notice_id == first.figure.notice_id
        named = ctx.measure() in rates() or part.figure.beside(first.figure)
        if beside and named and is_result(part) == is_result(first):
            return [part, whole] if 0.4 < apart < 25 else []
    return []


def _implied_elsewhere(ctx: Context, first: Entry) -> tuple[Entry, Entry] | None:
    """A level a year on, of another notice, whose growth implies a value that differs by half a percent or more."""
    if first.months is None or first.figure.change_kind not in _LEVELS or first.figure.scenario == Scenario.TARGET:
        return None
    want = level_want(ctx).but(periods=(earlier(first.months, -12),), scenarios=None)
    own = Link(first, 1.0, 1.0, (), 1.0)
    for level in (k.entry for k in ctx.links(want, 6) if comparable(own, k) and one_place(own, k)):
        growth = growth_of(ctx.index, level)
        if growth is None or growth.figure.unit != "percent" or growth.figure.comparable_basis:
            continue
        implied = level.figure.value / (1 + growth.figure.value / 100)
        apart = abs(implied - first.figure.value) / (abs(first.figure.value) or 1.0)
        if level.figure.notice_id != first.figure.notice_id and 0.005 < apart < 0.1:
            return level, growth
    return None


def refuse(ctx: Context, ranked: tuple[Candidate, ...]) -> Plan:
    """A refusal that names the nearest figure or period that can be answered."""
    language = ctx.reading.language
    near = _nearest(ctx)
    if near is None:
        return Plan("refuse", "refused", say("refuse_nothing", language), language=language, headline="")
    nearest = say("nearest_item", language, value="{F1}", **named(near, language))
    asked = ctx.periods[0] if ctx.periods else None
    no_period = bool(ctx.reading.periods) and (
        asked is not None and bool(ctx.links(ctx.want().but(periods=(), scenarios=None), 1)) and near.months != asked
    )
    message = "refuse_period" if no_period else "refuse_near"
    parts = {"nearest": nearest, "period": _period_of(ctx)}
    refused = Candidate("refuse", 0.0, (near,), message, parts=parts, status="refused")
    return script(ctx, refused, suggestions=(_option(near, language),))


def _period_of(ctx: Context) -> str:
    return ctx.reading.periods[0].text.strip(" ,.?") if ctx.reading.periods else ""


def _nearest(ctx: Context) -> Entry | None:
    """The figure that explains most of the words when period and scenario are let go."""
    want: Want = ctx.want().but(scenarios=None, notice_ids=None)
    same_period: tuple[Link, ...] = ctx.links(want, 1)
    anywhere: tuple[Link, ...] = ctx.links(want.but(periods=()), 1)
    best = max((*same_period, *anywhere), key=lambda k: k.coverage, default=None)
    return best.entry if best and best.coverage >= 0.3 else None


def suggestions(ctx: Context, chosen: Candidate) -> tuple[str, ...]:
    """Next questions that can be answered."""
    if not chosen.entries:
        return ()
    first, language, made = chosen.entries[0], ctx.reading.language, []
    ask = table(language)["suggestions"]
    akin = sorted(
        (e for e in levels_akin(ctx.index, first) if e.months and e.months != first.months),
        key=lambda e: -(e.months.last if e.months else 0),
    )
    for e in akin[:2]:
        key = "target" if e.figure.scenario == Scenario.TARGET else "previous"
        made.append(ask[key].format(period=period_words(e.figure.time_period, language)))
    growth = growth_of(ctx.index, first)
    if growth and growth.figure.time_period:
        made.append(ask["growth"].format(period=period_words(growth.figure.time_period, language)))
    return tuple(dict.fromkeys(made))[:3]


__all__ = ["acceptable", "refuse", "settle", "worth"]
