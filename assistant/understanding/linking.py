"""Which figures the words of a question may mean, best first."""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from assistant.understanding.figure_index import CORE, EXPLAINED, TITLE, Entry, FigureIndex, worth
from assistant.understanding.periods import Months, during, fit
from assistant.understanding.terms import concepts, words_of
from knowledge.figure import ChangeKind, Scenario

UNREAD = 0.6  # of their weight: Chinese words that no concept covers, for notices in other languages
EXACT = 9  # decimals of a score: sums over sets differ behind them, and ties must not
SURPLUS = 0.28  # what a figure loses for saying more than was asked ("foreign-funded", "in manufacturing")
TOLD = 0.5  # of a surplus word's weight, where it is what the whole notice is about
OFF = "#off:"  # marks, among the missing, what a figure is not a number of
OFF_MEASURE = 0.25  # what a figure loses for not being a number of what the question asks for
RIVAL = 0.2  # what a figure loses where the word asked for is that of another one in its sentence
NAMED = 0.25  # what a figure gains for having the value that the asker names
OUTDATED = 0.12  # what a figure loses for having been revised since, or gains where the first value is asked for
HELD = 0.12  # what a figure gains for being dated when a named event was held, or loses for another time
NARROWER = 0.12  # and for each group that it is only of, unasked
OPPOSED = 0.4  # what a figure loses for being of the opposite of what is asked for
WITHOUT = 0.2  # what a figure loses for leaving something out, unasked
OPPOSITES = (("c:domestic", "c:foreign_funded"), ("c:foreign_funded", "c:domestic"))
ALIKE = 0.6  # from this worth on a word is fully explained: it stands in the clause of the number
# Words that a label may hold more than the question without saying anything else.
NEUTRAL = frozenset(
    {
        "c:total",
        "c:value",
        "c:actual_use",
        "c:city",
        "c:new",
        "c:landmark",
        "w:number",
        "w:figur",
        "w:amount",
        "w:count",
        "w:overal",
    }
)
MONEY = frozenset(
    "CNY USD EUR GBP SGD HKD JPY KRW INR AUD CAD CHF TWD MYR THB VND IDR PHP AED SAR RUB BRL ZAR NZD SEK NOK DKK "
    "PLN KZT MOP".split()
)
SPENT = frozenset({"c:investment", "c:value"})
INVESTORS = frozenset({"c:company"})
RELATIVE = frozenset({ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE})


def family(unit: str) -> str:
    """money, percent, points, times, rank or count."""
    if unit in MONEY or (len(unit) == 3 and unit.isupper()):
        return "money"
    return {"percent": "percent", "percentage points": "points", "times": "times", "rank": "rank"}.get(unit, "count")


@dataclass(frozen=True, slots=True)
class Want:
    """What one operand of a question is looked up by."""

    terms: tuple[tuple[str, float], ...]
    periods: tuple[Months, ...] = ()
    scenarios: frozenset[str] | None = None
    families: frozenset[str] | None = None
    units: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    notice_ids: frozenset[str] | None = None
    helpful: tuple[tuple[str, float], ...] = field(default=())  # may help, need not be explained
    indicator: str | None = None  # a code that the asker chose
    ref_area: str | None = None
    unit_like: str = ""  # the unit of what the conversation is about
    measure: str | None = None  # the term that says what the number must be a number of
    near: frozenset[str] = frozenset()  # notices that the conversation is about
    plans: bool = False  # a goal or a forecast is spoken of
    rates: bool = True  # a rate or share may be meant
    around: tuple[Months, ...] = ()  # when the event that is named took place: what is dated then is likely meant
    first: bool = False  # what was published before it was revised
    editions: bool = False  # all earlier ones of an event are asked for
    chinese: bool = False  # the question is in Chinese
    values: tuple[float, ...] = ()  # numbers that the asker names: a figure of that value is likely meant

    def but(self, **changes: object) -> "Want":
        """The same with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace


@dataclass(frozen=True, slots=True)
class Link:
    """A figure that may be meant, and how well it explains the words."""

    entry: Entry
    score: float
    coverage: float  # share of the words' weight that it explains
    missing: tuple[str, ...]  # terms that nothing around it explains
    period_fit: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What an entry makes of the words of a want, whatever else the want asks for."""

    score: float
    coverage: float
    missing: tuple[str, ...]


class Words:
    """The words of a want, held against the entries of an index: each entry is read once."""

    def __init__(self, index: FigureIndex, want: Want) -> None:
        self.index, self.want = index, want
        self.heard: dict[int, Heard] = {}
        self.tables = [(t, w * index.idf(t), _worth(index, t, want)) for t, w in want.terms]
        self.extra = [(t, w * index.idf(t), _worth(index, t, want)) for t, w in want.helpful]
        self.total = sum(w for _, w, _ in self.tables) or 1.0
        self.whole = self.total + sum(w for _, w, _ in self.extra)
        self.asked = frozenset(t for t, _ in (*want.terms, *want.helpful))
        self.own = frozenset(t for t, _ in want.terms) - NEUTRAL
        self.said = _said(index, list(self.asked))
        self.unread = _unread(index, [(t, w) for t, w, _ in self.tables])

    @cached_property
    def named(self) -> frozenset[int] | None:
        """The figures of notices that hold a name of the question; None where it names nothing."""
        called = [t for t, _ in self.want.terms if t.startswith("n:")]
        return frozenset(i for t in called for i in self.index.postings.get(t, ())) if called else None

    def of(self, entry: Entry) -> Heard:
        """How well an entry explains the words, and what it says beyond them."""
        known = self.heard.get(entry.order)
        if known is None:
            known = self.heard[entry.order] = self._read(entry)
        return known

    def _read(self, entry: Entry) -> Heard:
        i = entry.order
        worths = [(t, w, table.get(i, 0.0)) for t, w, table in self.tables]
        covered = sum(w * worth for _, w, worth in worths)
        explained = sum(w * min(worth / ALIKE, 1.0) for _, w, worth in worths)
        helped = sum(w * table.get(i, 0.0) for _, w, table in self.extra)
        spared = self.unread if covered and entry.notice.language != "zh" else 0.0
        missing = tuple(t for t, _, worth in worths if worth < EXPLAINED and not (spared and t.startswith("z:")))
        off = off_measure(entry, self.want)
        if off and self.want.measure:
            missing = (*missing, f"{OFF}{self.want.measure}")
        score = (covered + helped) / (self.whole - spared) - self._beyond(entry) - (OFF_MEASURE if off else 0.0)
        return Heard(score, round(explained / (self.total - spared), EXACT), missing)

    def _beyond(self, entry: Entry) -> float:
        """What an entry loses for saying more than was asked, or another thing."""
        surplus = _surplus(self.index, entry, self.said, self.asked, self.want.chinese)
        topical = self.said | NEUTRAL | entry.topic
        narrower = sum(len(group - topical) / len(group) for group in entry.groups if group)
        lost = SURPLUS * surplus + NARROWER * narrower
        lost += RIVAL if entry.rivals & self.own and not entry.alone & self.own else 0.0
        lost += (
            OPPOSED if any(a in entry.core and a not in self.asked and b in self.asked for a, b in OPPOSITES) else 0.0
        )
        return lost + (WITHOUT if "c:without" in entry.core and "c:without" not in self.asked else 0.0)


@lru_cache(maxsize=64)
def _words(index: FigureIndex, want: Want) -> Words:
    return Words(index, want)


def link(index: FigureIndex, want: Want, limit: int = 12) -> tuple[Link, ...]:
    """The figures that fit the want's hard conditions, by how well they explain its words."""
    words = _words(index, Want(want.terms, helpful=want.helpful, measure=want.measure, chinese=want.chinese))
    links = []
    for entry in index.entries:
        if words.named is not None and entry.order not in words.named:
            continue
        fitness = _allowed(entry, want)
        if not fitness:
            continue
        heard = words.of(entry)
        score = heard.score + _leaning(entry, want)
        links.append(Link(entry, round(score * fitness, EXACT), heard.coverage, heard.missing, fitness))
    links.sort(key=lambda k: (-k.score, -_published(k.entry), k.entry.order))
    return tuple(links[:limit])


def _worth(index: FigureIndex, term: str, want: Want) -> dict[int, float]:
    """What each entry makes of a term; what a notice counts throughout may be said of any level but is not measured."""
    own, counted = worth(index, term), index.counted.get(term, frozenset())
    if term == want.measure or not counted:
        return own
    return own | {i: TITLE for i in counted if own.get(i, 0.0) < TITLE}


def together(index: FigureIndex, want: Want, links: tuple[Link, ...]) -> tuple[float, tuple[str, ...]]:
    """What several figures explain of the words, each word by the one that explains it best: share, what is left."""
    orders = [k.entry.order for k in links]
    tables = [(t, w * index.idf(t), _worth(index, t, want)) for t, w in want.terms]
    best = {t: max(table.get(i, 0.0) for i in orders) for t, _, table in tables}
    total = sum(w for _, w, _ in tables) or 1.0
    unread = _unread(index, [(t, w) for t, w, _ in tables])
    english = any(k.entry.notice.language != "zh" for k in links)
    spared = unread if english and any(best.values()) else 0.0
    explained = sum(w * min(best[t] / ALIKE, 1.0) for t, w, _ in tables)
    off = tuple(m for m in links[0].missing if m.startswith(OFF) and all(m in k.missing for k in links))
    missing = tuple(t for t in best if best[t] < EXPLAINED and not (spared and t.startswith("z:")))
    return round(explained / (total - spared), EXACT), (*missing, *off)


def _unread(index: FigureIndex, terms: list[tuple[str, float]]) -> float:
    """What Chinese words that no notice holds weigh too much for notices that cannot hold them.

    Only where the rest of the question names a thing, not just a place: 爱沙尼亚的房价 has no answer in English either.
    """
    told = any(t[0] in "wn" or (t.startswith("c:") and not t.startswith("c:area_")) for t, _ in terms)
    loose = sum(w for t, w in terms if t.startswith("z:") and t not in index.postings)
    return UNREAD * loose if told and loose < sum(w for _, w in terms) else 0.0


def _said(index: FigureIndex, terms: list[str]) -> frozenset[str]:
    terms = [*terms, *(part for t in terms for part in index.names.parts.get(t, ()))]
    near = [f"c:{n}" for t in terms if t.startswith("c:") for n in concepts().near.get(t[2:], ())]
    return frozenset([*terms, *near]).union(*(words_of().get(t, ()) for t in terms))


def _surplus(index: FigureIndex, entry: Entry, said: frozenset[str], asked: frozenset[str], chinese: bool) -> float:
    own = (entry.core | entry.area) - NEUTRAL
    if chinese and entry.notice.language == "zh":
        own = frozenset(t for t in own if not t.startswith("w:"))  # the English code of a Chinese label
    inside = frozenset().union(*(words_of().get(t, ()) for t in own & asked))  # words of a concept that is asked for
    beyond = own - said - inside
    if not beyond:
        return 0.0
    weight = sum(index.idf(t) for t in own)
    return sum(index.idf(t) * (TOLD if t in entry.topic else 1.0) for t in beyond) / weight


def _allowed(entry: Entry, want: Want) -> float:
    """0 where a hard condition fails, else how well the period fits."""
    figure = entry.figure
    if want.indicator and want.indicator not in (figure.indicator, figure.label):
        return 0.0
    if want.ref_area and want.ref_area != figure.ref_area:
        return 0.0
    if want.notice_ids is not None and figure.notice_id not in want.notice_ids:
        return 0.0
    if want.scenarios is not None and figure.scenario not in want.scenarios:
        return 0.0
    if want.families is not None and family(figure.unit) not in want.families:
        return 0.0
    if want.units is not None and figure.unit not in want.units:
        return 0.0
    if want.kinds is not None and figure.change_kind not in want.kinds:
        return 0.0
    if not want.periods:
        return 1.0
    return max(fit(p, entry.months) or _ahead(p, entry) for p in want.periods)


def _ahead(asked: Months, entry: Entry) -> float:
    """A forecast of a notice of the asked time, for a later one: "how many jobs will the 2025 agreements bring"."""
    published, have = entry.notice.published, entry.months
    if published is None or have is None or have.last <= asked.last or asked.first is None:
        return 0.0
    inside = asked.first <= published.year * 12 + published.month - 1 <= asked.last
    return 0.7 if inside and (entry.figure.scenario == "forecast" or have.first is None) else 0.0


def _leaning(entry: Entry, want: Want) -> float:
    """Small preferences where nothing was said: levels before changes, results before goals, originals before twins."""
    figure, leaning = entry.figure, 0.0
    if want.kinds is None and figure.change_kind in RELATIVE:
        leaning -= 0.15
    if want.kinds is None and figure.change_kind == ChangeKind.RANK:
        leaning -= 0.25
    if want.scenarios is None and figure.scenario == Scenario.TARGET:
        leaning -= 0.12 if want.plans else 0.25
    if want.scenarios and "target" in want.scenarios and figure.scenario == Scenario.FORECAST:
        leaning -= 0.06  # a goal is first of all a target
    if not want.periods and figure.time_period.startswith("to "):
        leaning += 0.06
    if entry.former and not want.editions:
        leaning -= 0.25
    if want.unit_like and family(figure.unit) == family(want.unit_like):
        leaning += 0.15
    if figure.notice_id in want.near and (figure.scenario != Scenario.TARGET or want.scenarios is not None):
        leaning += 0.2
    if not want.rates and want.families is None and family(figure.unit) in ("percent", "points", "times"):
        leaning -= 0.3
    if want.around and entry.months:
        leaning += HELD if any(during(p, entry.months) for p in want.around) else -HELD
    if entry.superseded:
        leaning += OUTDATED if want.first else -OUTDATED
    if entry.lesser:
        leaning -= 0.07
    if (want.first or not entry.superseded) and any(abs(abs(figure.value) - v) <= 1e-6 * v for v in want.values):
        leaning += NAMED
    return leaning + min(len(figure.mentions), 2) * 0.01


def off_measure(entry: Entry, want: Want) -> bool:
    """Whether a figure is a number of something else than the question asks for."""
    kinds, asked = concepts().measures, {t for t, _ in want.terms}
    other = {"money": "count", "count": "money"}.get(kinds.get(want.measure or "") or "")
    led = entry.head - {want.measure}
    elsewhere = led == entry.head and any(kinds.get(t) == other and t not in asked for t in led)
    if entry.figure.unit == "percent" and _akin(want.measure) & entry.topic and not elsewhere:
        return False  # a part's rate in a notice about the measure
    if (
        entry.figure.unit == "percent"
        and want.measure == "c:investment"
        and entry.head == INVESTORS
        and asked >= INVESTORS
    ):
        return False  # enterprises invested so much more
    if concepts().measures.get(want.measure or "") == "money" and family(entry.figure.unit) == "count":
        return want.measure not in entry.head
    if concepts().measures.get(want.measure or "") == "count" and not entry.figure.unit and not entry.head:
        return want.measure not in entry.core  # a bare number
    if want.measure == "c:foreign_investment" and entry.head <= SPENT:
        return False  # "FDI" asked for, "capital" published
    return bool(want.measure and entry.head and want.measure not in entry.head and not _kin(want.measure) & entry.head)


def _akin(term: str | None) -> frozenset[str]:
    """A measure, its neighbours, and what has it as a neighbour: fixed-asset investment is investment."""
    near = concepts().near
    wider = {f"c:{name}" for name, others in near.items() if term and term.removeprefix("c:") in others}
    return _kin(term) | wider | {term} if term else frozenset()


def _kin(term: str) -> frozenset[str]:
    return frozenset(f"c:{n}" for n in concepts().near.get(term.removeprefix("c:"), ()))


def _published(entry: Entry) -> int:
    return entry.notice.published.toordinal() if entry.notice.published else 0


__all__ = ["CORE", "MONEY", "Link", "Want", "family", "link", "together"]
