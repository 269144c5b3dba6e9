"""Labels of counts: `foreign-funded projects added to the database`."""

from typing import TYPE_CHECKING

from knowledge.ledger.draft import Draft
from knowledge.ledger.phrases import QUOTES
from knowledge.ledger.tokens import Token

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

AUXILIARY = frozenset(
    "is are was were be been being has have had will would can could should may might must planned expected set due "
    "projected likely wurden wurde sind ist werden worden wollen will soll sollen kann können hat haben hatte hatten "
    "ont été sont est a a sera seront devrait devraient gewesen était étaient".split()
)
DULL_VERBS = frozenset(
    "reached reach totaled totalled totaling totalling hit including saw seen stood reported numbered has have "
    "had up down account accounts follow follows followed following lead leads led climb climbs rise rises fall falls "
    "grow grows continue continues remain remains become became revised corrected updated restated adjusted amended "
    "counted compared make makes adding "
    "amounted came put made recorded stayed remained exceeded worth said according estimated accounted accounting rose "
    "fell grew increased decreased declined dropped jumped climbed surged exceeding representing erreichten "
    "erreichte betrug beträgt betrugen belief lag lagen stieg stiegen sank "
    "sanken atteint atteignent élève élèvent ressort ressortent atteint entfielen machten verzeichnete "
    "verzeichneten zählte meldete "
    "meldeten draws expects "
    "comes come gave gives stands amounts totals climbed slipped reaches arrived is to "
    "élevées élevé élevés élevée établi établie établis reculé progressé augmenté bondi baissé diminué "
    "représentent représente atteignait établit summieren entstehen reçoit".split()
)
ENDED = frozenset("ended ends closed closes finished concluded opened began".split())  # with so many
MOTION = frozenset("came come went go left leave arrived attended flocked gathered travelled traveled".split())
TRAILING = frozenset(("prep", "conj", "det", "adv", "pron"))
ENDERS = frozenset("up down while but which that who when if whereas worth totalling totaling amounting".split())
LONGEST_STRETCH, LONGEST_PREDICATE = 110, 12
PARTICIPLES = ("ed", "en", "won", "held", "built", "made", "né", "és", "ées")


class Counting:
    """Finds what is counted, and the verb that says what was done with it."""

    def __init__(self, sentence: "Sentence") -> None:
        self.s = sentence
        self.tokens, self.phrases = sentence.tokens, sentence.phrases

    def label(self, draft: Draft, lead: int, at: int, right: int) -> str:
        """`foreign-funded projects added to the database`: the noun, what was done with it, and where."""
        stop = at + 1 + self._noun_run(draft, at)
        run = self.predicate(stop, right)
        verb = self.done(lead, at) or self._passive(stop)
        if verb is not None:
            draft.dimensions.setdefault("action", verb.low)
        listed = self._listed(lead)
        if listed:
            draft.dimensions.setdefault("part", listed)
        if not run:
            done = verb.low if verb is not None and verb.low.endswith(PARTICIPLES) else ""
            return " ".join(filter(None, (draft.noun, done)))
        start = self.s.text.find(draft.noun, draft.amount.end) if draft.noun else run[0].start
        return self.stretch(start, run[-1].end, stop, right) or f"{draft.noun} {self.phrases.printed(run)}"

    def _listed(self, lead: int) -> str:
        """`Software and IT: 27 projects`: what stands in front of a colon, unless it is a statement."""
        if not lead or self.tokens[lead - 1].text != ":" or lead > 9:
            return ""
        if any(t.tag == "verb" for t in self.tokens[: lead - 1]):
            return ""
        part = self.phrases.printed([t for t in self.tokens[: lead - 1] if t.kind == "word"])
        return part if part != self.s.context.area else ""

    def stretch(self, start: int, end: int, low: int, high: int) -> str:
        """The published words from start to end, "" where a period stands among them or they are too many."""
        if (
            any(t.kind == "period" and start < t.start < end for t in self.tokens[low:high])
            or end - start > LONGEST_STRETCH
        ):
            return ""
        return " ".join(QUOTES.sub(" ", self.s.text[start:end]).split())

    def done(self, lead: int, at: int) -> Token | None:
        """The verb in front of a number that says what was done: added, signed, created."""
        for token in reversed(self.tokens[lead:at]):
            if token.kind != "word" or token.tag in ("det", "adv", "prep") or token.low in self.phrases.qualifiers:
                continue
            ended = token.low in ENDED and any(t.low == "with" for t in self.tokens[lead:at])
            telling = not ended and token.tag == "verb" and token.low not in AUXILIARY and token.low not in DULL_VERBS
            return token if telling else None
        return None

    def done_behind(self, at: int) -> Token | None:
        """The verb that ends a German clause: `wollen 2 Milliarden Euro investieren`."""
        if self.s.lex.language != "de":
            return None
        end = next((i for i in range(at + 1, len(self.tokens)) if self.tokens[i].kind in ("mark", "amount")), at)
        last = next((t for t in reversed(self.tokens[at + 1 : end]) if t.low not in AUXILIARY), None)
        return last if last is not None and last.tag == "verb" and last.low not in DULL_VERBS else None

    def _passive(self, start: int) -> Token | None:
        """`88 projects worth ... were signed`: the participle behind an auxiliary further on."""
        for i in range(start + 1, len(self.tokens)):
            token = self.tokens[i]
            if token.text in ";" or token.tag == "conj":
                return None
            back = 2 if self.tokens[i - 1].tag == "adv" else 1
            if token.tag == "verb" and self.tokens[i - back].low in ("was", "were", "been", "are", "wurden", "été"):
                return token if token.low not in AUXILIARY | DULL_VERBS else None
        return None

    def _noun_run(self, draft: Draft, at: int) -> int:
        end = draft.amount.end
        limit = self.s.text.find(draft.noun, end) + len(draft.noun) if draft.noun else end
        return sum(1 for t in self.tokens[at + 1 : at + 24] if t.end <= limit)

    def predicate(self, start: int, right: int, moving: bool = False, keep: bool = False) -> list[Token]:
        """What follows a counted noun: `landed`, `were newly added`; `moving`: `came from abroad`, too.

        `keep`: with the name of the number behind, `with a registered capital of`.
        """
        run: list[Token] = []
        relative = start < right and self.tokens[start].low in ("that", "which", "who")
        for token in self.tokens[start + relative : right]:
            if relative and run and token.tag == "verb" and any(t.tag == "noun" for t in run):
                break
            if (
                not (moving or relative or self._left(token))
                and token.low in MOTION
                and (not run or all(t.low in AUXILIARY for t in run))
            ):
                return []
            if token.kind == "amount" or (token.kind == "mark" and token.text not in "'\"“”"):
                break
            if (token.low in ENDERS and not self._set_up(token, run)) or len(run) >= LONGEST_PREDICATE:
                break
            if token.tag == "conj" and self._opens(token):
                break
            if token.kind == "period":
                while run and run[-1].tag == "prep":
                    run.pop()
                continue
            run.append(token)
        cut = next((i for i in range(1, len(run)) if self._empty(run[i:])), len(run))
        run = run[:cut] if keep else self._without_next(run[:cut], right)
        while run and (run[-1].tag in TRAILING or run[-1].low in AUXILIARY or run[-1].kind == "mark"):
            run.pop()
        return run

    def _without_next(self, run: list[Token], right: int) -> list[Token]:
        """A predicate without the name of the next number: `projects landed with agreed investment of 3 billion`."""
        ahead, told = self.tokens[right : right + 1], run
        while run and run[-1].low in self.phrases.qualifiers and run[-1].low != "of":
            run = run[:-1]
        if not run or not ahead or ahead[0].kind != "amount" or run[-1].low != "of" or run[-1].end > ahead[0].start:
            return told
        cut = next((i for i in range(len(run) - 1, -1, -1) if run[i].low == "with"), len(run))
        named = run[cut + 1 : -1]
        return run[:cut] if named and all(t.tag in ("noun", "det", "part", "adv") for t in named) else told

    def _left(self, token: Token) -> bool:
        """`left the country`: a verb of motion with an object, of which the origin says nothing."""
        after = next((t for t in self.tokens if t.start >= token.end), None)
        return token.low in ("left", "leave") and after is not None and after.tag == "det"

    def bare(self, run: list[Token]) -> str:
        """A predicate as printed, its auxiliaries left out: `were newly set up` is `newly set up`."""
        kept = [t for i, t in enumerate(run) if t.low not in AUXILIARY or (t.low == "set" and run[i + 1 : i + 2] and i)]
        return self.phrases.printed(kept)

    def _set_up(self, token: Token, run: list[Token]) -> bool:
        return token.low == "up" and bool(run) and run[-1].low == "set"

    def _empty(self, run: list[Token]) -> bool:
        """`with a total of`: a preposition and a word that only leads to the next number."""
        return run[0].tag == "prep" and len(run) > 1 and self.phrases.generic(self.phrases.printed(run[1:]))

    def _opens(self, token: Token) -> bool:
        """Whether `and` begins another statement: `to`, an article, a verb or the name of the next number follows."""
        following = next((i for i, t in enumerate(self.tokens) if t.start >= token.end), None)
        if following is None or self.phrases.elliptic(following):
            return following is not None
        after = self.tokens[following]
        return after.low == "to" or after.tag in ("verb", "det", "amount", "prep")
