"""What every operation starts from: the question read, the index, and what the conversation lends."""

import re
from dataclasses import dataclass, field, replace

from assistant.understanding.figure_index import Entry, FigureIndex
from assistant.understanding.linking import Link, Want, link
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, counted_years, earlier, months
from assistant.understanding.rates import rates
from assistant.understanding.reading import Reading, yearless
from assistant.understanding.terms import Term, concepts
from knowledge.known import Known
from knowledge.reading.spans import Period

CHATTER = 0.35  # weight of words that no notice holds and that name nothing
NAME = 1.3  # weight of a name of several words
SOFT = 0.3  # weight of words that also say what to do


@dataclass(frozen=True, slots=True)
class Context:
    """One question before its plan is chosen."""

    reading: Reading
    index: FigureIndex
    library: Known
    collection: str | None = None
    lent_terms: tuple[tuple[str, float], ...] = ()  # from earlier turns: may help
    lent_periods: tuple[Months, ...] = ()
    lent_entries: tuple[Entry, ...] = ()  # what the last answers rested on, newest first
    operation: str | None = None  # lent by an elliptical follow-up
    interpretation: dict[str, str] = field(default_factory=dict)
    version: int = 0
    memo: dict[Want, tuple[Link, ...]] = field(default_factory=dict, compare=False)

    @property
    def periods(self) -> tuple[Months, ...]:
        """Asked periods, else those of the conversation; a period that the asker has changed wins."""
        if (given := self.interpretation.get("time_period")) and (changed := months(given)):
            return (changed,)
        own = tuple(m for p in self.reading.periods if not _open(p) and (m := months(p.code)))
        return own or self.lent_periods

    @property
    def moments(self) -> tuple[tuple[Months, ...], ...]:
        """Each asked time with what it may be: a part of a year named without its year is that of any known year."""
        if (given := self.interpretation.get("time_period")) and (changed := months(given)):
            return ((changed,),)
        own = ((p, m) for p in self.reading.periods if (m := months(p.code)))
        asked = tuple(self._each_year(m) if _open(p) else (m,) for p, m in own)
        return asked or tuple((m,) for m in self.lent_periods)

    @property
    def spans(self) -> tuple[Months, ...]:
        """The asked periods, where a part of a year is named without its year that part of every known year."""
        parts = [m for p in self.reading.periods if _open(p) and (m := months(p.code))]
        return tuple(year for m in parts for year in self._each_year(m)) if parts else self.periods

    def choices(self, period: Period) -> tuple[Months, ...]:
        """What a period may be: a part of a year without its year is that of any known year."""
        found = months(period.code)
        return () if found is None else self._each_year(found) if _open(period) else (found,)

    def _each_year(self, part: Months) -> tuple[Months, ...]:
        lent = {m.last // 12 for m in self.lent_periods}
        years = lent or {e.months.last // 12 for e in self.index.entries if e.months}
        last, length = part.last % 12, part.length
        ends = (y * 12 + last for y in sorted(years))
        return tuple(Months(None if part.first is None else end - length + 1, end) for end in ends)

    def weighted(self) -> tuple[tuple[str, float], ...]:
        """The content words with their weights: names and ordinals tell more, words inside cues less."""
        seen: dict[str, float] = {}
        for term in self.reading.terms:
            telling = NAME if term.key[0] == "n" else 1.3 if term.proper or term.key[0] == "#" else 1.0
            weight = SOFT if term.key in self.reading.soft else telling
            if not term.proper and term.key[0] in "wz" and term.key not in self.index.postings:
                weight *= CHATTER
            seen[term.key] = max(seen.get(term.key, 0.0), weight)
        return tuple(seen.items())

    def known_terms(self) -> tuple[str, ...]:
        """The content words of the question itself that the library knows."""
        own = (k for k, _ in self.weighted() if k not in self.reading.soft)
        return tuple(k for k in own if k in self.index.postings)

    def want(self) -> Want:
        """The question as one operand: all its words, its periods, the scenario it names."""
        own, lent = self.weighted(), self.lent_terms
        if self.interpretation.get("indicator") or self.interpretation.get("ref_area"):
            return self._changed(own)
        solid = tuple((k, w) for k, w in own if k not in self.reading.soft)
        known = any(k in self.index.postings or k[0] == "c" for k, _ in solid)
        solid = solid if known or not lent else ()
        soft = tuple((k, w) for k, w in own if k in self.reading.soft)
        if not solid:  # nothing but operation words: the conversation says what is meant, else they do
            return self._wanting(lent or own, soft if lent else ())
        return self._wanting(solid, (*soft, *lent))

    def _changed(self, own: tuple[tuple[str, float], ...]) -> Want:
        """The want where the asker has changed the indicator or the area: those hold, the words help."""
        indicator, area = self.interpretation.get("indicator"), self.interpretation.get("ref_area")
        areas = {t for e in self.index.entries for t in e.area | e.lineage}
        words = tuple((t, w) for t, w in own if not (area and t in areas))
        base = self._wanting(() if indicator else words, words if indicator else ())
        return base.but(indicator=indicator, ref_area=area, measure=None if indicator else base.measure)

    def _wanting(self, terms: tuple[tuple[str, float], ...], helpful: tuple[tuple[str, float], ...]) -> Want:
        return Want(
            terms=terms,
            helpful=helpful,
            periods=self.spans,
            scenarios=self.scenarios(),
            notice_ids=self.named_notices(),
            near=self.nearby(),
            measure=self.measure(),
            unit_like=self.unit_like(),
            values=tuple(abs(float(a.value)) for a in self.reading.amounts if a.value),
            plans=self.reading.has("target", "forecast", "completion"),
            rates=self.asks_rate(),
            first=self.reading.has("first") or (self.first_goal() and not self.reading.has("revised")),
            around=self.events(),
            chinese=self.reading.language == "zh",
            editions=bool(pattern("past_editions").search(self.reading.text)),
        )

    def unit_like(self) -> str:
        """The unit of the last answer, where the question does not say what it wants."""
        asks = self.reading.has("count", "money", "percent", "share", "growth", "fall", "average", "per")
        return "" if asks or not self.lent_entries else self.lent_entries[0].figure.unit

    def measure(self) -> str | None:
        """What the number must be a number of: the first measure word behind "how many", else of the question."""
        kinds = concepts().measures
        only = "count" if self.reading.has("count") else "money" if self.reading.has("money") else ""
        own = [t for t in self.reading.terms if t.key in kinds and (not only or kinds[t.key] in (only, "rate"))]
        if not self.reading.has("count", "average", "per"):  # agreements have a value as well as a number
            own = [t for t in own if t.key != "c:agreement"]
        own = [t for t in own if t.key not in (("c:value",) if only else ("c:value", "c:institution"))] or own
        asked = next((c.end for c in self.reading.cues if c.name in ("count", "money", "share")), 0)
        if only == "count" and self._counts_another(asked):
            return None
        behind = [t for t in own if t.start >= asked]
        chosen = self._in_front_of_how_much(own) or behind or own
        if chosen:
            return self._head_noun(chosen[0], own)
        if any(t.key in kinds for t in self.reading.terms):
            return None
        if self.lent_entries and self.lent_entries[0].head and not only:
            head = self.lent_entries[0].head
            return min(head & rates().keys() or head)
        return next((k for k, _ in self.lent_terms if k in kinds and (not only or kinds[k] == only)), None)

    def _names_things(self, term: Term) -> bool:
        """Whether a word that is no measure names what can be counted: a unit of the library, an English plural."""
        word = self.reading.text[term.start : term.end]
        plural = self.reading.language == "en" and word.endswith("s") and not word.endswith("ss")
        return term.key in self.index.nouns or (plural and not term.proper)

    def _counts_another(self, asked: int) -> bool:
        """Whether what is counted, the noun right behind "how many", is no measure of the table: "people"."""
        first = next((t for t in self.reading.terms if t.start >= asked), None)
        beside = first is not None and not self.reading.text[asked : first.start].strip()
        return bool(beside and first and first.key[0] == "w" and first.key in self.index.nouns)

    def _in_front_of_how_much(self, own: list[Term]) -> list[Term]:
        """What stands right in front of 多少: 企业投资多少 asks for the investment."""
        at = [m.start() for m in re.finditer("(?:了|是|为|达)?多少", self.reading.text)]
        return [t for t in own if t.end in at][:1]

    def _head_noun(self, first: Term, measures: list[Term]) -> str | None:
        """The last noun of a run of words: "FDI projects" are projects; None where it is none of the measures."""
        last, head = first, first
        for term in (t for t in self.reading.terms if t.start > first.start):
            if term.key in self.reading.soft or self.reading.text[last.end : term.start].strip(" 的-"):
                break
            last = term
            if term in measures or (term.key[0] == "w" and self._names_things(term)):
                head = term
        return head.key if head in measures else None

    def asks_rate(self) -> bool:
        """Whether a rate or a share may be meant: a word of the question says so."""
        rate_words = any(t.key in ("c:landing_rate", "c:rate", "c:completion") for t in self.reading.terms)
        return rate_words or self.reading.has("percent", "share", "growth", "fall", "which", "max", "min", "rank")

    @property
    def endpoints(self) -> tuple[Months, ...]:
        """The asked periods; a stretch of several whole years as its first and its last year."""
        found: list[Months] = []
        for m in self.periods:
            if m.first is not None and m.length > 12 and m.length % 12 == 0:
                found += [Months(m.first, m.first + 11), Months(m.last - 11, m.last)]
            else:
                found.append(m)
        apart = counted_years(self.reading.text)
        if len(found) == 1 and apart and self.reading.has("difference", "versus", "growth", "fall"):
            found.append(earlier(found[0], -12 * apart))
        elif len(found) == 1 and self._held_against():
            found.append(earlier(found[0], -12))
        return tuple(dict.fromkeys(found))

    def _held_against(self) -> bool:
        """Whether the only period is what the next one is compared with: "how much less than in 2022"."""
        own = [p for p in self.reading.periods if not _open(p)]
        if len(own) != 1 or not self.reading.has("difference"):
            return False
        return bool(pattern("against").search(self.reading.text[: own[0].start]))

    @property
    def stretch(self) -> Months | None:
        """From the beginning of the first to the end of the last asked period, where there are several years."""
        begins = [m.first for m in self.periods if m.first is not None]
        if not begins or (len(self.periods) < 2 and not any(m.length > 12 for m in self.periods)):
            return None
        return Months(min(begins), max(m.last for m in self.periods))

    @property
    def adds_up(self) -> bool:
        """Whether figures of several periods are wanted as one: "from 2018 to 2023 in total"."""
        several = len(self.endpoints) >= 2 or self.stretch is not None
        return self.reading.has("sum") or (several and any(t.key == "c:total" for t in self.reading.terms))

    @property
    def averages_periods(self) -> bool:
        """Whether the mean of several periods is wanted."""
        return (
            self.reading.has("average")
            and bool(self.reading.periods)
            and (len(self.endpoints) >= 2 or self.stretch is not None)
        )

    def nearby(self) -> frozenset[str]:
        """Notices that the conversation is about."""
        return frozenset(e.figure.notice_id for e in self.lent_entries)

    def scenarios(self) -> frozenset[str] | None:
        """Target or forecast where the question names a goal, actual where it insists on results, else open."""
        if given := self.interpretation.get("scenario"):
            return frozenset({given})
        has = self.reading.has
        if has("target") and not has("actual", "versus", "reach"):
            return frozenset({"target", "forecast"})
        return None

    def first_goal(self) -> bool:
        """Whether the goal before its change is meant."""
        return bool(pattern("first_goal").search(self.reading.text))

    def one_goal(self) -> bool:
        """Whether the question names one goal only: what it is held against is a result."""
        named = sum(c.name == "target" for c in self.reading.cues)
        return named == 1 and not pattern("another_such").search(self.reading.text)

    def events(self) -> tuple[Months, ...]:
        """When the events took place that the question names by their time ("the 2024 summit")."""
        text = self.reading.text
        held = (
            p
            for p in self.reading.notice_periods
            if pattern("event_before").search(text[: p.start]) or pattern("event_noun").search(text[p.end :])
        )
        return tuple(m for p in held if (m := months(p.code)))

    def named_notices(self) -> frozenset[str] | None:
        """Notices published in, or speaking of, a period that names a notice ("the Feb 2024 notice")."""
        named = [(p, m) for p in self.reading.notice_periods if (m := months(p.code))]
        wanted = [year for p, m in named for year in (self._each_year(m) if _open(p) else (m,))]
        if not wanted:
            return self._quoting()
        parts = all(p.kind in ("half", "quarter") for p, _ in named)  # such a notice is about it, not of it
        published = frozenset(
            e.figure.notice_id
            for e in (() if parts else self.index.entries)
            for m in wanted
            if e.notice.published and _within(m, e.notice.published.year * 12 + e.notice.published.month - 1)
        )
        speaking = frozenset(
            e.figure.notice_id
            for e in self.index.entries
            for m in wanted
            if e.months and (e.months == m or (_ends_with(m, e.months) if parts else _within(m, e.months.last)))
        )
        return published | speaking

    def _quoting(self) -> frozenset[str] | None:
        """Notices that hold a programme which the question calls by its quoted name ("港城计划"); None where none."""
        called = [n for n in self.index.quoted if n in self.reading.text and n not in concepts().chinese]
        found = frozenset(e.figure.notice_id for e in self.index.entries if any(n in e.notice.text for n in called))
        return found if called and found else None

    def links(self, want: Want | None = None, limit: int = 12) -> tuple[Link, ...]:
        """Figures for an operand."""
        want = want or self.want()
        if want not in self.memo:
            self.memo[want] = link(self.index, want, len(self.index.entries))
        return self.memo[want][:limit]

    def but(self, **changes: object) -> "Context":
        """The same with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace


def _open(period: Period) -> bool:
    return period.relative and yearless(period)


def _ends_with(span: Months, have: Months) -> bool:
    """Whether a stock or a running total is that of the end of a span."""
    return have.last == span.last and have.first is None


def _within(span: Months, month: int) -> bool:
    return (span.first if span.first is not None else span.last) <= month <= span.last
