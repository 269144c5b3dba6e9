"""Labels of a sentence with spaces: what each number is of, in the published words where they stand together."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
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
    "had up down "
    "amounted came put made recorded stayed remained exceeded worth said according estimated accounted accounting rose "
    "fell grew increased decreased declined dropped jumped climbed surged exceeding representing erreichten "
    "erreichte betrug beträgt betrugen belief lag lagen stieg stiegen sank "
    "sanken atteint atteignent élève élèvent ressort ressortent atteint entfielen machten verzeichnete "
    "verzeichneten zählte meldete "
    "meldeten draws expects "
    "comes come gave gives stands amounts totals climbed slipped reaches arrived is to "
    "représentent représente atteignait établit summieren entstehen reçoit".split()
)
MOTION = frozenset("came come went go left leave arrived attended flocked gathered travelled traveled".split())
TRAILING = frozenset(("prep", "conj", "det", "adv", "pron"))
ENDERS = frozenset("up down while but which that who when if whereas worth".split())
OF_THEM = re.compile(r"^(?:of|from|among) (?:them|these|those|which)\s?|^(?:them|these|those|which)\b\s?")
THESE = re.compile(r"\b(?:these|those)\s(?:[a-z-]+\s){0,2}?(?P<noun>[a-z]{3,}s)\b")
LONGEST_STRETCH, LONGEST_PREDICATE = 110, 12
PARTICIPLES = ("ed", "en", "won", "held", "built", "made", "né", "és", "ées")
AGAINST = frozenset("from than against versus contre gegenüber von als".split())
BACKWARD = frozenset(
    "its their it they them these those this which deren dessen ihr ihre sie davon darunter dont ses sa son ils "
    "elles ces".split()
)
SHARE_OF = {"en": " share of ", "de": ", Anteil an ", "fr": ", part de "}
TOTAL = re.compile(
    r"^(?:the |its |all |das |der |le |la )?(?:whole |national |overall |city's |annual |full )?(?:totals?|"
    r"gesamtsumme|ensemble)$"
    r"|^all$|^them$|^these$|^it$|^the whole$|^du total$|^total$",
    re.IGNORECASE,
)
RATES = frozenset("rate ratio share proportion quote taux part anteil anteile shares".split())
RATE_TAILS = ("quote", "rate", "anteil")
CHANGES = (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE)
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
OF = frozenset("of der des de d d' du davon von".split())
INTO = frozenset("in into to from for an en à aus für".split())


class Names:
    """Names the drafts of one sentence; later ones inherit from earlier ones."""

    def __init__(self, sentence: "Sentence") -> None:
        self.s = sentence
        self.tokens, self.phrases, self.lex = sentence.tokens, sentence.phrases, sentence.lex

    def name(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        """Set the label, and the subject and action around it as dimensions."""
        own = self._own(n, lead, at)
        near = [t.low for t in self.tokens[max(lead, at - 4) : at] if t.tag not in ("det", "adv") and t.kind == "word"]
        draft.compared = (
            bool(self.s.drafts) and (self._compared(lead, at) or (near[-1:] and near[-1] in AGAINST)) is True
        )
        complement = self.phrases.after(at + 1, right)
        if draft.amount.kind == "count":
            label = self._counted(draft, lead, at, right)
        elif draft.kind is ChangeKind.SHARE:
            label = self._share(own, complement, at, right)
        elif draft.kind is ChangeKind.RANK:
            label = self._rank(own, complement)
        elif draft.kind in CHANGES:
            label = self._growth(draft, own, lead, at, right)
        else:
            label = self._level(draft, own, complement, lead, at, right)
        label = "" if label and not any(c.isalpha() for c in label) else label
        draft.label = (
            label or self.inherited() or self.phrases.printed([t for t in self.tokens if t.kind == "word"][:8])
        )
        self._subject(draft, at)
        self._context(draft, lead, at)

    def _context(self, draft: Draft, lead: int, at: int) -> None:
        """What the words refer back to: `its output`, `of these`; the measure of a part that is named alone."""
        state, known = self.s.state, self.s.context.catalogue.match_indicator(draft.label, self.lex.language)
        words = self.tokens[lead:at] if self.s.drafts else self.tokens[:at]
        if state.topic and state.topic not in draft.label and any(t.low in BACKWARD for t in words):
            draft.dimensions.setdefault("of", state.topic)
        if known is not None and draft.kind not in (ChangeKind.SHARE, ChangeKind.RANK):
            state.measure = draft.label
        elif known is None and state.measure and len(draft.label.split()) <= 4 and state.measure not in draft.label:
            draft.dimensions.setdefault("measure", state.measure)
        if state.section and state.section.casefold() not in draft.label.casefold():
            draft.dimensions.setdefault("section", state.section)

    # -- phrases around the number --------------------------------------------------------------------------------

    def _content(self, phrase: str) -> str:
        return phrase if self.phrases.content(phrase) else ""

    def _own(self, n: int, lead: int, at: int) -> str:
        """The noun phrase in front of the number; for the first number of a sentence, however far in front."""
        own = self._content(self.phrases.before(lead, at)[0])
        if own and n and lead == self.s.at[n - 1] + 1 and self._through(n):
            own = self._content(self.phrases.before(self.s.lead(n - 1), at, through=True)[0]) or own
        if not own and lead and self.tokens[lead - 1].text == "(":
            own = self._before_parenthesis(lead)
        if (not own or self.phrases.generic(own)) and lead and not n and not self.phrases.blocked:
            stop = lead - 1 if self.tokens[lead - 1].kind == "mark" else lead
            further = self._content(self.phrases.before(0, stop)[0])
            if further and not self.phrases.vague(further) and not self.phrases.generic(further):
                return (
                    f"{own} of {further}"
                    if own and self.lex.language == "en" and not self.phrases.vague(own)
                    else further
                )
        return "" if self.phrases.vague(own) else own

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
        return self._content(self.phrases.before(joints[-1] if joints else low, end)[0])

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
        return "" if known is not None and known.kind else self._content(phrase)

    def _subject(self, draft: Draft, at: int) -> None:
        """Who or what the sentence is about, where the label does not say it."""
        reporting = self.lex.words("roles", "reporting")
        told = max((i + 1 for i in range(at) if self.tokens[i].low in reporting), default=0)
        verb = next((i for i in range(told, at) if self.tokens[i].tag == "verb" and i), None)
        if verb is None:
            return
        phrase = self.phrases.before(told, verb + 1)[0]
        words = phrase.split()
        if not self._content(phrase) or phrase.casefold() in draft.label.casefold() or len(words) > LONGEST_PREDICATE:
            return
        if not any(w.casefold() in reporting for w in words):
            draft.dimensions.setdefault("subject", phrase)

    # -- counts -----------------------------------------------------------------------------------------------------

    def _counted(self, draft: Draft, lead: int, at: int, right: int) -> str:
        """`foreign-funded projects added to the database`: the noun, what was done with it, and where."""
        stop = at + 1 + self._noun_run(draft, at)
        run = self._predicate(stop, right)
        verb = self._done(lead, at) or self._passive(stop)
        if verb is not None:
            draft.dimensions.setdefault("action", verb.low)
        listed = self._listed(lead)
        if listed:
            draft.dimensions.setdefault("part", listed)
        if not run:
            done = verb.low if verb is not None and verb.low.endswith(PARTICIPLES) else ""
            return " ".join(filter(None, (draft.noun, done)))
        start = self.s.text.find(draft.noun, draft.amount.end) if draft.noun else run[0].start
        return self._stretch(start, run[-1].end, stop, right) or f"{draft.noun} {self.phrases.printed(run)}"

    def _listed(self, lead: int) -> str:
        """`Software and IT: 27 projects`: what stands in front of a colon."""
        if not lead or self.tokens[lead - 1].text != ":" or lead > 9:
            return ""
        return self.phrases.printed([t for t in self.tokens[: lead - 1] if t.kind == "word"])

    def _stretch(self, start: int, end: int, low: int, high: int) -> str:
        """The published words from start to end, "" where a period stands among them or they are too many."""
        if (
            any(t.kind == "period" and start < t.start < end for t in self.tokens[low:high])
            or end - start > LONGEST_STRETCH
        ):
            return ""
        return QUOTES.sub(" ", self.s.text[start:end]).strip()

    def _done(self, lead: int, at: int) -> Token | None:
        """The verb in front of a number that says what was done: added, signed, created."""
        for token in reversed(self.tokens[lead:at]):
            if token.kind != "word" or token.tag in ("det", "adv", "prep") or token.low in self.phrases.qualifiers:
                continue
            telling = token.tag == "verb" and token.low not in AUXILIARY and token.low not in DULL_VERBS
            return token if telling else None
        return None

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

    def _predicate(self, start: int, right: int) -> list[Token]:
        """What follows a counted noun: `landed`, `were newly added`, `of multinational companies`."""
        run: list[Token] = []
        for token in self.tokens[start:right]:
            if token.low in MOTION and (not run or all(t.low in AUXILIARY for t in run)):
                return []
            if token.kind == "amount" or (token.kind == "mark" and token.text not in "'\"“”"):
                break
            if token.low in ENDERS or len(run) >= LONGEST_PREDICATE:
                break
            if token.tag == "conj" and self._opens(token):
                break
            if token.kind != "period":
                run.append(token)
        cut = next((i for i in range(1, len(run)) if self._empty(run[i:])), len(run))
        run = run[:cut]
        while run and (run[-1].tag in TRAILING or run[-1].low in AUXILIARY or run[-1].kind == "mark"):
            run.pop()
        return run

    def _empty(self, run: list[Token]) -> bool:
        """`with a total of`: a preposition and a word that only leads to the next number."""
        return run[0].tag == "prep" and len(run) > 1 and self.phrases.generic(self.phrases.printed(run[1:]))

    def _opens(self, token: Token) -> bool:
        """Whether `and` begins another statement: `to`, an article or a verb follows."""
        after = next((t for t in self.tokens if t.start >= token.end), None)
        return after is not None and (after.low == "to" or after.tag in ("verb", "det", "amount", "prep"))

    # -- shares, ranks, growth ----------------------------------------------------------------------------------------

    def _share(self, own: str, complement: str, at: int, right: int) -> str:
        whole = "" if TOTAL.match(complement) else complement
        rate = any(w.casefold() in RATES or w.casefold().endswith(RATE_TAILS) for w in own.split())
        if rate and own and not whole:
            return own
        levels = [d for d in self.s.drafts if d.kind in LEVELS]
        subject = own or (levels[-1].label if levels else self.s.subject)
        if not self.s.share_of(at, right):
            if own and complement and not levels:
                return f"{own} {complement}"
            if self.s.whole and own and not complement:
                return f"{own}{SHARE_OF[self.lex.language]}{self.s.whole}"
            return f"{subject}, {complement}" if subject and complement else subject or complement
        self.s.sharer = own or self.s.sharer
        subject = subject or self.s.sharer
        if not subject and whole:
            run = self._predicate(at + 2, right)
            return (self._stretch(run[0].start, run[-1].end, at + 1, right) if run else "") or whole
        if not whole and levels and levels[-1].label != subject:
            whole = levels[-1].label
        elif not whole and (self._is_area(own) or not levels):
            whole = self.s.state.label if self.s.state.label not in subject else ""
        self.s.whole = whole or self.s.whole
        return f"{subject}{SHARE_OF[self.lex.language]}{whole}" if whole and subject else subject

    def _rank(self, own: str, complement: str) -> str:
        area = self.s.context.catalogue.match_area(own) if own and len(own.split()) < 4 else None
        subject = "" if area is not None else own
        levels = [d.label for d in self.s.drafts if d.label]
        subject = subject or (levels[-1] if levels else "")
        behind = "" if self._is_area(complement) and len(complement.split()) < 4 else self._content(complement)
        said = ", ".join(filter(None, (subject, behind)))
        return said or next((a.noun for a in self.s.amounts if a.noun), "") or own

    def _growth(self, draft: Draft, own: str, lead: int, at: int, right: int) -> str:
        levels = [d for d in self.s.drafts if d.kind is not ChangeKind.RANK and not d.compared]
        if own and self.phrases.generic(own) and levels:
            own = ""
        if own and levels and self._compared(lead, at):
            return f"{levels[-1].label}, {own}"
        if own:
            return own
        cue = self.s.changes.right(at, right)
        if cue.right and cue.index + 1 < len(self.tokens):
            behind = self.phrases.after(cue.index + 1, right)
            if self._content(behind) and self.tokens[cue.index + 1].low in OF | INTO | {"bei"}:
                draft.relates = behind
                marks = [i + 1 for i in range(at) if self.tokens[i].kind == "amount"]
                before = self._content(self.phrases.before(max(marks, default=0), at)[0])
                return f"{before} {behind}".strip()
        if levels:
            last = levels[-1]
            nested = last.parent is not None and last.amount.kind in ("percent", "points")
            draft.parent = last.parent if nested else last
            return last.label
        return self.inherited()

    def _compared(self, lead: int, at: int) -> bool:
        return any(t.low in ("against", "than", "versus", "gegenüber", "contre") for t in self.tokens[lead : lead + 2])

    # -- levels --------------------------------------------------------------------------------------------------

    def _level(self, draft: Draft, own: str, complement: str, lead: int, at: int, right: int) -> str:
        follows = self.tokens[at + 1].low if at + 1 < right else ""
        behind = self.tokens[at + 2].kind if at + 2 < right else ""
        last_count = next((d for d in reversed(self.s.drafts) if d.amount.kind in ("count", "number")), None)
        said = self._content(complement) if behind != "period" else ""
        near = [t.low for t in self.tokens[max(lead, at - 4) : at] if t.tag not in ("det", "adv") and t.kind == "word"]
        if self._compared(lead, at) or (
            self.s.drafts and near[-1:] and near[-1] in ("from", "than", "against", "von", "als")
        ):
            return self.inherited()
        if said and (follows in OF or follows.startswith("d'")):
            return said
        if said and follows in INTO and self._is_area(own):
            draft.dimensions.setdefault("subject", own)
            return said
        if draft.amount.kind == "number" and not own and self._done(lead, at) is not None:
            verb = self._done(lead, at)
            draft.dimensions.setdefault("action", verb.low if verb else "")
            return f"{verb.text if verb else ''} {complement}".strip()
        own = own.rsplit(" mit ", 1)[-1] if self.lex.language == "de" else own
        if own and draft.amount.kind == "number" and last_count is not None and self._is_area(own):
            named = next((d.noun for d in reversed(self.s.drafts) if d.noun), last_count.label)
            return f"{named}, {own}"
        if own and not self.phrases.generic(own):
            return self._with_verb(draft, own, said if follows in INTO else "", follows, lead, at)
        last = self.s.drafts[-1] if self.s.drafts else None
        if not own and last is not None and last.label and near[-1:] and near[-1] in ("to", "auf"):
            return last.label
        if (
            not own
            and last is not None
            and last.amount.kind == draft.amount.kind
            and near[-1:]
            and near[-1] in ("to", "auf", "à", "with", "and")
        ):
            return last.label
        if not own:
            run = self._predicate(at + 1, right)
            if run and run[0].tag == "verb":
                return self.phrases.printed([t for t in run if t.low not in AUXILIARY])
        if not own and draft.amount.kind == "number":
            run = self._predicate(at + 1, right)
            if run:
                noun = self._noun_before() or self.s.subject
                if run[0].low in ("from", "aus") and noun:
                    return noun
                plain = OF_THEM.sub("", self.phrases.printed([t for t in run if t.low not in AUXILIARY]))
                return " ".join(filter(None, (noun, plain)))
        parent = next((d for d in reversed(self.s.drafts) if d.amount.kind in ("count", "number", "money")), None)
        if parent is not None and "action" in parent.dimensions:
            draft.dimensions.setdefault("action", parent.dimensions["action"])
        base = parent.label if parent is not None else self.s.subject
        if not base and own and self.lex.language == "en":
            base = self.s.state.label
        if not base and not own:
            return self.s.state.measure
        if not base:
            return own
        if self.lex.language != "en":
            return f"{own} {base}".strip()
        return f"{own or ('investment' if draft.amount.kind == 'money' else 'number')} of {base}"

    def _noun_before(self) -> str:
        """The noun that the sentence counted last."""
        said = next((d.noun for d in reversed(self.s.drafts) if d.noun), "")
        these = THESE.search(self.s.text)
        return said or (these["noun"] if these else "")

    def _is_area(self, phrase: str) -> bool:
        area = self.s.context.catalogue.match_area(phrase) if phrase and len(phrase.split()) < 5 else None
        return area is not None

    def _with_verb(self, draft: Draft, own: str, said: str, follows: str, lead: int, at: int) -> str:
        """`Foreign companies invested`, `centers put into R&D`: the verb belongs to what is measured."""
        verb = self._done(lead, at)
        if verb is None or draft.amount.kind != "money":
            return own
        draft.dimensions.setdefault("action", verb.low)
        found = self.s.text.rfind(own, 0, verb.start)
        stretch = (
            self.s.text[found : verb.end] if found >= 0 and verb.end - found < LONGEST_STRETCH else f"{own} {verb.text}"
        )
        plain = " ".join(QUOTES.sub(" ", stretch).split())
        return f"{plain} {follows} {said}" if said else plain
