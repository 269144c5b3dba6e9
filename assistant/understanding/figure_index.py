"""The figures of a library as something questions can be linked to: an inverted index from terms to figures.

Each figure has five fields, from what it is to where it stands: its own words (label, indicator, dimensions,
counted noun), its area, the clause around its number, its sentence, and its notice. A term of a question is worth
as much as the closest field that holds it.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.understanding.patterns import pattern
from assistant.understanding.periods import Months, months
from assistant.understanding.proper_names import NONE, Names, names
from assistant.understanding.rates import rates, rates_of
from assistant.understanding.stopwords import is_stopword
from assistant.understanding.succession import successors
from assistant.understanding.terms import area_lineage, concepts, read_terms
from assistant.understanding.topics import topical
from knowledge.figure import Figure
from knowledge.known import Known
from knowledge.notice import Notice

CORE, AREA, NEAR, TITLE, QUOTE, NOTICE = 1.0, 0.95, 0.6, 0.4, 0.35, 0.2
NAMED = 0.6  # a name that the notice or the paragraph is about
LINEAGE = 0.6  # an area that the figure's area lies in
EXPLAINED = 0.3  # a term counts as explained from this worth on
ROUNDED = 0.1  # of a value, by which a title may round it
APART = 14  # characters between an amount and the same in another currency
AKIN = 0.55  # what a neighbouring concept is worth


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One figure with what linking needs of it, worked out once."""

    figure: Figure
    notice: Notice
    core: frozenset[str]
    area: frozenset[str]
    lineage: frozenset[str]  # the areas that its area lies in
    months: Months | None
    order: int
    clause: str = ""  # the stretch of the sentence around its number
    groups: tuple[frozenset[str], ...] = ()  # the terms of each dimension, events left out
    rivals: frozenset[str] = frozenset()  # what only the like figures of its sentence are of
    alone: frozenset[str] = frozenset()  # what only it is of among them
    head: frozenset[str] = frozenset()  # the measures that it is a number of
    topic: frozenset[str] = frozenset()  # the words of its notice's title
    twin: bool = False  # printed in brackets behind the same amount in another currency
    superseded: bool = False  # first published, replaced by a revised figure
    former: bool = False  # of earlier editions of an event
    lesser: bool = False  # a bare print of a qualified number, a twin in another currency, or a part of a larger total


@dataclass(frozen=True, slots=True, eq=False)
class FigureIndex:
    """All entries of a collection with their postings: `postings[term][i]` is the worth of the term for entry i."""

    entries: tuple[Entry, ...]
    postings: dict[str, dict[int, float]]
    telling: dict[str, float]  # how much each term of the sentences tells
    unheard: float  # and one that stands in none
    words: frozenset[str]  # written words of the library, lower case
    successors: dict[int, int]  # entry -> the revised one that replaces it
    names: Names = NONE
    quoted: frozenset[str] = frozenset()  # Chinese names in quotation marks: programmes, zones
    counted: dict[str, frozenset[int]] = field(default_factory=dict)  # concept -> entries of notices that count it
    nouns: frozenset[str] = frozenset()  # the terms of what is counted: "licences", "hectares"

    def idf(self, term: str) -> float:
        """How much a term tells: rare words tell more; a word that nothing holds tells most."""
        return self.telling.get(term, self.unheard)


@lru_cache(maxsize=8192)
def keys(text: str, language: str) -> frozenset[str]:
    """The content terms of a text as a set; currency signs and names are none."""
    text = _CURRENCY.sub(" ", text)
    return frozenset(t.key for t in read_terms(text, language, whole=True) if not is_stopword(t.key, language))


def clause(figure: Figure, others: list[Figure]) -> str:
    """The stretch of the sentence between the figures on either side of this one; an amount and its twin share one."""
    others = [f for f in others if not (is_twin(f if f.start > figure.start else figure) and _close(f, figure))]
    quote_start = figure.start - max(figure.quote.find(figure.published_as), 0)
    before = [f.end for f in others if f.end <= figure.start and f.start >= quote_start]
    after = [f.start for f in others if f.start >= figure.end]
    low = max(before, default=quote_start) - quote_start
    high = min(after, default=quote_start + len(figure.quote)) - quote_start
    return figure.quote[max(low, 0) : max(high, 0)]


def _close(a: Figure, b: Figure) -> bool:
    """Whether nothing but a bracket and a word stands between two amounts."""
    first, second = sorted((a, b), key=lambda f: f.start)
    return first.unit != second.unit and 0 <= second.start - first.end <= APART


@lru_cache(maxsize=4)
def build(library: Known, version: int, collection: str | None) -> FigureIndex:
    """The index of a library at one version."""
    notices = {n.notice_id: n for n in library.notices(collection)}
    figures = [f for f in library.figures(collection) if f.notice_id in notices]
    sentences: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        for said in figure.stated():
            sentences[said.notice_id, said.quote].append(said)
    replaced_by = successors(figures, notices, lambda f: keys(f.label, notices[f.notice_id].language), _series)
    entries = _entries(figures, notices, sentences, replaced_by.keys())
    order = {e.figure.figure_id: e.order for e in entries}
    replaced = {order[old]: order[new] for old, new in replaced_by.items()}
    entries = _renamed(entries, replaced)
    known = names(library, version, collection)
    postings = _postings(entries, notices) | _name_postings(entries, notices, known)
    _inherit(postings, replaced)
    frequency: dict[str, int] = defaultdict(int)
    for notice_id, quote in sentences:
        for term in keys(quote, notices[notice_id].language) | known.within(quote):
            frequency[term] += 1
    words = frozenset(
        w for n in notices.values() for w in re.findall(r"[^\W\d_]{4,}", f"{n.title} {n.text}".lower()) if w.isascii()
    )
    quoted = frozenset(
        m for n in notices.values() for m in re.findall(r"“([\u4e00-\u9fff]{2,10})”", f"{n.title} {n.text}")
    )
    count = max(len(sentences), 1) + 1
    return FigureIndex(
        entries,
        postings,
        {t: math.log(1 + count / (1 + n)) for t, n in frequency.items()},
        math.log(1 + count),
        words,
        replaced,
        known,
        quoted,
        _counted(entries, notices),
        frozenset().union(*(_noun(e.figure, e.notice.language) for e in entries)),
    )


def _counted(entries: tuple[Entry, ...], notices: dict[str, Notice]) -> dict[str, frozenset[int]]:
    """For each concept that a notice counts throughout, the levels of such notices."""
    measured = {i: topical(n).measured for i, n in notices.items()}
    levels = [e for e in entries if e.figure.unit not in UNITLESS]
    terms = frozenset().union(*measured.values())
    return {t: frozenset(e.order for e in levels if t in measured[e.figure.notice_id]) for t in terms}


def _noun(figure: Figure, language: str) -> frozenset[str]:
    """The terms of the noun that a figure counts."""
    return keys(figure.unit, language) if figure.unit.islower() and figure.unit not in UNITLESS else frozenset()


def _entries(
    figures: list[Figure],
    notices: dict[str, Notice],
    sentences: dict[tuple[str, str], list[Figure]],
    replaced: Collection[str],
) -> tuple[Entry, ...]:
    qualified = {(f.notice_id, f.value, f.unit) for f in figures if f.qualifier != "exact"}
    largest: dict[tuple[str, ...], float] = defaultdict(float)
    for f in figures:
        largest[_kind(f)] = max(largest[_kind(f)], abs(f.value))
    made = []
    for order, f in enumerate(figures):
        notice = notices[f.notice_id]
        core = _core(f, notice.language)
        said = clause(f, sentences[f.notice_id, f.quote])
        bare = f.qualifier == "exact" and (f.notice_id, f.value, f.unit) in qualified
        made.append(
            Entry(
                figure=f,
                notice=notice,
                core=core,
                area=keys(f.ref_area, notice.language),
                lineage=area_lineage(f.ref_area),
                months=months(f.time_period),
                order=order,
                clause=said,
                groups=tuple(keys(v, notice.language) for v in grouping(f).values()),
                head=_head(f, core, notice.language),
                topic=keys(notice.title, notice.language),
                twin=is_twin(f),
                superseded=f.figure_id in replaced,
                former=bool(pattern("past_editions").search(said)),
                lesser=bare or is_twin(f) or abs(f.value) < largest[_kind(f)] or _headline(f, notice, figures),
            )
        )
    return _with_rivals(made)


def _with_rivals(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries, each with the words that tell the like figures of its sentence from it."""
    together: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for e in entries:
        f = e.figure
        together[f.notice_id, f.quote, f.unit, f.time_period, f.change_kind, f.scenario].append(e)
    made = {e.order: e for e in entries}
    for group in together.values():
        for e in group:
            own, others = e.core | e.area, frozenset().union(*(o.core | o.area for o in group if o is not e))
            made[e.order] = replace(e, rivals=others - own, alone=own - others)
    return tuple(made[e.order] for e in entries)


def _headline(figure: Figure, notice: Notice, figures: list[Figure]) -> bool:
    """Whether a figure is only the title's rounding of one that the text gives."""
    if figure.quote.strip() != notice.title.strip() or figure.qualifier == "exact":
        return False
    return any(
        f.notice_id == figure.notice_id
        and f.unit == figure.unit
        and f.quote != figure.quote
        and f.change_kind == figure.change_kind
        and abs(f.value - figure.value) <= ROUNDED * abs(figure.value)
        for f in figures
    )


def _series(figure: Figure) -> tuple[object, ...]:
    groups = tuple(sorted((k, v.lower()) for k, v in grouping(figure).items()))
    kind = "level" if figure.change_kind in ("level", "cumulative") else str(figure.change_kind)
    return figure.indicator, figure.unit, figure.ref_area, figure.time_period, str(figure.scenario), kind, groups


def _renamed(entries: tuple[Entry, ...], replaced: dict[int, int]) -> tuple[Entry, ...]:
    """A revised figure is told of in the words it was first published in; within one notice its own words hold."""
    words = {e.order: e for e in entries}
    pairs = sorted(replaced.items(), reverse=True)
    apart = [(a, b) for a, b in pairs if entries[a].figure.notice_id != entries[b].figure.notice_id]
    for old, new in apart:
        words[new] = entries[old]
    for old, new in set(pairs) - set(apart):
        words[old] = words[new]
    return tuple(replace(e, core=words[e.order].core, head=words[e.order].head) for e in entries)


def _inherit(postings: dict[str, dict[int, float]], replaced: dict[int, int]) -> None:
    """A revised figure and what it replaces are found by each other's words."""
    for posting in postings.values():
        for pair in replaced.items():
            if best := max(posting.get(pair[0], 0.0), posting.get(pair[1], 0.0)):
                posting[pair[0]] = posting[pair[1]] = best


def _postings(entries: tuple[Entry, ...], notices: dict[str, Notice]) -> dict[str, dict[int, float]]:
    """Each term with what it is worth for each entry: the closest field that holds it."""
    texts = {i: keys(n.text, n.language) for i, n in notices.items()}
    names_of = {i: topical(n).names for i, n in notices.items()}
    titles = {i: keys(f"{n.title} ; {n.section or ''}", n.language) for i, n in notices.items()}
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for e in entries:
        language, notice_id = e.notice.language, e.figure.notice_id
        for value, held in (
            (NOTICE, texts[notice_id]),
            (QUOTE, keys(" ; ".join(said.quote for said in e.figure.stated()), language)),
            (TITLE, titles[notice_id]),
            (NEAR, keys(f"{e.clause} ; {e.figure.dimensions.get('group', '')}", language)),
            (NAMED, names_of[notice_id]),
            (LINEAGE, e.lineage),
            (AREA, e.area),
            (CORE, e.core),
        ):
            for term in held:
                postings[term][e.order] = max(postings[term].get(e.order, 0.0), value)
    return dict(postings)


def _name_postings(entries: tuple[Entry, ...], notices: dict[str, Notice], known: Names) -> dict[str, dict[int, float]]:
    """The names of a notice: worth most in a figure's own words, little beside those, much where it is the topic."""
    in_notice = {i: known.within(f"{n.title}\n{n.text}") for i, n in notices.items()}
    topics = {i: known.topics(n) for i, n in notices.items()}
    own: dict[int, frozenset[str]] = {}
    taken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for e in entries:
        words = (e.figure.label, e.figure.ref_area, *e.figure.dimensions.values())
        own[e.order] = known.within(" ; ".join(words))
        taken[e.figure.notice_id, e.figure.quote] |= known.within(e.figure.label)
    postings: dict[str, dict[int, float]] = defaultdict(dict)
    for e in entries:
        notice_id = e.figure.notice_id
        near = topics[notice_id] | known.within(_paragraph(e))
        others = taken[notice_id, e.figure.quote] - own[e.order]
        for term in in_notice[notice_id]:
            worth = NAMED if term in near else NOTICE
            postings[term][e.order] = CORE if term in own[e.order] else QUOTE if term in others else worth
    return dict(postings)


def _paragraph(entry: Entry) -> str:
    """The paragraph that a figure stands in."""
    text, at = entry.notice.text, entry.figure.start
    end = text.find("\n\n", at)
    return text[text.rfind("\n\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _core(figure: Figure, language: str) -> frozenset[str]:
    indicator = re.sub(r"[_\-.:]+", " ", figure.indicator)
    dims = " ; ".join(v for k, v in figure.dimensions.items() if k in GROUPS or k == "event")
    noun = figure.unit if figure.unit.islower() and figure.unit not in UNITLESS else ""
    label = re.sub(r"[(（][^()（）]*[)）]", " ", figure.label)
    called = keys(f"{label} ; {indicator} ; {dims} ; {noun}", language)
    return called | rates_of(figure, called)


_OF = re.compile(r"\s(?:of|in|for|share of)\s")
_CURRENCY = re.compile(
    r"\b(?:US|HK|S|A|C|NZ)\$|\bU\.?S\.? dollars?|\b(?:Hong Kong|Singapore|Australian|Canadian) dollars?"
)
GROUPS = frozenset(
    {"ownership", "industry", "counterpart", "district", "company", "part"}
)  # what makes it of a part only
UNITLESS = frozenset({"percent", "percentage points", "times", "rank", "units", "fold"})


def grouping(figure: Figure) -> dict[str, str]:
    """The dimensions that make a figure one of a part only; of a table, all."""
    return {k: v for k, v in figure.dimensions.items() if (k in GROUPS or figure.cell) and v.lower() != k}


def _kind(figure: Figure) -> tuple[str, ...]:
    """What makes figures of one notice alternatives: indicator, period, unit, kind, scenario."""
    kind = "" if figure.change_kind in ("level", "cumulative") else f"{figure.figure_id}"
    return figure.notice_id, figure.indicator, figure.time_period, figure.unit, kind, str(figure.scenario)


def is_twin(figure: Figure) -> bool:
    """Whether an amount of money is printed in brackets right behind another one."""
    at = figure.quote.find(figure.published_as)
    before = figure.quote[max(at - 12, 0) : at].rstrip()
    return len(figure.unit) == 3 and figure.unit.isupper() and at > 0 and bool(re.search(r"[(（](?:\w+ ?)?$", before))


def _head(figure: Figure, core: frozenset[str], language: str) -> frozenset[str]:
    """What a figure is a number of: the counted noun, the money words of an amount, any measure of a rate."""
    measures = concepts().measures
    if figure.unit.islower() and figure.unit not in UNITLESS:
        counted = frozenset(t for t in keys(figure.unit, language) if measures.get(t) == "count")
        named = counted or frozenset(t for t in core if measures.get(t) == "count")
        return named or keys(figure.unit, language) & measures.keys()
    if figure.unit.isupper():
        event = keys(figure.dimensions.get("event", ""), language) - keys(figure.label, language)
        return frozenset(t for t in core - event if measures.get(t) == "money")
    led = keys(_OF.split(figure.label, maxsplit=1)[0], language) & measures.keys()  # "investment of these projects"
    return (led or core & measures.keys()) | (core & rates().keys() if rates_of(figure, core) else frozenset())


def worth(index: FigureIndex, term: str) -> dict[int, float]:
    """What each entry makes of a term, its neighbouring concepts included."""
    own = index.postings.get(term, {})
    akin = concepts().near.get(term.removeprefix("c:"), frozenset()) if term.startswith("c:") else frozenset()
    if not akin:
        return own
    merged = dict(own)
    for posting in (_scaled(index.postings.get(f"c:{name}", {})) for name in akin):
        for i, w in posting.items():
            merged[i] = max(merged.get(i, 0.0), w)
    return merged


def _scaled(posting: dict[int, float]) -> dict[int, float]:
    return {i: max(w * AKIN, EXPLAINED if w >= TITLE else 0.0) for i, w in posting.items()}
