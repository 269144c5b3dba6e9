"""Labels of a sentence with spaces: what each number is of, in the published words where they stand together."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.counting import LONGEST_PREDICATE, Counting
from knowledge.ledger.draft import Draft
from knowledge.ledger.measuring import Measuring
from knowledge.ledger.ranking import ranked
from knowledge.ledger.tokens import BEING
from knowledge.reading.qualifiers import before
from knowledge.reading.verbs import forms

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

PUBLISHED = re.compile(
    r"(?:first|originally|initially|previously|earlier)?\s?"
    r"(?:published|announced|reported|given|stated|estimated|released|revised|corrected)?",
    re.IGNORECASE,
)
AGAINST = frozenset("from than against above below versus contre gegenüber von als".split())
BACKWARD = frozenset(
    "its their it they them these those this which deren dessen ihr ihre sie davon darunter dont ses sa son ils "
    "elles ces".split()
)
NUMBERING = re.compile(  # foreign-funded projects are to number 360
    r"(?:^|[,;:]\s)(?:the\s|its\s|their\s)?(?P<what>[^,;:]{4,60}?)\s"
    r"(?:(?:are|is|were|was|have|had|will|would|should|now|to)\s){0,3}number(?:ed|s)?\s$",
    re.IGNORECASE,
)
PUT_AT = re.compile(  # `data put the investment used by the city at`
    r"\b(?:puts?|places?d?|estimat(?:es?|ed)) (?:the |its |their )?(?P<what>[^,;:()\d]{4,70}?) at"
    r"(?: (?:about|around|some|over|more than|nearly|almost|roughly|approximately))?\s$"
)
TOLD_FIRST = re.compile(r"^(?:For|As for|In terms of|Regarding|As regards) (?P<what>[a-z][^,\d]{3,60}), ")
AHEAD = re.compile(r"^(?:ahead of|followed by|trailed by|next to)\s(?:the\s)?")
SUMMED = frozenset("sum figure amount result count number total".split())
MEASURES = frozenset(
    "tonnes tons units boxes teus hectares metres meters kilometres kilometers megawatts gigawatts kilowatts barrels "
    "litres liters square-metres acres".split()
)
LEVEL_VERBS = frozenset("reached reaches totalled totaled totals hit exceeded amounted covers covered".split())
OTHERS = frozenset(("other", "others", "remaining", "rest"))
LONGEST_ANTECEDENT = 6  # words
OUTCOME = BEING | frozenset(  # verbs whose `which` is what was said, no thing
    "puts put brings brought takes took raises raised lifts lifted means meant makes made keeps kept gives gave leaves "
    "left places placed corresponds equals".split()
)
DURATIONS = frozenset("days weeks months hours minutes day week month hour minute".split())
EMPTY = frozenset("plan target goal figure amount total number value sum objective aim result level".split())
CHANGES = (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE)


PARALLEL = re.compile(
    r"(?:(?:and|while|but|whereas)\s)?(?P<joint>in)\s(?P<what>(?:the\s)?[A-Za-z][^,;.()\d]{2,40}?)\s"
    r"(?:(?:it\s)?(?:was|were|rose|fell|grew|reached|came to|dropped|increased|decreased)\s)?(?:by\s|to\s|at\s)?"
)


class Names:
    """Names the drafts of one sentence; later ones inherit from earlier ones."""

    def __init__(self, sentence: "Sentence") -> None:
        self.s = sentence
        self.tokens, self.phrases, self.lex = sentence.tokens, sentence.phrases, sentence.lex
        self.counting = Counting(sentence)
        self.measuring = Measuring(self)

    def name(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        """Set the label, and the subject and action around it as dimensions."""
        own = self._own(n, lead, at)
        against = self.measuring.compared(lead, at) or self.held_against(self.near(lead, at))
        draft.compared = bool(self.s.drafts) and against
        complement = self.phrases.after(at + 1, right)
        measured = draft.amount.kind == "count" and own != "" and own.casefold() not in forms(self.lex)
        lasts = measured and draft.noun.split()[-1] in DURATIONS
        if lasts or (measured and self._measured(draft, lead, at)):
            label = f"{own}, {draft.noun}"
        elif draft.amount.kind == "count":
            label = self.counting.label(draft, lead, at, right)
        elif draft.kind is ChangeKind.SHARE:
            label = self.measuring.share(own, complement, at, right)
        elif draft.kind is ChangeKind.RANK:
            label = ranked(self.s, own, complement)
        elif draft.kind in CHANGES:
            label = self.measuring.growth(draft, own, lead, at, right)
        else:
            label = self.measuring.averaged(self.measuring.level(draft, own, complement, lead, at, right))
        label = "" if label and not any(c.isalpha() for c in label) else label
        draft.label = (
            label or self.inherited() or self.phrases.printed([t for t in self.tokens if t.kind == "word"][:8])
        )
        if draft.compared and "action" in self.s.drafts[-1].dimensions and draft.unit == self.s.drafts[-1].unit:
            draft.dimensions.setdefault("action", self.s.drafts[-1].dimensions["action"])
        draft.label = self._parallel(draft, lead, at) or draft.label
        self._subject(draft, at)
        self._context(draft, lead, at)

    def _parallel(self, draft: Draft, lead: int, at: int) -> str:
        """`Investment in services was 20 billion; in manufacturing 80 billion`: the head of the label before holds."""
        said = PARALLEL.fullmatch(self.s.text, self.tokens[lead].start, self.tokens[at].start)
        if said is None or draft.kind in (ChangeKind.SHARE, ChangeKind.RANK) or draft.amount.kind == "count":
            return ""
        joint = f" {said['joint'].casefold()} "
        heads = (d.label.partition(joint)[0] for d in reversed(self.s.drafts) if joint in d.label)
        head = next((h for h in heads if h), "")
        own = draft.label.casefold() in said["what"].casefold() or draft.label == self.s.drafts[-1].label
        return f"{head}{joint}{said['what']}" if head and own else ""

    def _context(self, draft: Draft, lead: int, at: int) -> None:
        """What the words refer back to: `its output`, `of these`; the measure of a part that is named alone."""
        state, known = self.s.state, self.s.context.catalogue.match_indicator(draft.label, self.lex.language)
        words = self.tokens[lead:at] if self.s.drafts else self.tokens[:at]
        if state.topic and state.topic not in draft.label and any(t.low in BACKWARD for t in words):
            draft.dimensions.setdefault("of", state.topic)
        counted = {"money": "money", "count": "count", "number": "count"}.get(draft.amount.kind, "")
        measure = state.measures.get(counted, "") if counted else state.measure
        if known is not None and draft.kind not in (ChangeKind.SHARE, ChangeKind.RANK):
            state.measure = state.measures[known.unit] = draft.label
        elif known is None and measure and len(draft.label.split()) <= 4 and measure not in draft.label:
            draft.dimensions.setdefault("measure", measure)
        if state.section and state.section.casefold() not in draft.label.casefold():
            draft.dimensions.setdefault("section", state.section)

    def elliptic(self, n: int) -> bool:
        """Whether a joint and a noun alone stand between number n and the one before it: `and imports 8 percent`."""
        gap = self.tokens[self.s.at[n - 1] + 1 : self.s.at[n]] if n else ()
        joints = [i for i, t in enumerate(gap) if t.low in ("and", "while", "but", ",", ";")]
        said = gap[joints[-1] + 1 :] if joints else ()
        nouns = [t for t in said if t.tag == "noun" and t.kind == "word"]
        return bool(nouns) and all(t.tag in ("noun", "det", "part", "adv", "period") for t in said)

    def _measured(self, draft: Draft, lead: int, at: int) -> bool:
        """Whether a count is how much of its subject there is: `bulk cargo rose to 18 million tonnes`."""
        unit = draft.noun.split()[-1].casefold() if draft.noun else ""
        led = [t for t in self.tokens[lead:at] if t.tag == "verb" or t.low in ("to", "at")]
        return unit in MEASURES and bool(led) and (led[-1].low in ("to", "at", *BEING) or led[-1].low in LEVEL_VERBS)

    def moved(self, lead: int, at: int) -> bool:
        """Whether a verb of change leads to `from`, and what changed stands in front of it."""
        words = [i for i in range(lead, at) if self.tokens[i].low == "from"]
        before = self.tokens[words[-1] - 1] if words and words[-1] > lead else None
        return before is not None and before.tag == "verb" and before.low not in ("up", "down")

    def near(self, lead: int, at: int) -> list[str]:
        """The small words directly in front of a number, articles, adverbs and qualifiers left out."""
        start = self.tokens[at].start
        own = before(self.s.text, start, self.lex)[1] if self.s.amounts[self.tokens[at].index].qualifier else start
        at -= sum(1 for t in self.tokens[lead:at] if t.start >= own)
        words = [t for t in self.tokens[max(lead, at - 4) : at] if t.kind == "word" and t.tag not in ("det", "adv")]
        return [t.low for t in words if not (t.tag in ("part", "verb") and t.low in self.phrases.qualifiers)]

    def held_against(self, near: list[str]) -> bool:
        """Whether a number is what another is held against: `from 120`, `a rise of 5 percent over the 120`."""
        last = near[-1] if near else ""
        return last in AGAINST or (last == "over" and self.s.drafts[-1:] != [] and self.s.drafts[-1].kind in CHANGES)

    # -- phrases around the number --------------------------------------------------------------------------------

    def _own(self, n: int, lead: int, at: int) -> str:
        """The noun phrase in front of the number; for the first number of a sentence, however far in front."""
        front = self.s.text[: self.tokens[at].start]
        if told := PUT_AT.search(front) or NUMBERING.search(front):
            return told["what"].strip(" ,")
        own = AHEAD.sub("", self.phrases.said(self.phrases.before(lead, at)[0]))
        first = TOLD_FIRST.match(self.s.text)
        spoken = self.s.before if self.s.amounts[self.tokens[at].index].kind == "money" else self.s.counted
        summed = own.casefold() in SUMMED and self.tokens[lead].low in ("the", "this", "that")
        if summed and spoken is not None and not any(d.unit == spoken.unit for d in self.s.drafts):
            return spoken.label
        if first and not n and (not own or own.split()[-1].casefold() in EMPTY):
            return first["what"]
        if own.casefold() in OTHERS and (verb := next((i for i in range(lead, at) if self.tokens[i].tag == "verb"), 0)):
            return self.phrases.said(self.phrases.before(lead, verb)[0])  # the islands shared the other 12
        if not own and n and (apart := self._apart(n, lead, at)):
            return apart
        if own and n and lead == self.s.at[n - 1] + 1 and self._through(n):
            own = self.phrases.said(self.phrases.before(self.s.lead(n - 1), at, through=True)[0]) or own
        if not own and lead and self.tokens[lead - 1].text == "(":
            own = self._before_parenthesis(lead)
        if (not own or self.phrases.generic(own)) and lead and not n and not self.phrases.blocked:
            stop = lead - 1 if self.tokens[lead - 1].kind == "mark" else lead
            further = self.phrases.said(self.phrases.before(0, stop)[0])
            if self._predicate(further, stop):
                return self.grammatical()
            if further and not self.phrases.vague(further) and not self.phrases.generic(further):
                return (
                    f"{own} of {further}"
                    if own and self.lex.language == "en" and not self.phrases.vague(own)
                    else further
                )
        if own and PUBLISHED.fullmatch(own):
            return self.grammatical()
        return "" if self.phrases.vague(own) else own

    def _apart(self, n: int, lead: int, at: int) -> str:
        """The subject in front of an aside: `industrial investment, a part of it, was 14.2 billion yuan`."""
        if self.tokens[lead - 1].text != "," or lead >= at or self.tokens[lead].tag != "verb":
            return ""
        low = self.s.at[n - 1] + 1
        commas = [i for i in range(low, lead - 1) if self.tokens[i].text in ",;"]
        if not commas or any(t.tag == "verb" for t in self.tokens[commas[-1] : lead]):
            return ""
        begins = next((i + 1 for i in reversed(commas[:-1])), low)
        return self.phrases.said(self.phrases.before(begins, commas[-1])[0])

    def _predicate(self, phrase: str, stop: int) -> bool:
        """`Capital spending was stronger:`: one word behind a form of to be says how the subject was."""
        verb = self.tokens[stop - 2].low if stop > 1 else ""
        return bool(phrase) and " " not in phrase and verb in BEING and self.tokens[stop - 1].text == phrase

    def _through(self, n: int) -> bool:
        """A count inside the subject: `total investment in the 63 projects is`."""
        at = self.s.at[n - 1]
        words = [t for t in self.tokens[max(0, at - 3) : at] if t.tag not in ("det", "adv")]
        return self.s.drafts[n - 1].amount.kind == "count" and bool(words) and words[-1].tag == "prep"

    def _before_parenthesis(self, lead: int) -> str:
        end = lead - 1
        if end and self.tokens[end - 1].kind == "amount":
            return ""
        marks = [i + 1 for i in range(end) if self.tokens[i].kind == "amount" or self.tokens[i].text in ",;"]
        low = max(marks, default=0)
        joints = [i + 1 for i in range(low, end) if self.tokens[i].low in ("and", "und", "et")]
        return AHEAD.sub("", self.phrases.said(self.phrases.before(joints[-1] if joints else low, end)[0]))

    def inherited(self) -> str:
        """The subject of the sentence so far, else its grammatical subject, else what was spoken of last."""
        if self.s.subject:
            return self.s.subject
        levels = [d for d in self.s.drafts if d.label]
        return levels[-1].label if levels else self.grammatical() or self.s.state.label

    def grammatical(self) -> str:
        """The noun phrase in front of the first verb."""
        verb = next((i for i, t in enumerate(self.tokens) if t.tag == "verb" and i), None)
        if verb is None:
            return ""
        phrase = self.phrases.before(0, verb + 1)[0]
        known = self.s.context.catalogue.match_area(phrase) if len(phrase.split()) < 5 else None
        return "" if known is not None and known.kind else self.phrases.said(phrase)

    def subject_near(self, draft: Draft) -> str:
        """The noun phrase in front of the verb that leads to a number: `, real estate was second with`."""
        at = next(i for i, t in enumerate(self.tokens) if t.start >= draft.amount.start)
        low = max(
            (i + 1 for i in range(at) if self.tokens[i].kind == "amount" or self.tokens[i].text in ",;:("), default=0
        )
        verb = next((i for i in range(low, at) if self.tokens[i].tag == "verb" and i), None)
        return "" if verb is None else self.phrases.said(self.phrases.before(low, verb + 1)[0])

    def _antecedent(self, draft: Draft, at: int) -> str:
        """What `which` stands for in front of a verb and a number: `a section of the zone, which used 208 million`."""
        low = max((i + 1 for i in range(at) if self.tokens[i].kind == "amount"), default=0)
        which = next((i for i in range(at - 1, low, -1) if self.tokens[i].low == "which"), 0)
        between = self.tokens[which + 1 : at]
        if not which or self.tokens[which - 1].text != "," or not any(t.tag == "verb" for t in between[:2]):
            return ""
        if draft.amount.kind not in ("money", "count") or any(t.kind == "mark" or t.low in OUTCOME for t in between):
            return ""
        found = self.phrases.said(self.phrases.before(low, which - 1)[0])
        return found if 0 < len(found.split()) <= LONGEST_ANTECEDENT and "," not in found else ""

    def _subject(self, draft: Draft, at: int) -> None:
        """Who or what the sentence is about, where the label does not say it."""
        reporting = self.lex.words("roles", "reporting")
        told = max((i + 1 for i in range(at) if self.tokens[i].low in reporting), default=0)
        if of_which := self._antecedent(draft, at):
            draft.dimensions.setdefault("subject", of_which)
            return
        verb = next((i for i in range(told, at) if self.tokens[i].tag == "verb" and i), None)
        if verb is None:
            return
        phrase = self.phrases.before(told, verb + 1)[0]
        words = phrase.split()
        if (
            not self.phrases.said(phrase)
            or phrase.casefold() in draft.label.casefold()
            or len(words) > LONGEST_PREDICATE
        ):
            return
        if not any(w.casefold() in reporting for w in words):
            draft.dimensions.setdefault("subject", phrase)
