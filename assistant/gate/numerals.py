"""Numbers outside slots, in any script and in words, and what may excuse them."""

import re
import unicodedata
from collections.abc import Generator, Iterator

from assistant import slots
from assistant.gate import text as texts
from assistant.gate.grounds import Grounds
from assistant.gate.words import pattern
from assistant.understanding.periods import fit, months
from knowledge.reading.amounts import read_amounts
from knowledge.reading.language import detect

TOKEN = re.compile(r"[A-Za-z]*\d(?:[\dA-Za-z]|[.,:/%–'-](?=[\dA-Za-z]))*")
HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")
HAN_UNIT = re.compile(r"[个家项亿万元成倍%年月季名次位座条种类届期批宗起人点]|分之")
HAN_DIGIT = "〇零一二两三四五六七八九十百千万亿半"
HAN = re.compile(rf"[{HAN_DIGIT}]+|百分之")
HAN_PLAIN = re.compile(
    r"第?一(?:些|个|起|致|定|直|样|般|旦|部分|方面|是)|统一|唯一|进一步|之一|十分|万一|二是|三是|其[一二三]"
    rf"|(?<![{HAN_DIGIT}])一(?![{HAN_DIGIT}])"
)
WORD = re.compile(r"[^\W_][\w&'-]*")
NUMERIC = frozenset({"Nd", "Nl", "No"})
ROMAN = re.compile(r"(?<![^\W_])(?=[IVXLCDM]{2,})M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W_])")
YEAR = re.compile(r"(?:19|20|21)\d\d")
DETERMINED = re.compile(r"(?:\b(?:the|of|its|this|that|their|'s|per)|年)\s*$", re.IGNORECASE)


def unsupported(draft: str, grounds: Grounds, *, prose: bool = True) -> Iterator[str]:
    """Each number of a cleaned draft that stands outside a slot and that nothing excuses, as a reason."""
    for sentence in slots.sentences(draft):
        rest = texts.blank(sentence, texts.slot_spans(sentence))
        captions = [] if prose else [m.span() for m in grounds.captions.finditer(rest)]
        rest = texts.blank(rest, [*_true_quotes(sentence, rest, grounds), *captions])
        rest = yield from _without_periods(rest, grounds)
        yield from _digits(rest, sentence, grounds, prose)
        yield from _words(rest, grounds)


def disguised(draft: str, grounds: Grounds) -> Iterator[str]:
    """Digits of other scripts and forms, before they are made equal; a true quotation may hold them."""
    quoted = [(a, b) for a, b, words in texts.quotes(draft) if texts.squeezed(words) in grounds.quotable]
    for char in texts.blank(draft, quoted):
        if not char.isascii() and unicodedata.category(char) in NUMERIC:
            yield f"{char!r} is a number outside a slot"


def misquoted(draft: str, grounds: Grounds) -> Iterator[str]:
    """Quotations of some length that nobody wrote."""
    for _, _, words in texts.quotes(draft):
        long = len(words.split()) >= 4 or len(HAN_CHARACTER.findall(words)) >= 8
        flat = texts.squeezed(words.strip(" ,.;:。，；"))
        if long and not slots.slots(words) and flat not in f"{grounds.quotable} | {texts.squeezed(grounds.question)}":
            yield f"“{words[:60]}” does not stand in the evidence; quote verbatim or not at all"


def _true_quotes(sentence: str, rest: str, grounds: Grounds) -> Iterator[tuple[int, int]]:
    """Quotations that stand in the evidence; one with a number counts only where the sentence cites its passage."""
    cited = " ".join(
        texts.squeezed(passage.text)
        for slot in slots.slots(sentence)
        if (passage := grounds.evidence.passages.get(slot.handle))
    )
    for start, end, words in texts.quotes(rest):
        words = texts.squeezed(words.strip(" ,.;:。，；"))
        if words and words in (
            cited if re.search(r"\d", words) else f"{cited} | {grounds.quotable} | {texts.squeezed(grounds.question)}"
        ):
            yield start, end


def _without_periods(rest: str, grounds: Grounds) -> Generator[str, None, str]:
    """Yields the periods that nothing speaks of; returns the text without periods."""
    spans = []
    for period in texts.periods(rest, None, grounds.language):
        after = rest[period.end :]
        if _counts_something(period.text, after, rest[: period.start], grounds):
            continue
        if known(period.code, period.text, grounds):
            spans.append((period.start, period.end))
        elif re.search(r"\d", period.text):
            spans.append((period.start, period.end))
            yield f"no evidence speaks of {period.text.strip()}"
    return texts.blank(rest, spans)


def known(code: str, words: str, grounds: Grounds) -> bool:
    """Whether a period is one of the evidence's or of the question's."""
    span = months(code) if code else None
    if span and any(fit(span, have) or fit(have, span) for have in grounds.known_months):
        return True
    flat = texts.folded(words)
    if (
        flat in grounds.lore
        or flat in grounds.asked
        or any(day.isoformat() in code for day in grounds.published if code)
    ):
        return True
    years = YEAR.findall(words)
    return (bool(years) and set(years) <= grounds.years) or not re.search(r"\d", words)


def _counts_something(words: str, after: str, before: str, grounds: Grounds) -> bool:
    """Whether a bare year is followed by a unit, as in "2023 projects" or "2023%"."""
    if not re.fullmatch(r"\D*\d{4}\D*", words) or not YEAR.fullmatch(re.sub(r"\D", "", words)) or "年" in words:
        return False
    following = re.match(r"\s*(%|[^\W\d_][\w-]*)", after)
    if not following or DETERMINED.search(before + re.sub(r"\d.*", "", words)):
        return False
    return texts.folded(following[1]) in grounds.counted


def _digits(rest: str, sentence: str, grounds: Grounds, prose: bool) -> Iterator[str]:
    for found in TOKEN.finditer(rest):
        if not _named(found, rest, sentence, grounds, prose):
            yield f"{found[0]!r} is written out; a number is a slot such as {{F1}}, or stands in a quotation by {{P1}}"


def _named(found: re.Match[str], rest: str, sentence: str, grounds: Grounds, prose: bool) -> bool:
    """Whether a token with digits is part of a name, an ordinal or a list item of the evidence."""
    token, before, after = found[0], rest[: found.start()], rest[found.end() :]
    last, following = _last_word(before), _first_word(after)
    if texts.folded(following) in ("notices", "notice", "figures", "figure", "公告", "mitteilungen", "avis"):
        return token.isdigit() and int(token) in grounds.counts
    if re.match(r"\s*(?:%|percent|per cent|个百分点)", after):
        return False
    if any(_near(token, last, following, passage) for passage in _cited(sentence, grounds)):
        return True
    if not prose and _of_list(token, sentence, grounds):
        return True
    places = (grounds.lore, grounds.asked)
    if re.search(r"[A-Za-z]", token):  # 26th, G20, 5G: with the word beside it, or a name of its own
        name = (
            texts.folded(f"{token} {following}") if re.fullmatch(r"\d+(?:st|nd|rd|th)", token) else texts.folded(token)
        )
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", place) for place in places)
    if re.search(r"第\s*$", before):
        return any(texts.folded(f"第{token}{after[:1]}") in place.replace(" ", "") for place in places)
    tokens = {f.published_as for f in grounds.evidence.figures.values()}
    capital = last[:1].isupper() or last == "-"
    return capital and token not in tokens and any(texts.folded(f"{last} {token}") in place for place in places)


def _of_list(token: str, sentence: str, grounds: Grounds) -> bool:
    """Whether code wrote how many a cited list names, or a count that its passage prints."""
    items = len(re.findall(r"[,，、;]|\sand\s|和", sentence)) + 1
    if not token.isdigit():
        return False
    cited = [passage.text for handle in _marks(sentence) if (passage := grounds.evidence.passages.get(handle))]
    counts = {amount.value for words in cited for amount in read_amounts(words, detect(words))}
    return bool(cited) and (0 < int(token) <= items or int(token) in counts)


def _cited(sentence: str, grounds: Grounds) -> list[str]:
    return [texts.folded(grounds.evidence.passages[h].text) for h in _marks(sentence) if h in grounds.evidence.passages]


def _marks(sentence: str) -> list[str]:
    """The passages that a sentence cites."""
    return [slot.handle for slot in slots.slots(sentence) if slot.handle.startswith("P")]


def _near(token: str, last: str, following: str, passage: str) -> bool:
    """Whether the token stands in a cited passage between the same words."""
    sides = [texts.folded(f"{last} {token}") if last else "", texts.folded(f"{token} {following}") if following else ""]
    return any(sides) and all(side in passage for side in sides if side)


def _words(rest: str, grounds: Grounds) -> Iterator[str]:
    for found in pattern("numbers", grounds.language).finditer(rest):
        if not _phrase(found, rest, grounds):
            yield f"{found[0]!r} is a number in words; write it as a slot"
    for found in pattern("ranks", grounds.language).finditer(rest):
        if texts.folded(found[0]) not in grounds.lore:
            yield f"{found[0]!r} is a rank; write it as a slot"
    yield from _one(rest, grounds)
    for found in ROMAN.finditer(rest):
        name = texts.folded(f"{_last_word(rest[: found.start()])} {found[0]}")
        if name not in grounds.lore and name not in grounds.asked:
            yield f"{found[0]!r} is a number outside a slot"
    if grounds.language == "zh" or HAN.search(rest):
        yield from _han(rest, grounds)


def _phrase(found: re.Match[str], rest: str, grounds: Grounds) -> bool:
    """Whether a number word is part of a name ("Two Zones") or of the evidence's own phrase."""
    after = WORD.findall(rest[found.end() : found.end() + 60].split(texts.BLANK)[0])[:2]
    before = _last_word(rest[: found.start()])
    if not after:
        return bool(before) and texts.folded(f"{before} {found[0]}") in grounds.lore
    if pattern("meta", grounds.language).fullmatch(after[0]) or pattern("numbers", grounds.language).fullmatch(
        after[0]
    ):
        return bool(pattern("meta", grounds.language).fullmatch(after[0])) and texts.folded(found[0]) in (
            "two",
            "three",
            "zwei",
            "deux",
        )
    two = texts.folded(f"{found[0]} {after[0]}")
    if two in grounds.lore and (texts.folded(after[0]) not in grounds.counted or _whole(found[0], after, grounds)):
        return True
    return two in grounds.asked and texts.folded(after[0]) not in grounds.counted


def _whole(word: str, after: list[str], grounds: Grounds) -> bool:
    """Whether the phrase with two words behind it stands in the evidence."""
    return len(after) > 1 and texts.folded(f"{word} {after[0]} {after[1]}") in grounds.lore


def _one(rest: str, grounds: Grounds) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w-])(?:one|single)\s+([a-z]+)(?:\s+([a-z]+))?", rest, re.IGNORECASE):
        noun = {texts.folded(word) + ending for word in found.groups() if word for ending in ("", "s", "es")}
        if noun & (grounds.counted - {"percent"}) and texts.folded(found[0]) not in grounds.lore:
            yield f"{found[0]!r} is a number in words; write it as a slot"


def _han(rest: str, grounds: Grounds) -> Iterator[str]:
    plain = texts.blank(
        rest, [m.span() for m in HAN_PLAIN.finditer(rest) if not HAN.fullmatch(rest[m.end() : m.end() + 1])]
    )
    lore = f"{grounds.lore} {grounds.asked}".replace(" ", "")
    for found in HAN.finditer(plain):
        following = plain[found.end() : found.end() + 2]
        if len(found[0]) < 2 and not HAN_UNIT.match(following) and grounds.language == "zh":
            continue
        phrase = texts.folded(found[0] + following).replace(" ", "")
        if texts.BLANK in phrase or not phrase or phrase not in lore or HAN_UNIT.match(following):
            yield f"{found[0] + following[:1]!r} is a number in words; write it as a slot"


def _last_word(before: str) -> str:
    words = WORD.findall(before.rsplit(texts.BLANK, 1)[-1])
    return words[-1] if words and re.search(r"[\w]\W{0,3}$", before) else ""


def _first_word(after: str) -> str:
    found = re.match(r"\W{0,3}([^\W_][\w&'-]*)", after.split(texts.BLANK)[0])
    return found[1] if found else ""
