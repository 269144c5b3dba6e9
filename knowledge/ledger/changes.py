"""Growth, share, rank or level: how a number is meant, by the words directly around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ledger.tokens import Token
from knowledge.reading.words import Lexicon

RIGHT_REACH = 6
LEFT_REACH = 12
DIRECT = frozenset(
    (
        "by",
        "of",
        "um",
        "von",
        "de",
        "d",
        "a",
        "an",
        "the",
        "some",
        "another",
        "further",
        "ein",
        "eine",
        "einem",
        "einen",
        "une",
        "un",
    )
)
NO_DIFFERENCE = frozenset(
    (
        "more",
        "less",
        "fewer",
        "over",
        "über",
        "unter",
        "plus",
        "moins",
        "lost",
        "gained",
        "gain",
        "cut",
        "shed",
        "zu",
        "better",
        "larger",
        "greater",
        "up",
        "higher",
        "lower",
        "mehr",
        "weniger",
        "expanded",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """Direction (1, -1, 0 for none) and whether the words give the new level instead (`rose to`)."""

    direction: int = 0
    to_level: bool = False
    index: int = -1  # of the cue
    right: bool = False


class Changes:
    """Cue words of one language around a number."""

    def __init__(self, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.tokens, self.lex = tokens, lex
        self.up, self.down = lex.words("roles", "up"), lex.words("roles", "down")
        self.fillers, self.to = lex.words("roles", "fillers"), lex.words("roles", "to")
        self.qualifiers = frozenset(
            w.casefold()
            for words in lex.table("qualifiers", "before").values()
            for phrase in words
            for w in phrase.split()
        )

    def _direction(self, low: str) -> int:
        return 1 if low in self.up else -1 if low in self.down else 0

    def left(self, lead: int, at: int) -> Change:
        """The cue in front of a number: `an increase of`, `rose by`, `down`."""
        for i in range(at - 1, max(lead, at - LEFT_REACH) - 1, -1):
            token = self.tokens[i]
            if token.kind == "period":
                continue
            if token.low in self.to and i > lead and self._cue_before(lead, i):
                return Change(0, True, i)
            if token.kind == "amount" or (token.kind == "mark" and token.text not in '"“”,-–'):
                break
            if token.low == "up" and i > lead and self.tokens[i - 1].low in ("make", "makes", "made", "making"):
                break
            adverbial = self.lex.language == "en" and token.low in ("more", "less", "fewer", "better", "over", "larger")
            if (
                (self._direction(token.low)
                and not adverbial
                and token.low not in ("über", "unter", "plus", "moins", "mehr", "weniger"))
                or (token.low in ("plus", "minus")
                and self.lex.language == "de")
            ):
                return Change(self._phrase_direction(i), False, i)
            if token.low not in self.fillers and token.low not in self.qualifiers and token.tag != "adv":
                break
        return Change()

    def _phrase_direction(self, i: int) -> int:
        """German `ging ... zurück`, `legte ... zu`: the prefix behind the number decides; here the verb."""
        low = self.tokens[i].low
        return self._direction(low)

    def _cue_before(self, lead: int, i: int) -> bool:
        return any(self._direction(t.low) for t in self.tokens[max(lead, i - 6) : i]) or True

    def right(self, at: int, end: int) -> Change:
        """The cue behind a number: `percent more than`, `a 6.5 percent increase`."""
        for i in range(at + 1, min(end, at + 1 + RIGHT_REACH)):
            token = self.tokens[i]
            if token.kind == "period":
                continue
            if token.kind != "word":
                break
            direction = self._direction(token.low)
            if direction and not (token.low in ("over", "über", "up", "down", "plus", "zu", "in") and i > at + 1):
                if self.lex.language == "de" and token.low in ("unter", "über") and not self._compares(i):
                    break
                return Change(direction, False, i, True)
            if token.tag not in ("adv", "noun") or token.low in ("share", "stake", "points") or i > at + 3:
                break
        return Change()

    def _compares(self, i: int) -> bool:
        return i + 1 < len(self.tokens) and (
            self.tokens[i + 1].kind == "period" or self.tokens[i + 1].low in ("dem", "den", "vorjahr")
        )

    def difference(self, lead: int, at: int) -> Change:
        """A change that is itself an amount: `a decrease of $57.4 billion`, `rose by 1,200`."""
        direct = False
        for i in range(at - 1, max(lead, at - 6) - 1, -1):
            token = self.tokens[i]
            if token.low in DIRECT or token.low in self.qualifiers:
                direct = direct or token.low in ("by", "of", "um", "von", "de", "d")
                continue
            direction = self._direction(token.low)
            return Change(direction, False, i) if direction and direct and token.low not in NO_DIFFERENCE else Change()
        return Change()
