"""What a sentence says of its slots: period, scenario, unit, direction, qualifier, from closed lists.

A word is taken to speak of the slots next to it, the one before and the one behind in its sentence; it is refused where
it fits neither. A goal has to be called a goal, and a fall printed without its sign has to be called a fall.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import slots
from assistant.gate import text as texts
from assistant.gate.grounds import Facts, Grounds
from assistant.gate.words import pattern
from assistant.slots import Slot
from assistant.understanding.periods import Months, fit, months
from knowledge.reading.spans import Period

AMOUNT_OF = re.compile(
    r"(?:increase|decrease|decline|rise|fall|drop|gain|growth)s?(?: rate)? (?:of|in) [^,.;]{0,60}"
    r"(?:was|were|is|came to|of|:)\s*$",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"[,;:()，；：（）、]|(?<![^\W_])(?:and|but|while|whereas|against|versus|compared|than|und|aber|et|mais)(?![^\W_])|而|但|和"
)
PLANNED = {"target": ("target",), "forecast": ("forecast", "target")}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft: its words with slots and quotations blanked, its number slots, and what they hold."""

    words: str
    slots: tuple[Slot, ...]
    facts: tuple[Facts | None, ...]

    def beside(self, at: int) -> list[Facts | None]:
        """The facts of the slot before a place and of the one behind it."""
        before = [f for slot, f in zip(self.slots, self.facts, strict=True) if slot.end <= at]
        behind = [f for slot, f in zip(self.slots, self.facts, strict=True) if slot.start >= at]
        return [*before[-1:], *behind[:1]]

    def bound(self, start: int, end: int) -> list[Facts | None]:
        """As `beside`, without the slot that a comma or conjunction parts from the words while the other is joined."""
        before = [(s, f) for s, f in zip(self.slots, self.facts, strict=True) if s.end <= start][-1:]
        behind = [(s, f) for s, f in zip(self.slots, self.facts, strict=True) if s.start >= end][:1]
        if before and behind:
            parted = [
                BREAK.search(self.words[before[0][0].end : start]),
                BREAK.search(self.words[end : behind[0][0].start]),
            ]
            if bool(parted[0]) != bool(parted[1]):
                return [behind[0][1] if parted[0] else before[0][1]]
        return [facts for _, facts in [*before, *behind]]

    def around(self, number: int) -> str:
        """The words between the slot before this one and the slot behind it."""
        start = self.slots[number - 1].end if number else 0
        end = self.slots[number + 1].start if number + 1 < len(self.slots) else len(self.words)
        return self.words[start:end]


def read(draft: str, grounds: Grounds) -> list[Sentence]:
    """The sentences that hold a number slot."""
    found = []
    for sentence in slots.sentences(draft):
        numbers = tuple(slot for slot in slots.slots(sentence) if slot.handle[0] in "FCQ")
        if numbers:
            words = texts.blank(
                sentence, [*texts.slot_spans(sentence), *((a, b) for a, b, _ in texts.quotes(sentence))]
            )
            found.append(Sentence(words, numbers, tuple(grounds.facts(slot.handle) for slot in numbers)))
    return found


def false(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """What the sentence says that its slots do not bear out, each as a reason."""
    for rule in (_asked, _periods, _scenarios, _unmarked, _directions, _qualifiers, _units):
        yield from rule(sentence, grounds)


def _asked(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A number of the asker's is called theirs: an echo is no evidence."""
    for slot in sentence.slots:
        if slot.handle.startswith("Q") and not pattern("yours", grounds.language).search(sentence.words):
            yield f'{{{slot.handle}}} is the asker\'s number; call it theirs ("your")'


def _periods(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    for period in texts.periods(sentence.words, grounds.as_of, grounds.language):
        span = months(period.code) if period.code else None
        if span is None or _of_publication(sentence.words, period, grounds):
            continue
        near = sentence.bound(period.start, period.end)
        compared = _compared(sentence.words[: period.start], grounds)
        if not any(facts is None or _holds(span, facts, compared) for facts in near):
            have = ", ".join(sorted({code for facts in near if facts for code in facts.periods if code}))
            yield f"{period.text.strip()!r} does not fit the number beside it, for {have or 'no stated period'}"


def _compared(before: str, grounds: Grounds) -> bool:
    """Whether the words before a period compare with it: "from", "than in", "over the level of"."""
    before = re.sub(r"\b(?:year|month)[- ](?:on|over)[- ](?:year|month)\b", "", before)
    before = re.sub(r"(?:\s+(?:in|the|of|year|level|result|figure|im|Jahr|en))*\s*$", "", before[-40:])
    return any(m.end() == len(before) for m in pattern("base", grounds.language).finditer(before))


def _holds(said: Months, facts: Facts, compared: bool) -> bool:
    """Whether one of the periods is what the words say; that of the comparison only where they compare."""
    spans = [months(code) for code in (facts.periods | facts.bases if compared else facts.periods)]
    if None in spans or not spans:
        return True
    return any(span and (fit(said, span) >= 0.8 or _straddles(said, span) or _day(said, span)) for span in spans)


def _straddles(said: Months, have: Months) -> bool:
    """A year named for a financial year that begins or ends in it."""
    return (
        have.length == 12
        and said.length == 12
        and have.first is not None
        and have.first % 12 != 0
        and (said.first is not None and said.first <= have.last and have.first <= said.last)
    )


def _day(said: Months, have: Months) -> bool:
    return have.day and said.first is not None and said.first <= have.last <= said.last


def _of_publication(words: str, period: Period, grounds: Grounds) -> bool:
    """Whether the words tell when the notice was published."""
    before = words[max(0, period.start - 40) : period.start]
    near = pattern("published", grounds.language).search(before)
    return bool(near) and any(str(day.year) in period.code for day in grounds.published)


def _scenarios(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Words of plans beside numbers that are none."""
    for name, fitting in PLANNED.items():
        for found in pattern(name, grounds.language).finditer(sentence.words):
            near = [facts for facts in sentence.beside(found.start()) if facts]
            if near and not any(set(fitting) & f.scenarios or texts.folded(found[0]) in f.words for f in near):
                yield f"{found[0]!r} stands beside a number that is {', '.join(sorted(near[0].scenarios))}"


def _unmarked(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """Plans and forecasts that are not called so."""
    for number, facts in enumerate(sentence.facts):
        if facts is None or facts.derivation or facts.scenarios == {"actual"}:
            continue
        (scenario,) = facts.scenarios
        said = sentence.around(_first_alike(sentence, number)) + sentence.around(number)
        if not any(pattern(name, grounds.language).search(said) for name in PLANNED[scenario]):
            yield f"{{{sentence.slots[number].handle}}} is a {scenario}; say so beside it"


def _first_alike(sentence: Sentence, number: int) -> int:
    """The first of an unbroken row of slots of one scenario and kind: one word speaks for all of them."""
    here = sentence.facts[number]
    while here and number and (facts := sentence.facts[number - 1]):
        if (facts.scenarios, facts.is_change) != (here.scenarios, here.is_change):
            break
        number -= 1
    return number


def _directions(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    for name, wrong in (("up", -1), ("down", 1)):
        for found in pattern(name, grounds.language).finditer(sentence.words):
            if _part_of_qualifier(sentence, found, grounds) or _negated(sentence.words, found, grounds):
                continue
            near = [facts for facts in sentence.beside(found.start()) if facts]
            changes = [facts for facts in near if facts.is_change]
            if changes and all(_sign(facts) == wrong for facts in changes):
                yield f"{found[0]!r} contradicts the sign of the number beside it"
            elif near and not changes and not _moved(sentence, near, -wrong, grounds) and _verbal(found[0], near):
                yield f"{found[0]!r}: no number of the evidence tells that direction"
    yield from _unsigned(sentence, grounds)
    yield from _by(sentence, grounds)
    yield from _uncalled(sentence, grounds)


def _uncalled(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A published growth that is not called one, by the sentence or by the question; a level that is called one."""
    for number, (slot, facts) in enumerate(zip(sentence.slots, sentence.facts, strict=True)):
        if facts is None or facts.derivation:
            continue
        around = f"{sentence.around(_first_alike(sentence, number))} {sentence.around(number)} | {grounds.question}"
        if facts.is_change and not any(pattern(n, grounds.language).search(around) for n in ("change", "up", "down")):
            yield f"{{{slot.handle}}} is a growth or difference; say so beside it"
        start = sentence.slots[number - 1].end if number else 0
        if not facts.is_change and AMOUNT_OF.search(sentence.words[start : slot.start]):
            yield f"{{{slot.handle}}} is a level, not how much it changed"


def _by(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """`rose {F1}` and `fell by {F1}` need a change, `rose to {F1}` a level."""
    for number, (slot, facts) in enumerate(zip(sentence.slots, sentence.facts, strict=True)):
        start = sentence.slots[number - 1].end if number else 0
        before = re.sub(r"\s*(?:by|um|de)?\s*$", "", sentence.words[start : slot.start])
        said = [m for m in pattern("moved", grounds.language).finditer(before) if m.end() == len(before)]
        if said and facts and not (facts.is_change or facts.unit in ("percent", "times", "percentage points")):
            yield f"{said[-1][0]!r} before {{{slot.handle}}}, which is a level; write 'to' or use the change"


def _unsigned(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A fall printed without its sign, and not called a fall."""
    for number, (slot, facts) in enumerate(zip(sentence.slots, sentence.facts, strict=True)):
        if (
            slot.form == "abs"
            and facts
            and facts.value < 0
            and not pattern("down", grounds.language).search(sentence.around(number))
        ):
            yield f"{{{slot.handle}:abs}} is a fall; say so beside it, or write {{{slot.handle}}}"


def _sign(facts: Facts) -> int:
    return (facts.value > 0) - (facts.value < 0)


def _verbal(word: str, near: list[Facts]) -> bool:
    """Whether the word says something that the published words beside it do not say too."""
    return not any(texts.folded(word) in facts.words for facts in near)


def _moved(sentence: Sentence, near: list[Facts], sign: int, grounds: Grounds) -> bool:
    """Whether a change known for these figures, or shown in the sentence, goes that way; two levels tell it too."""
    shown = [facts for facts in sentence.facts if facts and facts.is_change]
    if any(_sign(facts) == sign for facts in shown):
        return True
    series = {(f.indicator, f.ref_area) for facts in near for f in facts.figures}
    for handle in [*grounds.evidence.figures, *grounds.evidence.derivations]:
        facts = grounds.facts(handle)
        if (
            facts
            and facts.is_change
            and _sign(facts) == sign
            and series & {(f.indicator, f.ref_area) for f in facts.figures}
        ):
            return True
    levels = [facts.value for facts in sentence.facts if facts and facts.unit == near[0].unit]
    return len(set(levels)) > 1


def _part_of_qualifier(sentence: Sentence, found: re.Match[str], grounds: Grounds) -> bool:
    """`more than {F1}` says how exact a number is, not where it went."""
    return any(
        sentence.words[found.start() : slot.start].strip()
        and pattern(name, grounds.language).fullmatch(sentence.words[found.start() : slot.start].strip())
        for slot in sentence.slots
        if 0 < slot.start - found.start() <= 24
        for name in ("over", "under")
    )


def _negated(words: str, found: re.Match[str], grounds: Grounds) -> bool:
    return bool(pattern("not", grounds.language).search(words[max(0, found.start() - 16) : found.start()]))


def _qualifiers(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """The words straight before a slot against what was published."""
    for number, (slot, facts) in enumerate(zip(sentence.slots, sentence.facts, strict=True)):
        if facts is None:
            continue
        start = sentence.slots[number - 1].end if number else 0
        before = sentence.words[start : slot.start]
        for name in ("over", "nearly", "about", "under", "exactly"):
            said = _ends(pattern(name, grounds.language), before)
            if said and not _allowed(name, facts, number > 0 and sentence.facts[number - 1], before, said):
                yield f"{said!r} before {{{slot.handle}}}, which is published as {facts.qualifier}"


def _allowed(name: str, facts: Facts, earlier: "Facts | bool | None", before: str, said: str) -> bool:
    if name == facts.qualifier or (name == "exactly" and facts.qualifier == "exact"):
        return True
    if name == "about" and (facts.derivation or facts.qualifier != "exact"):
        return True
    comparing = isinstance(earlier, Facts) and before.strip() != "" and name in ("over", "under")
    return bool(comparing) and len(before.strip()) <= len(said) + 30


def _ends(words: re.Pattern[str], before: str) -> str:
    found = [m for m in words.finditer(before) if re.fullmatch(r"[\s:(]*(?:the |a |an )?", before[m.end() :])]
    return found[-1][0] if found else ""


def _units(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    """A unit or counted noun straight behind a slot, or a currency sign before it, that is not the slot's own."""
    for slot, facts in zip(sentence.slots, sentence.facts, strict=True):
        if facts is None:
            continue
        if re.search(r"[$€£¥%]\s?$", sentence.words[: slot.start]):
            yield f"{{{slot.handle}}} prints its own unit; write none before it"
        behind = re.match(
            r"\s*(%|percentage points?|per ?cent|(?:[a-z&-]+ ){0,2}?[a-z&-]+|个百分点)",
            sentence.words[slot.end :],
            re.I,
        )
        if behind and (word := _unit_word(texts.folded(behind[1]), grounds)) and not _own_unit(word, facts):
            yield f"{word!r} behind {{{slot.handle}}}, which is in {facts.unit or 'no unit'}"


def _unit_word(words: str, grounds: Grounds) -> str:
    """The unit that the words begin with or count, "" where they are none."""
    if words.startswith(("percentage point", "个百分点")):
        return "percentage points"
    first = words.split(" ")[0]
    return (
        "percent" if first in ("%", "percent", "per") and words != "per" else first if first in grounds.counted else ""
    )


def _own_unit(word: str, facts: Facts) -> bool:
    unit = texts.folded(facts.unit)
    names = {"cny": "yuan", "usd": "dollars"}
    return word == unit or word in unit.split() or names.get(unit) == word or (word == "percent" and unit == "%")
