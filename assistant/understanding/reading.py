"""A question read: its language, periods, amounts, operation words, and the content words that are left."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.understanding.cues import Cue, in_effect, read_cues
from assistant.understanding.currencies import codes_in
from assistant.understanding.patterns import pattern
from assistant.understanding.proper_names import NONE, Names
from assistant.understanding.spoken import written_out
from assistant.understanding.stopwords import is_stopword
from assistant.understanding.terms import Term, concepts, is_compound, is_own, read_terms
from knowledge.reading.amounts import read_amounts
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount, Period

_CJK = re.compile(r"[\u3400-\u9fff]")
OWN_WORD = 0.8  # of a language, towards it: "investissement" is French
COMPOUND = 12  # letters from which a compound tells the language
_HOW_MANY = re.compile(r"多少|几多|几(?:个|家|间|项|名|位)")
SHORT, FEW = 4, 3  # characters or words of a turn of phrase that says nothing else
LONG = 9  # letters from which a misspelling may have two slips
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{5,}")
_YEAR_AGO = re.compile(
    r"[去上]年|同期|Vorjahr|(?:année|an) (?:précédente?|dernier)|sur un an|year (?:earlier|before|ago)|previous year",
    re.I,
)
# Words whose cue stretch still names what is asked for ("expected investment", "growth rate").
_LONG_CUES = frozenset(
    {"completion", "reach", "difference", "series", "place", "rank", "agree", "conflict"}
)  # whole turns of phrase
_SPEAKING_CUES = frozenset(
    {
        "forecast",
        "target",
        "growth",
        "fall",
        "actual",
        "remainder",
        "left",
        "max",
        "sum",
        "which",
        "express",
        "money",
        "implied",
        "met",
        "share",
        "average",
        "difference",
        "breakdown",
        "agree",
        "series",
        "reach",
        "monthly",
    }
)


NUMERIC = (
    "count", "money", "percent", "share", "growth", "fall", "average", "per", "sum", "difference", "target", "forecast",
    "max", "min", "rank", "series", "exact", "points", "cagr", "implied", "versus", "reach",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a question say before anything is looked up."""

    text: str
    language: str
    cues: tuple[Cue, ...]
    periods: tuple[Period, ...]
    notice_periods: tuple[Period, ...]  # periods that name a notice, not the data ("the Feb 2024 notice")
    amounts: tuple[Amount, ...]
    terms: tuple[Term, ...]  # content
    soft: frozenset[str] = field(default_factory=frozenset)  # terms inside cues: may help, need not be explained
    year_ago: bool = False  # what is asked for is held against the same period of the year before

    def currency(self) -> frozenset[str]:
        """The currencies that the answer may be asked in; empty where it is open."""
        cue = next((c for c in self.cues if c.name == "to_currency"), None)
        found = codes_in(self.text[cue.start : cue.end], self.language) if cue else ()
        return found[0] if found else frozenset()

    def has(self, *names: str) -> bool:
        """Whether any of these cues stands in the question."""
        return any(c.name in names for c in self.cues)

    @property
    def measure_asked(self) -> bool:
        """Whether an operation word of the question wants a number."""
        return self.has(*NUMERIC)


def language_of(text: str) -> str:
    """en, zh, de or fr, by script and small words."""
    han, latin = len(_CJK.findall(text)), len(re.findall(r"[A-Za-z]", text))
    if han >= 2 and han >= 0.2 * latin:
        return "zh"
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {lang: float(sum(is_stopword(f"w:{w}", lang) for w in words)) for lang in ("en", "de", "fr")}
    counts["en"] += 0.5  # a tie is English
    counts["fr"] -= words.count("plus")  # English too
    for lang in ("de", "fr"):
        counts[lang] += OWN_WORD * sum(is_own(w, lang) for w in words)
    counts["de"] += OWN_WORD * sum(len(w) >= COMPOUND and is_compound(w) for w in words)
    if re.search(r"[äöüß]", text.lower()):
        counts["de"] += 2
    if re.search(r"[éèêàçùœ]|\b(?:d|l|qu)['’]", text.lower()):
        counts["fr"] += 2
    return max(counts, key=lambda k: counts[k])


def correct(text: str, known: frozenset[str], kept: tuple[Cue, ...] = ()) -> str:
    """Misspelt words set right, only towards words of the field and of the library; operation words are kept."""

    def right(match: "re.Match[str]") -> str:
        word = match.group()
        if any(c.start <= match.start() and match.end() <= c.end for c in kept):
            return word
        low = word.lower()
        one = f"{low[:-3]}y" if low.endswith("ies") else low.rstrip("s")
        ordinary = is_stopword(f"w:{low}", "en") or low in ORDINALS
        if ordinary or any(w in known or w in concepts().words for w in (low, one, f"{low}s")):
            return word
        best = process.extractOne(
            low,
            _near_in_length(low, known),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1 if len(low) < LONG else 2,
        )
        return best[0] if best else word

    return _WORD.sub(right, text)


def _near_in_length(word: str, known: frozenset[str]) -> list[str]:
    pool = known | concepts().words
    return sorted(w for w in pool if w[0] == word[0] and abs(len(w) - len(word)) <= 2)


def read(
    text: str,
    as_of: date,
    known: frozenset[str] = frozenset(),
    names: Names = NONE,
    quoted: frozenset[str] = frozenset(),
) -> Reading:
    """Read one question.

    `known` are the written words of the library: what a misspelling may mean; `names` its names of several words,
    `quoted` its Chinese names, whose words say neither what to do nor what is counted.
    """
    language = language_of(text)
    text = written_out(text, language)
    if language == "de":
        text = re.sub(r"(?i)\b(wie)(viele?)\b", r"\1 \2", text)
    if language == "en" and known:
        text = correct(text, known, read_cues(text, language))
    spoken = read_periods(text, as_of, language)
    bases = tuple(p for p in spoken if _is_base(p, spoken))
    periods = tuple(_year_alone(p) for p in spoken if p.code and p not in bases)
    periods = tuple(part for p in periods for part in _apart(p))
    spans = tuple((p.start, p.end) for p in (*periods, *bases))
    periods = _with_year(tuple(p for p in periods if p.code != f"to {as_of:%Y-%m}"))  # "so far" is whatever is latest
    called = tuple(c for c in names.find(text) if not any(start < c[2] and c[1] < end for start, end in spans))
    amounts = tuple(
        a
        for a in read_amounts(text, "zh" if _CJK.search(text) else language)
        if a.kind not in ("ordinal", "year") and not any(start < a.end and a.start < end for start, end in spans)
    )
    held = tuple((a, b) for _, a, b in called)
    named = _named(text, quoted)
    cues = in_effect(read_cues(text, language), text)
    cues = tuple(c for c in cues if not any(a <= c.start and c.end <= b for a, b in (*named, *held)))
    naming = tuple(p for p in periods if _names_notice(text, p))
    amounts = _without_names(text, language, amounts)
    amounts = tuple(a for a in amounts if not any(c.name == "exchange_rate" and _inside(a, c) for c in cues))
    taken = (*spans, *((a.start, a.end) for a in amounts), *_shifts(text), *held)
    cuts = frozenset(edge for c in cues for edge in (c.start, c.end))
    terms = tuple(t for t in read_terms(text, language, taken, cuts) if not is_stopword(t.key, language))
    terms = tuple(sorted((*terms, *(Term(k, a, b, True) for k, a, b in called)), key=lambda t: t.start))
    terms = tuple(t for t in terms if not _in_notice_noun(text, t, naming) and not _part_of_name(t, named))
    cues = (*cues, *_counted(text, terms))
    silent = [c for c in cues if c.name not in _SPEAKING_CUES | _LONG_CUES]
    short = [c for c in cues if c.name not in _LONG_CUES or _short(text[c.start : c.end], language)]
    terms = tuple(t for t in terms if not any(c.start <= t.start and t.end <= c.end for c in silent))
    soft = frozenset(t.key for t in terms if any(c.start <= _bare(text, t) and t.end <= c.end for c in short))
    data = tuple(p for p in periods if p not in naming)
    return Reading(text, language, cues, data, naming, amounts, terms, soft, bool(bases))


def _is_base(period: Period, spoken: tuple[Period, ...]) -> bool:
    """Whether a period is only what another is held against: 比去年同期, gegenüber dem Vorjahr; 上年 beside 2024年."""
    if period.kind == "same_period":
        return bool(_YEAR_AGO.search(period.text))
    dated = any(p.kind == "year" and not p.relative for p in spoken)
    return dated and period.kind == "year" and period.relative and bool(_YEAR_AGO.search(period.text))


def _short(words: str, language: str) -> bool:
    """Whether a turn of phrase is so short that it can hold no name of what is asked for."""
    return len(words) <= SHORT if language == "zh" else len(words.split()) <= FEW


def _inside(span: Amount, cue: Cue) -> bool:
    return cue.start <= span.start and span.end <= cue.end


def _named(text: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Where the text names a programme: in quotation marks, or by a name of the library."""
    quoted = [m.span(1) for m in re.finditer(r"[“\"]([\u4e00-\u9fff]{2,12})[”\"]", text)]
    called = [m.span() for m in re.finditer(r"[”\"》）)A-Za-z]\s?(?:计划|规划|行动|工程)", text)]  # the 计划 of a name
    return quoted + called + [m.span() for n in names for m in re.finditer(re.escape(n), text)]


def _part_of_name(term: Term, named: list[tuple[int, int]]) -> bool:
    inside = any(a <= term.start and term.end <= b and (a, b) != (term.start, term.end) for a, b in named)
    return inside and term.key.startswith("c:")


def _shifts(text: str) -> list[tuple[int, int]]:
    """Turns of phrase that only move the period: "two years later", 前一年."""
    return [m.span() for n in ("years_later", "year_before", "year_after") for m in pattern(n).finditer(text)]


def _counted(text: str, terms: tuple[Term, ...]) -> tuple[Cue, ...]:
    """多少客商, 几家机构: what the number behind the question word counts or measures."""
    measures, found = concepts().measures, []
    for match in _HOW_MANY.finditer(text):
        kind = next((measures[t.key] for t in terms if t.start == match.end() and t.key in measures), "")
        if kind in ("count", "money"):
            found.append(Cue(kind, match.start(), match.end()))
    return tuple(found)


def _bare(text: str, term: Term) -> int:
    """Where a term begins behind an elided article: "l'objectif"."""
    return term.start + (2 if re.match(r"[a-z]['’]\w", text[term.start : term.end], re.IGNORECASE) else 0)


def _year_alone(period: Period) -> Period:
    """ "by 2023" in a question means the year as often as its end; a year answers both."""
    if re.search(r"\b(?:end|close|year-?end)\b|底|末|\bEnde\b|\bfin\b", period.text, re.IGNORECASE):
        return period
    match = re.fullmatch(r"to (\d{4})(?:-12(?:-31)?)?", period.code)
    return (
        replace(period, code=match[1], kind="year") if match and re.fullmatch(r"\D*\d{4}\D*", period.text) else period
    )


def _apart(period: Period) -> tuple[Period, ...]:
    """ "2021 and 2023" as two periods; a stretch ("from 2021 to 2023") stays whole."""
    first, _, last = period.code.partition("/")
    joined = re.search(r"\band\b|\bund\b|\bet\b|&|和|与|、", period.text)
    if (
        not last
        or not joined
        or re.search(r"between|zwischen|entre|之间", period.text, re.I)
        or len(first) != len(last)
    ):
        return (period,)
    return (replace(period, code=first), replace(period, code=last))


def _with_year(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """A half, quarter or month without a year is that of the year named beside it; the year alone then says no more."""
    years = [p for p in periods if p.kind == "year" and not p.relative and re.fullmatch(r"\d{4}", p.code)]
    parts = [p for p in periods if p.relative and yearless(p)]
    dated = {p.code[:4] for p in periods if not p.relative and re.fullmatch(r"\d{4}-[QH]?\d{1,2}", p.code)}
    if parts and len(dated) == 1 and not years:  # Q1 and Q2 2024
        year = dated.pop()
        return tuple(
            replace(p, code=re.sub(r"\d{4}", year, p.code), relative=False) if p in parts else p for p in periods
        )
    if len(years) != 1 or len(parts) != 1:
        return periods
    return tuple(
        replace(p, code=re.sub(r"\d{4}", years[0].code, p.code), relative=False) for p in periods if p in parts
    )


def yearless(period: Period) -> bool:
    """Whether a part of a year was named with no year, not even "last" or "this"."""
    return not re.search(
        r"\d{4}|last|past|this|current|previous|recent|去年|今年|上年|本年|当年|letzt|dies|dernier|cette",
        period.text,
        re.I,
    ) and period.kind in ("half", "quarter", "month", "range", "stock")


def _without_names(text: str, language: str, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Amounts that are not part of a known name ("Two Zones")."""
    phrases = [t for t in read_terms(text, language) if t.key.startswith("c:")]
    return tuple(
        a
        for a in amounts
        if a.kind == "money"  # the US of "US$5 million" is no country
        or not any(t.start <= a.start < t.end and not text[a.start].isdigit() for t in phrases)
    )


def _in_notice_noun(text: str, term: Term, naming: tuple[Period, ...]) -> bool:
    """Whether a word belongs to the naming of a notice ("the Feb 2024 press conference")."""
    for period in naming:
        found = pattern("notice_noun").search(text[period.end :])
        if found and period.end <= term.start and term.end <= period.end + found.end() and not term.proper:
            return term.key.startswith("w:") or term.end == period.end + found.end()
    return False


def _names_notice(text: str, period: Period) -> bool:
    behind = text[period.end :]
    led = re.search(r"\b(between|since|from)\s(?:the\s)?$", text[: period.start], re.IGNORECASE)
    if led and (led[1].lower() != "from" or re.search(r"\b(?:to|until|till)\b", behind)):
        return False  # one end of a stretch of time
    if pattern("event_before").search(text[: period.start]):
        return True
    return bool(pattern("notice_noun").search(behind)) and not re.match(r"\s*(?:data|figures)", behind)
