"""Cues of change around a number: growth, fall, a new level, a difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ledger.tokens import PHRASAL, Token
from knowledge.reading import qualifiers
from knowledge.reading.words import Lexicon

RIGHT_REACH = 6
LEFT_REACH = 12
DIRECT = frozenset("by of um von de d d' a an the some another further ein eine einem einen une un".split())
BY = frozenset("by um".split())
FINAL_LEADS = frozenset(("um", "auf", "mit"))
PERCENT = ("Prozent", "%")
CHANGE_BY = frozenset("by of um von de d d'".split())
# words of quantity that also compare; on their own they change nothing
NO_DIFFERENCE = frozenset(
    "more less fewer over über unter plus moins lost gained gain cut shed zu better larger greater up higher "
    "lower above below faster slower ahead mehr "
    "weniger expanded".split()
)
MOVED = frozenset(("up", "higher", "lower", "larger"))  # by an amount
ADVERBIAL = frozenset(
    "more less fewer better faster slower ahead over above below larger über unter plus moins mehr weniger".split()
)
LATE = frozenset("over über up down plus zu in".split())
NOT_QUALIFYING = frozenset("short of shy close up in region the a an at as no not to from".split())


@dataclass(frozen=True, slots=True)
class Change:
    """Direction (1, -1, 0 for none) and whether the words give a level instead (`rose to`, `up from`)."""

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
        self.qualifiers = qualifiers.words(lex) - NOT_QUALIFYING

    def _says(self, i: int) -> int:
        """What the word at i says; investment that was contracted has not contracted."""
        token = self.tokens[i]
        return 0 if token.low == "contracted" and token.tag != "verb" else self.direction(token.low)

    def direction(self, low: str) -> int:
        """What a word says on its own: 1 up, -1 down, 0 neither."""
        return 1 if low in self.up else -1 if low in self.down else 0

    def left(self, lead: int, at: int) -> Change:
        """The cue in front of a number: `an increase of`, `rose by`, `down`."""
        for i in range(at - 1, max(lead, at - LEFT_REACH) - 1, -1):
            token = self.tokens[i]
            if token.kind == "period":
                continue
            if token.low in self.to:
                return Change(0, True, i)
            if token.kind == "amount" or (token.kind == "mark" and token.text not in '"“”,-–'):
                break
            if token.low == "up" and i > lead and self.tokens[i - 1].low in PHRASAL:
                break
            if i >= at - 3 and (token.low in BY or (token.low == "mit" and self.tokens[at].text.endswith(PERCENT))):
                apart = i == lead and i > 0 and self.tokens[i - 1].text == ","  # fell for the third year, by
                return self._by(0 if apart else lead, i)
            signed = self.lex.language == "de" and token.low in ("plus", "minus")
            if signed or (self._says(i) and token.low not in ADVERBIAL):
                return Change(self._cue(i), False, i)
            if token.low not in self.fillers and token.low not in self.qualifiers and token.tag != "adv":
                break
        return Change()

    def _by(self, lead: int, at: int) -> Change:
        """`declined in most sectors by`: the nearest verb of change in front of it decides; German prefixes behind."""
        for i in range(at - 1, lead - 1, -1):
            low = self.tokens[i].low
            if self.tokens[i].kind == "amount":
                break
            if self._says(i) and (low not in ADVERBIAL or low in ("über", "unter")):
                return Change(self._cue(i), False, i)
        return Change()

    def final(self, lead: int, at: int) -> Change:
        """A German clause that ends in its verb: `ist um 9 Prozent auf 48 gesunken`, `um 21 Prozent verringerte`."""
        near = [t.low for t in self.tokens[max(lead, at - 3) : at]]
        if self.lex.language != "de" or not any(low in FINAL_LEADS for low in near):
            return Change()
        for i in range(at + 1, len(self.tokens)):
            token = self.tokens[i]
            if token.kind == "mark" or token.tag == "conj":
                break
            if token.tag == "verb" and self.direction(token.low):
                return Change(self.direction(token.low), False, i)
        return Change()

    def _cue(self, i: int) -> int:
        """What the word at i says; the particle at the end of its clause decides: `nahm um 3 Prozent ab`."""
        particles = self.lex.table("separable").get(self.tokens[i].low, {})
        if particles:
            for token in self.tokens[i + 1 :]:
                if token.text in (".", ";", ",") and token.kind == "mark":
                    break
                if token.low in particles:
                    return int(particles[token.low])
        return self._says(i)

    def right(self, at: int, end: int) -> Change:
        """The cue behind a number: `percent more than`, `a 6.5 percent increase`."""
        for i in range(at + 1, min(end, at + 1 + RIGHT_REACH)):
            token = self.tokens[i]
            if token.kind == "period":
                continue
            if token.kind != "word":
                break
            direction = self._says(i)
            quantity = i == at + 2 and self.tokens[at + 1].low == "de"  # `7 % de moins`
            if direction and (quantity or not (token.low in LATE and i > at + 1)):
                if not quantity and token.low in ("unter", "über", "plus", "moins") and not self._compares(i):
                    break
                return Change(direction, False, i, True)
            if token.low == "de" and i == at + 1:
                continue
            if token.tag not in ("adv", "noun") or token.low in ("share", "stake", "points") or i > at + 3:
                break
        return Change()

    def _compares(self, i: int) -> bool:
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return after is not None and (after.kind == "period" or after.low in ("dem", "den", "vorjahr", "que", "qu'"))

    def difference(self, lead: int, at: int) -> Change:
        """A change that is itself an amount: `a decrease of $57.4 billion`, `rose by 1,200`."""
        direct = False
        for i in range(at - 1, max(lead, at - 6) - 1, -1):
            token = self.tokens[i]
            if token.low in DIRECT or token.low in self.qualifiers:
                direct = direct or token.low in CHANGE_BY
                continue
            direction = self.direction(token.low)
            plain = token.low not in NO_DIFFERENCE or (token.low in MOVED and self.tokens[i + 1].low in BY)
            return Change(direction, False, i) if direction and direct and plain else Change()
        return Change()
