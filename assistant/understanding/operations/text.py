"""Who, which, where, why: answered by the sentence that holds the answer."""

import re
from collections.abc import Iterator

from assistant.understanding.candidate import Candidate
from assistant.understanding.context import Context
from assistant.understanding.lists import items
from assistant.understanding.patterns import pattern
from assistant.understanding.periods import fit
from assistant.understanding.plan import Status
from assistant.understanding.sentence_index import Sentence, score, sentences
from assistant.understanding.superlatives import says_first, thing
from assistant.wording.phrases import table

_NAMES = re.compile(r"(?:[A-Z][\w'’.-]+\s+){1,3}[A-Z][\w'’.-]+|[\u4e00-\u9fff]{2,4}(?:说|表示|介绍|指出)")
_NUMERIC = ("count", "money", "share", "percent", "growth", "sum", "difference", "average", "per", "series")
LISTED = 0.8  # coverage from which a sentence with a list answers a question that names a number of things
LONGEST = 62  # words of a quote


def candidates(ctx: Context) -> Iterator[Candidate]:
    """Readings as a question to the text."""
    asks = ctx.reading.has("why") or _asks_which(ctx)
    counted = any(a.kind in ("count", "number") for a in ctx.reading.amounts) and not ctx.reading.has(*_NUMERIC)
    superlative = ctx.reading.has("max", "min") and (ctx.reading.has("which") or bool(thing(ctx.reading.text)))
    worked_out = ctx.reading.has("rank", "sum", "difference", "exchange_rate", "to_currency")
    if (worked_out or (ctx.reading.has("max", "min") and not superlative)) and not ctx.reading.has("why"):
        return
    if pattern("ranked_period").search(ctx.reading.text):
        return
    for value, missing, sentence in _ranked(ctx, only_withheld=not (asks or counted or superlative))[:4]:
        if ctx.reading.has("why") and ctx.measure() in missing:
            continue  # a reason for something else
        if superlative and not says_first(ctx.reading, sentence.text, sentence.notice.language):
            continue
        lists = counted and value >= LISTED and bool(items(sentence.text))
        if asks or lists or superlative or sentence.withheld:
            yield _answer(ctx, sentence, value, missing, _lean(ctx, sentence))


def _asks_which(ctx: Context) -> bool:
    """Whether something is asked by its name: "which share" asks for a number."""
    shares = [c.start for c in ctx.reading.cues if c.name == "share"]
    return any(c.name == "which" and not any(0 <= at - c.end <= 1 for at in shares) for c in ctx.reading.cues)


def _lean(ctx: Context, sentence: Sentence) -> float:
    """What speaks for answering with a sentence: the question asks for one, and for a reason only if it gives one."""
    if ctx.reading.has("why"):
        return 0.2 if pattern("cause").search(sentence.text) else -0.45
    if ctx.reading.has("max", "min"):
        return (0.25 if ctx.reading.has("which") else 0.4) if thing(ctx.reading.text) else 0.1
    if len(ctx.periods) > 1 and ctx.measure():
        return -0.5  # a number for each of several periods is asked for
    return 0.3 if ctx.reading.has("which") else 0.0


def _ranked(ctx: Context, only_withheld: bool) -> list[tuple[float, tuple[str, ...], Sentence]]:
    weights = tuple((t, w if t not in ctx.reading.soft else w * 2) for t, w in ctx.weighted())
    named = ctx.named_notices()
    speaking = _speaking(ctx)
    rows = {(e.figure.notice_id, e.figure.quote) for e in ctx.index.entries if e.figure.cell}
    found = []
    for sentence in sentences(ctx.library, ctx.version, ctx.collection):
        if (sentence.notice.notice_id, sentence.text) in rows:  # a row of figures says nothing beside them
            continue
        if only_withheld and not sentence.withheld:
            continue
        if named is not None and sentence.notice.notice_id not in named:
            continue
        value, missing = score(ctx.index, sentence, weights + ctx.lent_terms)
        value += _leaning(ctx, sentence, speaking)
        found.append((value, missing, sentence))
    found.sort(key=lambda f: -f[0])
    return found


def _leaning(ctx: Context, sentence: Sentence, speaking: frozenset[str]) -> float:
    bonus = 0.0
    if ctx.reading.has("why") and pattern("cause").search(sentence.text):
        bonus += 0.25
    if pattern("person").search(ctx.reading.text) and _NAMES.search(sentence.text):
        bonus += 0.25 if pattern("speaker").search(sentence.text) or "c:leader" in sentence.terms else 0.06
    if ctx.reading.has("which") and items(sentence.text):
        bonus += 0.06
    if any(t.key.startswith("#") and t.key not in sentence.terms for t in ctx.reading.terms):
        bonus -= 0.2
    if pattern("when").search(ctx.reading.text):
        bonus += 0.15 if sentence.months else -0.1
    if ctx.periods:
        bonus += 0.15 if any(p == m for p in ctx.periods for m in sentence.months) else 0.0
        bonus -= 0.0 if sentence.notice.notice_id in speaking else 0.45
        if sentence.notice.published:
            years = {p.last // 12 for p in ctx.periods}
            near = sentence.notice.published.year in years or sentence.notice.published.year - 1 in years
            bonus += 0.04 if near else -0.1
    numbers = {n for a in ctx.reading.amounts for n in re.findall(r"\d+(?:[.,]\d+)*", a.text)}
    if numbers:
        bonus += 0.12 if numbers <= sentence.digits else -0.05
    return bonus


def _rates_named(ctx: Context) -> bool:
    return any(a.kind in ("percent", "multiple", "money") for a in ctx.reading.amounts)


def _speaking(ctx: Context) -> frozenset[str]:
    """Notices that give a figure for an asked period."""
    return frozenset(
        e.figure.notice_id
        for e in ctx.index.entries
        for p in ctx.periods
        if e.months and (fit(p, e.months) or e.months == p)
    )


def _answer(ctx: Context, sentence: Sentence, value: float, missing: tuple[str, ...], lean: float) -> Candidate:
    language = ctx.reading.language
    start, end = _window(sentence, ctx)
    quote = _in_quotes(sentence.notice.text[start:end])
    listed = items(sentence.text)
    asked = next((a for a in ctx.reading.amounts if a.kind in ("count", "number") and 2 <= a.value <= 100), None)
    count, counted_as = (int(asked.value), asked.text.strip()) if asked else (0, "")
    message, parts = "quote", {"quote": quote, "mark": "{P1}"}
    status: Status = "answered"
    if ctx.reading.has("why") and not pattern("cause").search(sentence.text):
        message, status = "why_unknown", "refused"
    elif sentence.withheld:
        return Candidate(
            "text",
            value + lean,
            passages=((sentence.notice.notice_id, start, end),),
            message="refuse_suppressed",
            parts=parts,
            status="refused",
            missing=missing,
            coverage=value,
        )
    elif count and 2 <= len(listed) < count and ctx.reading.has("which") and not _rates_named(ctx):
        message = "partly"
        parts = {
            "count": counted_as,
            "items": table(language)["words"]["list"].join(listed),
            "mark": "{P1}",
        }
    return Candidate(
        operation="text",
        score=value + lean,
        passages=((sentence.notice.notice_id, start, end),),
        headline="",
        message=message,
        parts=parts,
        missing=missing,
        coverage=value,
        status=status,
        table=(("",), *((i,) for i in listed)) if len(listed) >= 2 and ctx.reading.has("which") else (),
    )


def _in_quotes(words: str) -> str:
    """The words in quotation marks that they do not hold themselves; the final stop is left out."""
    words = words.rstrip(" .。!！?？;；,，")
    open_, close = next(
        (p for p in (("“", "”"), ('"', '"'), ("«", "»"), ("「", "」")) if not set(p) & set(words)), ("『", "』")
    )
    return f"{open_}{words}{close}"


def _window(sentence: Sentence, ctx: Context) -> tuple[int, int]:
    """The sentence, or the stretch of clauses that says most where it is too long to quote."""
    words = sentence.text.split()
    if len(words) <= LONGEST and len(sentence.text) <= 420:
        return sentence.start, sentence.end
    cuts = [0, *(m.end() for m in re.finditer(r"[,;，；：:]\s*", sentence.text)), len(sentence.text)]
    asked = {t.key for t in ctx.reading.terms}
    best, chosen = -1, (0, min(len(sentence.text), 400))
    from assistant.understanding.figure_index import keys

    for i, low in enumerate(cuts[:-1]):
        for high in cuts[i + 1 :]:
            piece = sentence.text[low:high]
            if len(piece.split()) > LONGEST or len(piece) > 420:
                break
            hits = len(asked & keys(piece, sentence.notice.language)) * 10 + min(len(piece) // 100, 4)
            if hits > best:
                best, chosen = hits, (low, high)
    low, high = chosen
    piece = sentence.text[low:high]
    return sentence.start + low, sentence.start + low + len(piece.rstrip(" ,;，；"))
