"""A sentence as tokens with their part in it: enough grammar to find a subject, a verb and a noun phrase."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.reading.spans import Amount, Period
from knowledge.reading.verbs import forms
from knowledge.reading.words import Lexicon

PIECES = r"[^\W_](?:[\w&'’./-]*[^\W_])?(?:\.(?=[A-Z]\.))?|[^\w\s]"
ELISIONS = r"(?:[LlDdNnSsCcJjMmTt]|[Qq]u)['’](?=\w)|"
PIECE = re.compile(PIECES)
FRENCH = re.compile(ELISIONS + PIECES)
MEASURES = frozenset("total combined actual new average annual overall aggregate gross net initial additional".split())
ACTIVE = frozenset(
    "representing totaling totalling involving including reaching exceeding covering accounting creating bringing "
    "attracting "
    "generating employing raising making taking using supporting spending investing receiving reporting hitting "
    "surpassing according drawing adding".split()
)
COUNTS = frozenset("total totals number numbers share".split())  # projects now total 1,241
NO_PARTICIPLES = frozenset(
    "hundred indeed need speed seed feed breed weed united limited unlimited unprecedented exceed proceed succeed "
    "skilled unskilled talented sacred wicked naked aged shed sled bed red led".split()
)
PHRASAL = frozenset(
    "set sets put puts make makes made making add adds added take takes took bring brings".split()
)  # ... up
INDEFINITE = frozenset("a an its their".split())
STRONG_SUFFIXES = ("ed", "ing")
BARE_PARTICIPLES = frozenset("put set cut shed hit".split())  # verbs behind a form of to be
CALENDAR = frozenset("jahr jahre jahres jahren année années".split())  # in front of a year: a part of the period
HAVING = frozenset("has have had".split())
BEING = frozenset("is are was were be been being".split())
FINITE = re.compile(r"(?:[^aeiou]te|ten|[^aeiou]t|et|[^aeiou]en)$")  # of German verbs
BEHIND_VERBS = frozenset("und oder sowie wurde wurden werden hat haben hatte hatten ist sind war waren".split())
ATTRIBUTE = ("e", "en", "er", "es", "em")  # of German adjectives


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: word | amount | period | mark. `tag` of a word: noun verb part det prep conj adv pron."""

    kind: str
    start: int
    end: int
    text: str
    low: str
    tag: str = "noun"
    index: int = -1  # of the amount or period


def _pieces(text: str, amounts: Sequence[Amount], periods: Sequence[Period], piece: re.Pattern[str]) -> list[Token]:
    spans = sorted(
        [(a.start, a.end, "amount", i) for i, a in enumerate(amounts)]
        + [(p.start, p.end, "period", i) for i, p in enumerate(periods)]
    )
    out: list[Token] = []
    pos = 0
    for start, end, kind, index in [*spans, (len(text), len(text), "", -1)]:
        for match in piece.finditer(text, pos, max(pos, start)):
            word = match.group()
            out.append(
                Token(
                    "word" if word[0].isalnum() else "mark",
                    match.start(),
                    match.end(),
                    word,
                    word.casefold().replace("’", "'"),
                )
            )
        if kind and start >= pos:
            out.append(Token(kind, start, end, text[start:end], text[start:end].casefold(), kind, index))
        pos = max(pos, end)
    return out


class Tagger:
    """Tags the words of one language by its tables."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.verbs = forms(lex)
        self.sets = [
            (tag, lex.words("grammar", name))
            for tag, name in (
                ("det", "determiners"),
                ("prep", "prepositions"),
                ("conj", "conjunctions"),
                ("adv", "adverbs"),
                ("pron", "pronouns"),
            )
        ]
        self.not_verbs = lex.words("grammar", "not_verbs")
        self.strong = frozenset(w.casefold() for w in lex.table("verbs", "forms"))

    def tag(
        self,
        text: str,
        amounts: Sequence[Amount],
        periods: Sequence[Period],
        names: Sequence[tuple[int, int]] = (),
    ) -> list[Token]:
        """Tokens in order; words inside `names`, wordings of the catalogue, are nouns whatever they look like."""
        tokens = _pieces(text, amounts, periods, FRENCH if self.lex.language == "fr" else PIECE)
        out: list[Token] = []
        for i, token in enumerate(tokens):
            if token.kind != "word":
                out.append(token)
                continue
            inside = any(start <= token.start and token.end <= end for start, end in names)
            dated = token.low in CALENDAR and i + 1 < len(tokens) and tokens[i + 1].kind == "period"
            tag = (
                "prep"
                if dated
                else "noun"
                if inside and not self.closed(token.low)
                else self._tag(token, out[-1] if out else None, tokens[i + 1] if i + 1 < len(tokens) else None)
            )
            out.append(Token(token.kind, token.start, token.end, token.text, token.low, tag))
        return out

    def closed(self, low: str) -> str:
        """The closed class of a word, "" for an open one."""
        return next((tag for tag, words in self.sets if low in words), "")

    def _tag(self, token: Token, before: Token | None, after: Token | None) -> str:
        low = token.low
        closed = self.closed(low)
        if self.lex.language != "en":
            german = self.lex.language == "de" and not closed and _german_verb(token, before, after)
            return "verb" if german else self._simple(token, closed, after)
        if low == "use" and before is not None and before.low in ("actual", "actually"):
            return "noun"
        if low in ("up", "down") or (low in BARE_PARTICIPLES and before is not None and before.low in BEING | HAVING):
            return "verb"
        if closed:
            return closed
        if low in self.strong and low not in self.not_verbs:
            return "part" if self._premodifies(low, before, after) else "verb"
        particle = after.low if after is not None else ""
        if self._finite(low, before, after) or (low in PHRASAL and particle == "up"):
            return "verb"
        if low == "account" and particle == "for":
            return "verb"
        if low.endswith("ed") and len(low) > 4 and low not in NO_PARTICIPLES and low.isalpha():
            return "part" if self._premodifies(low, before, after) else "verb"
        if low not in self.verbs:
            return (
                "adv"
                if low.endswith("ly") and low not in ("family", "supply", "monthly", "assembly", "italy", "july")
                else "noun"
            )
        if low.endswith(STRONG_SUFFIXES) and low not in self.not_verbs:
            return "part" if self._premodifies(low, before, after) else "verb"
        return "verb" if self._weak(low, before, after) else "noun"

    def _finite(self, low: str, before: Token | None, after: Token | None) -> bool:
        """A form in -s behind a joint and in front of its object: `brings together 15 agencies and clears an offer`."""
        joined = before is not None and before.low in ("and", "but", "which", "that", "who")
        led = after is not None and after.low in INDEFINITE
        plain = before is not None and before.low == "and" and after is not None and after.low in ("the", *INDEFINITE)
        if plain and not low.endswith("s") and low.isalpha() and low not in self.not_verbs and not self.closed(low):
            return True  # and shorten the approval
        return joined and led and low.endswith("s") and not low.endswith(("ss", "us"))

    def _simple(self, token: Token, closed: str, after: Token | None) -> str:
        if token.low in self.verbs and token.low not in self.lex.words("grammar", "not_verbs"):
            if self.lex.language == "de" and token.text[0].isupper() and token.start > 0:
                return closed or "noun"
            return "verb"
        return closed or "noun"

    def _premodifies(self, low: str, before: Token | None, after: Token | None) -> bool:
        """Whether a participle stands in front of its noun: `newly established enterprises`, `an expected "
        "investment`."""
        if not low.endswith((*STRONG_SUFFIXES, "en", "n")) or after is None or after.kind != "word":
            return False
        if before is not None and before.tag == "det" and before.low != "that":
            return True
        follows = self.closed(after.low)
        if follows or (after.low in self.verbs and after.low not in self.not_verbs and after.low.endswith("ed")):
            return False
        if low in ACTIVE:
            return False
        if before is not None and before.low in MEASURES:
            return True
        if low.endswith("ing") or before is None or before.kind in ("amount", "mark"):
            return True
        return before.tag in ("det", "prep", "conj", "part") or (
            before.tag == "adv" and before.low in ("newly", "actually", "recently", "already")
        )

    def _weak(self, low: str, before: Token | None, after: Token | None) -> bool:
        """Whether a base or -s form is the verb here: between a noun and a number, a determiner or a preposition."""
        if low in COUNTS and before is not None and after is not None and after.kind == "amount":
            return before.tag == "adv" or before.kind == "period" or before.low.endswith("s")
        if low in self.not_verbs or before is None or after is None or before.kind == "mark":
            return False
        if before.tag in ("det", "prep", "part"):
            return before.low == "to" and low + "s" not in self.not_verbs
        if before.tag == "pron" and before.low not in ("that", "which", "all", "some", "most"):
            return True
        return after.kind == "amount" or self.closed(after.low) in ("det", "prep", "adv")


def _german_verb(token: Token, before: Token | None, after: Token | None) -> bool:
    """A German word in small letters with the ending of a verb, in front of no noun: `34 Firmen exportierten 3 Mio.`"""
    if not token.text[0].islower() or before is None or not FINITE.search(token.low):
        return False
    if after is None or after.kind == "mark" or after.low in BEHIND_VERBS:
        return before.tag != "det"
    noun = after.kind == "word" and (after.text[0].isupper() or after.low.endswith(ATTRIBUTE))
    return not noun and before.tag in ("noun", "period", "amount") and token.low.endswith(("te", "ten"))


@lru_cache(maxsize=8)
def tagger(lex: Lexicon) -> Tagger:
    """The tagger of a language, made once."""
    return Tagger(lex)
