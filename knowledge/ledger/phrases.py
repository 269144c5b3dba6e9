"""Noun phrases of a tagged sentence: what a number is about."""

import re
from collections.abc import Sequence

from knowledge.ledger.tokens import Token
from knowledge.reading import qualifiers
from knowledge.reading.words import Lexicon

OPENERS = frozenset("which who where whose that qui dont wobei wovon".split())
SUBJECTS = frozenset("it they we he she".split())
TRAILING = ("prep", "conj", "det", "adv", "pron")
LEADING = ("det", "conj", "prep", "adv", "pron")
QUOTES = re.compile(r"[\"“”„«»「」]")
MOVES = frozenset("increase rise grow climb fall drop jump decline decrease surge gain expand".split())
GOAL = re.compile(
    r"^(?:(?:annual|yearly|full-year)\s)?(?:goals?|targets?|objectives?|aims?|plans?)\s(?:for|of|on)?\s?(?:the\s|new\s(?=new))?(?=\w)",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r",?\s(?:on the other hand|however|meanwhile|in turn|for example|by contrast|of course|hingegen|dagegen)(?=,|$)",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"^equal$|^(?:provisional|preliminary)$|"
    r"^(?:L['’]|l['’])?objectif$|^Ziel$|^(?:[\w-]+ ){0,2}[\w-]+['’]s (?:annual |yearly )?(?:target|goal)s?$|"
    r"^(?:remaining|others?|rest|übrigen|restlichen|weiteren|autres|larger|smaller|minus|donc)$|"
    r"^(?:set |sets )?(?:a |an |the )?(?:new |annual |full-year )?(?:target|goal|objective)s?$|"
    r"^(?:a |an |the )?(?:record|new|historic|high|low|higher|lower|all-time|similar|same|previous|current|"
    r"such)?\s?(?:level|high|low|record|figure|peak|mark|amount)s?$",
    re.IGNORECASE,
)
LONGEST_NAME = 4  # words
OF_YEAR = re.compile(
    r"\s(?:for|in|of|over|during|across)\s(?:the\s)?(?:(?:whole|full|entire|current)\s?(?:of\s(?:the\s)?)?)?"
    r"(?:(?:financial|fiscal)\s)?year$",
    re.IGNORECASE,
)
NAMING = frozenset("region north south minimum maximum".split())  # the Ore Region, the North
BREAKS = frozenset(";:()[]—–|•")


class Phrases:
    """Finds noun phrases by their place to a number; returns printed text, periods left out."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.text, self.tokens, self.lex = text, tokens, lex
        self.blocked = False  # whether the phrase last looked for lies behind a relative clause's opener
        self.changes = lex.words("roles", "change_nouns")
        self.keep = lex.words("grammar", "keep")
        self.qualifiers = qualifiers.words(lex) - NAMING

    def printed(self, run: Sequence[Token]) -> str:
        """The words of a run as printed, without its periods and the prepositions that led to them."""
        parts: list[Token] = []
        for token in run:
            if token.kind in ("period", "amount") or (token.kind == "mark" and token.text in "[]"):
                while parts and parts[-1].tag == "prep":
                    parts.pop()
                continue
            parts.append(token)
        while parts and parts[-1].tag in ("prep", "conj", "det"):
            parts.pop()
        out, last = "", None
        for token in parts:
            if last is not None:
                gap = self.text[last.end : token.start]
                out += gap if len(gap) <= 1 else " "
            out += token.text
            last = token
        out = ASIDE.sub("", out.rstrip(" ,"))
        plain = " ".join(QUOTES.sub(" ", out).split()).strip(" ,.;:–—-'’")
        plain = OF_YEAR.sub("", plain)
        return GOAL.sub("", plain) or plain

    def _bare_end(self, low: int, high: int) -> tuple[int, bool]:
        """Where the phrase in front of `high` ends, verbs and small words taken off; and whether a verb was."""
        verb = False
        while high > low:
            token = self.tokens[high - 1]
            if verb and token.low in SUBJECTS and token.tag == "pron":
                return low, verb  # what is spoken of was named before
            if token.kind == "period":
                high -= 1
            elif (
                token.tag == "verb"
                or (token.low in MOVES and self.tokens[high : high + 1] and self.tokens[high].low in ("to", "by"))
                or self._finite(low, high)
            ):
                verb, high = True, high - 1
            elif (
                token.kind == "word"
                and (token.tag in TRAILING or token.low in self.qualifiers)
                and token.low not in self.keep
            ) or (token.kind == "mark" and token.text in ",(\"“”'"):
                high -= 1
            else:
                break
        return high, verb

    def _finite(self, low: int, high: int) -> bool:
        """A French form that could be a noun, behind a noun and in front of `de`: `l'investissement chute de`."""
        if high - 2 < low or self.tokens[high - 1].low not in self.lex.words("grammar", "not_verbs"):
            return False
        before, after = self.tokens[high - 2], self.tokens[high : high + 1]
        return before.tag == "noun" and before.low not in self.changes and bool(after) and after[0].low == "de"

    def before(self, low: int, high: int, through: bool = False) -> tuple[str, bool]:
        """(noun phrase, whether a verb stands between it and the number) in tokens low..high, nearest to high."""
        end, verb = self._bare_end(low, high)
        self.blocked = any(t.low in OPENERS and t.tag in ("conj", "det", "pron") for t in self.tokens[end:high])
        if self.blocked:
            return "", verb
        start = end
        while start > low:
            token = self.tokens[start - 1]
            if token.text == ")" and self._abbreviation(start - 1):
                start -= 3
                continue
            if (token.kind == "amount" and not through) or (token.kind == "mark" and token.text in BREAKS):
                break
            if token.tag == "verb" and not self._reduced(start - 1, verb) and not self._infinitive(start - 1, low):
                break
            if token.low in SUBJECTS and token.tag == "pron":
                break
            if token.low in ("that", "which", "who", "dass", "qui") and token.tag == "conj":
                told = any(t.tag == "noun" and t.kind == "word" for t in self.tokens[start:end])
                if told or start == end or start - 2 < low or self.tokens[start - 2].tag != "noun":
                    break
            start -= 1
        return self.printed(self._led(self._intro(start, end), end)), verb

    def _abbreviation(self, index: int) -> bool:
        """A short name in parentheses inside a phrase: `research and development (R&D) centers`."""
        return index >= 2 and self.tokens[index - 2].text == "(" and self.tokens[index - 1].text.isupper()

    def _infinitive(self, index: int, low: int) -> bool:
        """`expenditures to establish new businesses`, `jobs to be created`: an infinitive behind its noun."""
        if index - 3 >= low and self.tokens[index - 1].low == "be" and self.tokens[index - 2].low == "to":
            return self.tokens[index - 3].tag == "noun" and self.tokens[index].low.endswith(("ed", "en", "t"))
        if index - 2 < low or self.tokens[index - 1].low != "to" or self.tokens[index].low.endswith(("ed", "ing")):
            return False
        return self.tokens[index - 2].tag == "noun" and self.tokens[index - 2].kind == "word"

    def _reduced(self, index: int, verb: bool) -> bool:
        """A participle inside a noun phrase: `foreign investment utilized by the city came to`."""
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        before = self.tokens[index - 1] if index else None
        participle = self.tokens[index].low.endswith(
            ("ed", "ing", "en", "won", "held", "made", "built")
        ) and self.tokens[index].low not in ("been", "has", "was")
        follows = after is not None and after.tag in ("prep", "adv", "period")
        return (
            verb
            and participle
            and follows
            and before is not None
            and ((before.tag in ("noun", "adv") and before.kind == "word") or before.text == ")")
        )

    def _intro(self, start: int, end: int) -> int:
        """Past an introduction: the last comma in front of which only a preposition phrase stands."""
        first = start
        while first < end and self.tokens[first].kind == "mark":
            first += 1
        commas = [i for i in range(first, end) if self.tokens[i].text == ","]
        if not commas or first >= end:
            return first
        opener = self.tokens[first]
        if opener.tag in ("prep", "adv", "conj", "period") or opener.kind == "period" or opener.low.endswith("ing"):
            cut = commas[0] + 1
            rest = self._intro(cut, end)
            return rest if rest < end else first
        return first

    def _led(self, start: int, end: int) -> Sequence[Token]:
        while start < end:
            token = self.tokens[start]
            if (
                token.kind in ("period", "amount")
                or (token.kind == "mark" and token.text not in '“"')
                or (token.tag in LEADING and token.low not in self.keep)
            ):
                start += 1
            else:
                break
        return self.tokens[start:end]

    def after(self, low: int, high: int, over_verbs: bool = False) -> str:
        """The complement behind a number: up to the next break, number or verb."""
        end = low
        while end < high:
            token = self.tokens[end]
            if token.kind == "amount" or (token.kind == "mark" and token.text in ",.;:()–—|" and token.text != "'"):
                break
            if token.tag == "verb" and not over_verbs:
                break
            if token.tag == "conj" and (
                token.low not in ("and", "und", "et", "or") or self._new_part(end) or self._leads(end, high)
            ):
                break
            end += 1
        return self.printed(self._led(low, end))

    def _new_part(self, index: int) -> bool:
        """Whether `and` begins another statement: an article, a verb or a number follows."""
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if self.elliptic(index + 1):
            return True
        prep = self.lex.language != "en" and after is not None and after.tag == "prep"
        led = next((t for t in self.tokens[index + 1 :] if t.low not in self.qualifiers), None)
        counted = led is not None and led.kind == "amount"
        return after is not None and (after.tag in ("det", "verb") or counted or prep)

    def _leads(self, index: int, high: int) -> bool:
        """Whether the words behind `and` are those of the next number: `of the total and tourism for 9 percent`."""
        following = self.tokens[high] if high < len(self.tokens) else None
        if following is None or following.kind != "amount" or high - index > 6:
            return False
        return self.tokens[high - 1].tag == "prep" and self.tokens[high - 1].low in ("for", "with", "by", "auf", "mit")

    def elliptic(self, start: int) -> bool:
        """Whether nothing but a noun stands between here and a number: `and Tangier 22 percent`, `and services 9`."""
        named = False
        for token in self.tokens[start : start + LONGEST_NAME + 3]:
            if token.kind == "amount":
                return named
            if token.kind != "word" or not (token.tag in ("noun", "det", "part") or token.low in self.qualifiers):
                return False
            named = named or token.tag == "noun"
        return False

    def content(self, phrase: str) -> bool:
        """Whether a phrase says more than that something changed."""
        words = [w.strip(".,'’").casefold() for w in phrase.split()]
        closed = (
            self.lex.words("grammar", "prepositions")
            | self.lex.words("grammar", "determiners")
            | self.lex.words("grammar", "pronouns")
        )
        return any(
            w and w not in self.changes and w not in closed and w not in self.qualifiers and w[0].isalnum()
            for w in words
        )

    def said(self, phrase: str) -> str:
        """The phrase, "" where it only says that something changed."""
        return phrase if self.content(phrase) else ""

    def vague(self, phrase: str) -> bool:
        """Whether a phrase names a level and nothing else: `a high level`, `record high`."""
        return bool(VAGUE.match(phrase))

    def generic(self, phrase: str) -> bool:
        """Whether a phrase needs the subject to be understood: `total value`, `investment`."""
        words = [w.strip(",.").casefold() for w in phrase.split()]
        small = self.lex.words("grammar", "determiners")
        core = " ".join(w for w in words if w not in small)
        return core in self.lex.words("roles", "generic")
