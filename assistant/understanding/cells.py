"""A question read against one table: the members, the measure and the times that it names there."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.understanding.context import Context
from assistant.understanding.figure_index import Entry, worth
from assistant.understanding.linking import RELATIVE, Link, Want, family
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, fit
from assistant.understanding.tables import Table, named_kinds, tables
from assistant.understanding.terms import Term, people
from knowledge.figure import ChangeKind
from knowledge.ledger.catalogue import load

TOLD = 0.5  # what a term must be worth for a measure that it tells
APART = 0.2  # how much more a term must be worth for one measure than for another to name it
AROUND = frozenset({"c:project", "c:company"})  # what the rows of a table are counted in, said around it
LEAN = 9  # months that a financial year may lean over the edges of a stretch

# Words that name what the members are, not what is measured: "which country", "哪个行业".
KINDS_OF_MEMBERS = frozenset(
    "c:country c:region c:zone c:city c:company w:sector w:industri c:industrial w:categori w:member w:five w:name "
    "w:tabl w:row z:表 z:出".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One table with what a question names of it."""

    ctx: Context
    table: Table
    links: dict[int, Link]  # by the order of their entries
    kinds: frozenset[str]  # what the question calls rows of tables
    members: tuple[str, ...]  # in the order of the question
    measures: tuple[str, ...]  # told by its words, best first; else the only one that can be meant
    told: bool  # whether words tell the measure
    times: tuple[Months, ...]  # of the table, one for each asked period
    stretch: tuple[Months, ...]  # of the table, all in the asked stretch, or all where none is asked

    @property
    def measure(self) -> str | None:
        """The one measure that is meant; None where the words leave it open."""
        return self.measures[0] if self.measures else None

    @property
    def member(self) -> str:
        """The first named member, or the whole."""
        return self.members[0] if self.members else ""

    @property
    def time(self) -> Months | None:
        """The one time that is meant: asked, the only one, or the latest of a stock."""
        if self.times:
            return self.times[-1]
        known = self.table.times
        return known[-1] if len(known) == 1 or (known and known[-1].first is None) else None

    def link(self, *entries: Entry) -> Link:
        """How well the question is explained by these cells together with the words of their table."""
        ctx, index = self.ctx, self.ctx.index
        found = [self.links[e.order] for e in entries if e.order in self.links]
        best = max(found, key=lambda k: k.score)
        names = frozenset().union(*self.table.members.values())
        union = next((m for said, _ in _unions() if (m := said.search(ctx.reading.text))), None)
        names |= frozenset().union(*(e.area | e.lineage for e in entries))
        spoken = {t.key for t in ctx.reading.terms if f"c:{people(_word(ctx, t))}" in names}
        around = AROUND & frozenset(t for t in best.missing if best.entry.order in index.postings.get(t, {}))
        united = {t.key for t in ctx.reading.terms if union and union.start() <= t.start < union.end()}
        said = self.table.words | names | KINDS_OF_MEMBERS | spoken
        said |= united | around if self.members else frozenset()
        weights = dict(_want(ctx).terms)
        whole = sum(w * index.idf(t) for t, w in weights.items()) or 1.0
        missing = tuple(t for t in best.missing if all(t in k.missing for k in found) and t not in said)
        gained = sum(weights.get(t, 0.0) * index.idf(t) for t in best.missing if t not in missing) / whole
        return Link(best.entry, best.score + gained, min(1.0, best.coverage + gained), missing, 1.0)

    def unsaid(self) -> str | None:
        """The measure of what is largest where nothing says of what: the count that "fewest" asks for, or money."""
        counts, money = self.of_family("count"), self.of_family("money")
        if counts and pattern("fewest").search(self.ctx.reading.text):
            return counts[0]
        return money[0] if len(money) == 1 else None

    def of_family(self, kind: str) -> tuple[str, ...]:
        """The measures in money, or in counts."""
        heads = {m: next(c.entry for c in self.table.cells if c.measure == m) for m in self.table.measures}
        return tuple(m for m, e in heads.items() if family(e.figure.unit) == kind and not relative(e))

    def entry(self, member: str = "", measure: str | None = None, time: Months | None = None) -> Entry | None:
        """The cell of a member, of the asked measure and time unless others are given."""
        chosen = self.measure if measure is None else measure
        at = time or self.time
        if chosen is None:
            return None
        cells = [c.entry for c in self.table.cells if (c.member, c.measure) == (member, chosen)]
        dated = next((e for e in cells if e.months == at), None)
        return cells[0] if dated is None and len(cells) == 1 and relative(cells[0]) else dated


def asked(ctx: Context) -> Iterator[Asked]:
    """The question against every table that it may be about."""
    known = tables(ctx.index)
    if not known:
        return
    links = {k.entry.order: k for k in ctx.links(_want(ctx), len(ctx.index.entries))}
    for table in known:
        own = {c.entry.order: links[c.entry.order] for c in table.cells if c.entry.order in links}
        times = _times(ctx, table)
        lent = {e.figure.notice_id for e in ctx.lent_entries}
        if not own or times is None or (lent and table.notice.notice_id not in lent):
            continue
        measures, told = _measures(ctx, table)
        members, kinds = _members(ctx, table), named_kinds(ctx.index, ctx.reading.text)
        if not members and not kinds & table.kind:
            members = _lent(ctx, table)
        yield Asked(ctx, table, own, kinds, members, measures, told, times, _stretch(ctx, table))


def _want(ctx: Context) -> Want:
    want, adding = ctx.want(), ctx.reading.has("sum") or ctx.adds_up
    dropped = KINDS_OF_MEMBERS | ({"c:total"} if adding else frozenset())
    terms = tuple((t, w) for t, w in want.terms if t not in dropped) or want.terms
    return want.but(terms=terms, periods=(), families=None, values=())


def telling(words: frozenset[str]) -> frozenset[str]:
    """The concepts of a name where it holds any: "Republic of Korea" is told by Korea, 东湖区 by all it says."""
    return frozenset(t for t in words if t.startswith("c:") and t not in KINDS_OF_MEMBERS) or words


def _members(ctx: Context, table: Table) -> tuple[str, ...]:
    """The members that the question names: all that tells them, or a word that no other member has."""
    places = {t.key: t.start for t in reversed(ctx.reading.terms)}
    places |= {f"c:{area}": t.start for t in ctx.reading.terms if (area := people(_word(ctx, t)))}
    spoken = {t for words in table.measures.values() for t in words} | KINDS_OF_MEMBERS
    found: dict[str, frozenset[str]] = {}
    others_said = ctx.reading.has("remainder") or pattern("rest_row").search(ctx.reading.text)
    for name, words in table.members.items():
        if name in table.rest and not others_said:
            continue
        hit = words & places.keys()
        others = frozenset().union(*(w for n, w in table.members.items() if n != name))
        if hit and (telling(words) <= hit or (hit - others - spoken)):
            found[name] = hit
    found = found or _united(ctx, table)
    covered = {n: any(hit < other for m, other in found.items() if m != n) for n, hit in found.items()}
    named = [n for n in found if not covered[n]]
    return tuple(sorted(named, key=lambda n: min((places[t] for t in found[n]), default=0)))


def _lent(ctx: Context, table: Table) -> tuple[str, ...]:
    """The member that the last answer was of: "and in 2023?"."""
    last = ctx.lent_entries[:1]
    return tuple(dict.fromkeys(c.member for c in table.cells if c.entry in last and c.member))


def _word(ctx: Context, term: Term) -> str:
    return ctx.reading.text[term.start : term.end].capitalize()


@lru_cache(maxsize=1)
def _unions() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    raw = tomllib.loads((files("assistant.understanding") / "unions.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(u["said"], re.IGNORECASE), frozenset(u["members"])) for u in raw.values())


def _united(ctx: Context, table: Table) -> dict[str, frozenset[str]]:
    """The members of a union of countries that the question names: the Baltic states."""
    codes = {name: {a.code for _, _, a in load().areas_in(name)} for name in table.members}
    spoken = next((union for said, union in _unions() if said.search(ctx.reading.text)), frozenset())
    return {name: frozenset() for name, own in codes.items() if own & spoken}


def _measures(ctx: Context, table: Table) -> tuple[tuple[str, ...], bool]:
    """The measures that words tell; else the one that the kind of question, or the turn before, leaves."""
    heads = {m: next(c.entry for c in table.cells if c.measure == m) for m in table.measures}
    if len(heads) == 1:
        return tuple(heads), True
    scores: dict[str, float] = {}
    places: dict[str, int] = {}
    asked_for: set[str] = set()  # what the number is to be a number of
    named = frozenset().union(*table.measures.values())
    framing = {"c:total"} | ctx.reading.soft | (table.words - named)  # of all measures alike
    for term in (t for t in ctx.reading.terms if t.key not in framing):
        posting = worth(ctx.index, term.key)
        held = {m: posting.get(e.order, 0.0) for m, e in heads.items()}
        best = max(held.values())
        for m in (m for m, w in held.items() if w == best >= TOLD and best - min(held.values()) >= APART):
            scores[m] = scores.get(m, 0.0) + best * ctx.index.idf(term.key)
            places.setdefault(m, term.start)
            asked_for |= {m} if term.key == ctx.measure() else set()
    moved = [m for m, e in heads.items() if e.figure.change_kind in RELATIVE]
    if moved and ctx.reading.has("growth", "fall"):
        return tuple(m for m in moved if m in scores) or tuple(moved[:1]), True
    if scores:
        return tuple(sorted(scores, key=lambda m: (m not in asked_for, -scores[m], places[m]))), True
    return _left(ctx, table, heads), False


def _left(ctx: Context, table: Table, heads: dict[str, Entry]) -> tuple[str, ...]:
    lent = [c.measure for e in ctx.lent_entries for c in table.cells if c.entry is e]
    if lent:
        return (lent[0],)
    has = ctx.reading.has
    wanted = "money" if has("money") and not has("count") else "count" if has("count") else ""
    fit_kind = [m for m, e in heads.items() if not relative(e) and wanted in ("", family(e.figure.unit))]
    named = any(abs(a.value) == abs(c.entry.figure.value) for a in ctx.reading.amounts for c in table.cells)
    if named:  # the asker gives the total: "do they add up to the 48.6 billion"
        fit_kind = [
            c.measure for c in table.cells for a in ctx.reading.amounts if float(a.value) == c.entry.figure.value
        ]
    return (fit_kind[0],) if len(set(fit_kind)) == 1 else ()


def relative(entry: Entry) -> bool:
    """Whether a cell is a change or a share of another."""
    return entry.figure.change_kind in RELATIVE or entry.figure.change_kind is ChangeKind.SHARE


def _times(ctx: Context, table: Table) -> tuple[Months, ...] | None:
    """For each asked period the time that fits it best, none where several lie in it; None where the table has none."""
    chosen = []
    for period in sorted(ctx.endpoints, key=lambda p: p.last):
        best = max(table.times, key=lambda t: fit(period, t), default=None)
        if best is not None and fit(period, best):
            chosen.append(best)
        elif len(_inside(table, period)) < 2:
            return None
    return tuple(dict.fromkeys(chosen))


def _stretch(ctx: Context, table: Table) -> tuple[Months, ...]:
    span = ctx.stretch
    if span is None or span.first is None:
        return next((inside for p in ctx.periods if len(inside := _inside(table, p)) > 1), table.times)
    low, high = span.first, span.last + LEAN
    return tuple(t for t in table.times if low <= (t.last if t.first is None else t.first) and t.last <= high)


def _inside(table: Table, span: Months) -> tuple[Months, ...]:
    """The times of a table that lie in a longer one."""
    return tuple(
        t
        for t in table.times
        if t.first is not None and span.first is not None and span.first <= t.first and t.last <= span.last
    )
