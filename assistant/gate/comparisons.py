"""What a sentence says between its slots and of the question: which is more, what is the most, what did not happen."""

import re
from collections.abc import Callable, Iterator

from assistant.gate import text as texts
from assistant.gate.claims import Sentence
from assistant.gate.grounds import Facts, Grounds
from assistant.gate.words import pattern
from assistant.understanding.periods import fit, months

FROM = re.compile(r"\bfrom\s*$|从\s*$|\bvon\s*$|\bde\s*$", re.IGNORECASE)
LINK = r"(?:\s+(?:than|the|its|a|an|of|in|by|that|as|target|goal|result|level|figure|à|als|la|le|des|der|das))*\s*"


def false(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Comparisons, superlatives and denials that the numbers do not bear out, each as a reason."""
    for rule in (_compared, _superlative, _denied, _attached):
        yield from rule(sentence, grounds)


def unanswered(sentences: list[Sentence], grounds: Grounds) -> Iterator[str]:
    """A headline for another period or area than the question names, and the draft does not say so."""
    first = next(
        (f for s in sentences for slot, f in zip(s.slots, s.facts, strict=True) if f and slot.handle[0] in "FC"), None
    )
    if first is None:
        return
    said = " ".join(sentence.words for sentence in sentences)
    asked = [span for p in texts.periods(grounds.asking, grounds.as_of, grounds.language) if (span := months(p.code))]
    have = [span for code in first.periods | first.bases if (span := months(code))]
    named = any(p.code for p in texts.periods(said, grounds.as_of, grounds.language))
    if asked and have and not named and not any(fit(a, h) or fit(h, a) for a in asked for h in have):
        yield f"the question names another period; say that the number is for {', '.join(sorted(first.periods))}"
    places = [area for area in grounds.areas if area in grounds.asking.casefold()]
    own = {f.ref_area.casefold() for f in first.figures if f.ref_area}
    if (
        places
        and own
        and not any(p in o or o in p for p in places for o in own)
        and not any(o in said.casefold() for o in own)
    ):
        yield f"the question is about {places[0]}; say that the number is for {', '.join(sorted(own))}"


def _compared(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """`{F1}, more than {F2}` and `rose from {F1} to {F2}` of one unit."""
    pairs = zip(range(1, len(sentence.slots)), sentence.facts, sentence.facts[1:], strict=False)
    for number, one, two in pairs:
        if one is None or two is None or one.unit != two.unit or one.is_change or two.is_change:
            continue
        start, end = sentence.slots[number - 1], sentence.slots[number]
        between = sentence.words[start.end : end.start]
        sign = (one.value > two.value) - (one.value < two.value)
        for name, wanted in (("more", 1), ("less", -1)):
            found = list(pattern(name, grounds.language).finditer(between))
            if found and sign == -wanted and re.fullmatch(LINK, between[found[-1].end() :], re.IGNORECASE):
                yield f"{found[-1][0]!r}: {{{start.handle}}} is not so beside {{{end.handle}}}"
        yield from _moved(sentence, number, between, sign, grounds)


def _moved(sentence: Sentence, number: int, between: str, sign: int, grounds: Grounds) -> Iterator[str]:
    """`rose from {F1} to {F2}`, and `{F1}, up from {F2}`."""
    before = sentence.words[: sentence.slots[number - 1].start]
    turned = bool(FROM.search(before)) and re.match(r"\s*(?:in \S+ )?(?:to|auf|à|到)\b|.{0,24}\bto\s*$", between)
    later = bool(FROM.search(between))
    for name, direction in (("up", 1), ("down", -1)):
        words = pattern(name, grounds.language)
        if turned and words.search(before[-40:]) and sign == direction:
            yield f"the second number is not {'higher' if direction > 0 else 'lower'} than the first"
        if later and words.search(between[-30:]) and sign == -direction:
            yield f"the first number is not {'higher' if direction > 0 else 'lower'} than the second"


def _superlative(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """The highest is the highest of what was found, or is called so in its own sentence; records are published ones."""
    for name, best in (("most", max), ("least", min), ("record", None)):
        for found in pattern(name, grounds.language).finditer(sentence.words):
            near = [facts for facts in sentence.beside(found.start()) if facts]
            if near and not any(
                texts.folded(found[0]) in f.words or (best and _is_best(f, best, grounds)) for f in near
            ):
                yield f"{found[0]!r} is not shown by what was found"


def _is_best(facts: Facts, best: Callable[[list[float]], float], grounds: Grounds) -> bool:
    """Whether the number is the largest (smallest) of those found for the same thing."""
    (own, *_) = facts.figures
    rivals = [
        f.value
        for f in grounds.evidence.figures.values()
        if (f.indicator, f.unit, f.change_kind) == (own.indicator, own.unit, own.change_kind)
    ]
    return len(rivals) > 1 and facts.value == best(rivals)


def _denied(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """`{F1} did not land` and `not {F1}`: a published number denied."""
    for slot, facts in zip(sentence.slots, sentence.facts, strict=True):
        if facts is None:
            continue
        behind, before = sentence.words[slot.end : slot.end + 40], sentence.words[max(0, slot.start - 24) : slot.start]
        if pattern("denies", grounds.language).match(behind.lstrip()) or pattern("denied", grounds.language).search(
            before
        ):
            yield f"{{{slot.handle}}} is published; it cannot be denied"


def _attached(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Signs and letters joined to a slot, and rates that it is not."""
    for slot, facts in zip(sentence.slots, sentence.facts, strict=True):
        before, behind = sentence.words[: slot.start], sentence.words[slot.end :]
        if re.search(r"[A-Za-z0-9.,%+−–-]$|\bminus\s*$", before) or re.match(r"[A-Za-z0-9+]|[.,][A-Za-z0-9]", behind):
            yield f"{{{slot.handle}}} stands alone: nothing is joined to it"
        if facts is None or " per " in facts.unit or (facts.derivation and "**" in facts.derivation.expression):
            continue
        each = pattern("each", grounds.language)
        if each.match(behind.lstrip()) or each.match(re.sub(r"^\s*(?!from|than|over|of)[a-z-]+\s+", "", behind)):
            yield f"{{{slot.handle}}} is no rate per time"
