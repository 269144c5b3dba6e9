"""Labels of shares, ranks, changes and levels, in the published words where they stand together."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.counting import AUXILIARY, LONGEST_STRETCH, MOTION
from knowledge.ledger.draft import Draft
from knowledge.ledger.memory import measures
from knowledge.ledger.phrases import QUOTES

if TYPE_CHECKING:
    from knowledge.ledger.naming import Names

OF_THEM = re.compile(r"^(?:of|from|among) (?:them|these|those|which)\s?|^(?:them|these|those|which)\b\s?")
THESE = re.compile(r"\b(?:these|those)\s(?:[a-z-]+\s){0,2}?(?P<noun>[a-z]{3,}s)\b")
NUMBER_OF = re.compile(r"^(?:the )?(?:number|nombre|anzahl|zahl) (?:of |de |des |d['’]|der )", re.IGNORECASE)
MONEY_NOUN = re.compile(r"value|worth|invest|amount|volume|cost|capital|wert|valeur|montant|summe", re.IGNORECASE)
SHARE_OF = {"en": " share of ", "de": ", Anteil an ", "fr": ", part de "}
TOTAL = re.compile(
    r"^(?:the |its |all |das |der |le |la )?(?:whole |national |overall |city's |annual |full )?(?:totals?|"
    r"gesamtsumme|ensemble)$"
    r"|^all$|^them$|^these$|^it$|^the whole$|^du total$|^total$",
    re.IGNORECASE,
)
PER = re.compile(r"\s*(?P<per>Je|Pro|Par|Per) (?P<noun>[^\W\d]+)")
BARE = frozenset("number figure count total amount nombre chiffre zahl wert".split())
RATES = frozenset("rate ratio share proportion quote taux part anteil anteile shares".split())
RATE_TAILS = ("quote", "rate", "anteil")
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
INSTITUTIONS = frozenset(
    "agency ministry board committee council bureau government authority authorities administration commission "
    "department office chamber bank institute organisers organizers authors analysts economists".split()
)
EXPECTING = frozenset(
    "expects expect expected forecasts forecast predicts targets targeted aims aimed plans planned hopes seeks wants "
    "set sets anticipates projects estimates envisages aiming targeting hoping looking look looks seeking budgeting "
    "budgets budgeted foresees plans".split()
)
SPENDING = frozenset("spend spending invest investing expenditure".split())  # on what tells them apart
AIMLESS = frozenset("itself themselves goal goals target targets aim aims objective objectives plan plans".split())
LEADER = re.compile(
    r"^(?:(?:by far|single|the|its|their|second|third)\s)*(?:leading|largest|biggest|main|top|principal|"
    r"most important|foremost|strongest)\s(?:\w+\s){0,2}?(?:country|countries|sources?|investors?|sectors?|markets?|"
    r"origin|destinations?|partners?|contributors?|recipients?|regions?|economy|economies|source|industry|lenders?|buyers?)\b",
    re.IGNORECASE,
)
YIELDING = frozenset("contribute contributes contributed generate generates generated yield yields yielded".split())
PARTS = frozenset("counterpart industry part district company".split())  # dimensions of what is no whole
DONE = ("ed", "won", "drew", "built", "sold", "held", "brought", "lost")
WANTING = frozenset(
    "want wants expect expects aim aims seek seeks target targets plan plans hope hopes need needs".split()
)
BACK = re.compile(r"\W*(?:That|This|It|They|These)\b")
TOTALS = frozenset("sum total amount whole this that it these them money".split())
GOALS = frozenset("target goal objective aim".split())
COMPARING = frozenset("against than versus compared gegenüber contre".split())
OF = frozenset("of der des de d d' du davon von".split())
INTO = frozenset("in into to from for an en à aus für".split())

AIMED = re.compile(  # the agency had aimed for 80
    r"\b(?:aim(?:ed|s)|planned|hop(?:ed|es)|target(?:ed|s)|budgeted|set out)"
    r"(?: (?:for|at|to (?:win|attract|bring in)))?(?: (?:about|around|at least|over|more than))?\s$"
)


class Measuring:
    """Finds what a number measures; what the words leave open is taken from those before."""

    def __init__(self, names: "Names") -> None:
        self.names, self.s, self.counting = names, names.s, names.counting
        self.tokens, self.phrases, self.lex = names.tokens, names.phrases, names.lex

    def share(self, own: str, complement: str, at: int, right: int) -> str:
        """What is shared, and the whole where it is named."""
        whole = "" if TOTAL.match(complement) else complement
        told = own.split()
        while len(told) > 1 and told[-1].casefold() in self.lex.words("roles", "share") - RATES:
            told.pop()
        own = " ".join(told)
        rate = any(w.casefold() in RATES or w.casefold().endswith(RATE_TAILS) for w in own.split())
        if rate and own and not whole:
            return own
        levels = [d for d in self.s.drafts if d.kind in LEVELS]
        subject = own or (levels[-1].label if levels else self.s.subject)
        if not self.s.kinds.share_of(at, right):
            if not own and not complement and subject:
                run = self.counting.predicate(at + 1, right, moving=True)
                said = self.phrases.printed([t for t in run if t.low not in AUXILIARY | MOTION])
                return f"{subject} {said}".strip()
            if own and complement and not levels:
                return f"{own} {complement}"
            if self.s.whole and own and not complement:
                return f"{own}{SHARE_OF[self.lex.language]}{self.s.whole}"
            return f"{subject}, {complement}" if subject and complement else subject or complement
        if not subject and complement and BACK.match(self.s.text) and self.s.before is not None:
            subject = self.s.before.label  # that is 45 percent of the annual target
        self.s.sharer = own or self.s.sharer
        subject = subject or self.s.sharer
        if not subject and whole:
            run = self.counting.predicate(at + 2, right)
            return (self.counting.stretch(run[0].start, run[-1].end, at + 1, right) if run else "") or whole
        if not whole and levels and levels[-1].label != subject:
            whole = levels[-1].label
        elif not whole and (self._is_area(own) or not levels):
            whole = self.s.state.label if self.s.state.label not in subject else ""
        self.s.whole = whole or self.s.whole
        return f"{subject}{SHARE_OF[self.lex.language]}{whole}" if whole and subject else subject

    def growth(self, draft: Draft, own: str, lead: int, at: int, right: int) -> str:
        """What has changed: named, else the level before it."""
        levels = [d for d in self.s.drafts if d.kind is not ChangeKind.RANK and not d.compared]
        if own and self.phrases.generic(own):
            if levels and (valued := self._valued(own, levels[-1])):
                return valued
            bare = own.casefold() in BARE  # `the number is 17 percent higher`
            own = "" if levels else (self.s.state.label if bare else "") or own
        if own and levels and self.compared(lead, at):
            return f"{levels[-1].label}, {own}"
        behind = self._risen(draft, lead, at, right, known=own)
        if behind or own:
            return behind or own
        if levels:
            last = levels[-1]
            nested = last.parent is not None and last.amount.kind in ("percent", "points")
            draft.parent = last.parent if nested else last
            return last.label
        return self.names.inherited()

    def _valued(self, own: str, last: Draft) -> str:
        """`the number of firms was higher and their investment lower`: the money of what was counted before."""
        counted = last.amount.kind in ("count", "number") or NUMBER_OF.match(last.label)
        if not counted or not MONEY_NOUN.search(own):
            return ""
        return f"{own}{' of' if self.lex.language == 'en' else ''} {NUMBER_OF.sub('', last.label)}"

    def _risen(self, draft: Draft, lead: int, at: int, right: int, known: str) -> str:
        """`a 24 percent rise in the number of firms`: what is behind the change, where no measure stands in front."""
        if known and self.s.context.catalogue.match_indicator(known, self.lex.language) is not None:
            return ""
        cue = self.s.changes.right(at, right)
        if not cue.right or cue.index + 1 >= len(self.tokens):
            return ""
        behind = self.phrases.said(self.phrases.after(cue.index + 1, right))
        if not behind or self._is_area(behind) or self.tokens[cue.index + 1].low not in OF | INTO | {"bei"}:
            return ""
        if known and self.s.context.catalogue.match_indicator(behind, self.lex.language) is None:
            return ""
        draft.relates = behind
        marks = [i + 1 for i in range(at) if self.tokens[i].kind == "amount"]
        before = "" if known else self.phrases.said(self.phrases.before(max([lead, *marks]), at)[0])
        return f"{before} {behind}".strip()

    def compared(self, lead: int, at: int) -> bool:
        """Whether a number is only held against another."""
        return any(t.low in COMPARING for t in self.tokens[lead : min(lead + 2, at)])

    # -- levels --------------------------------------------------------------------------------------------------

    def level(self, draft: Draft, own: str, complement: str, lead: int, at: int, right: int) -> str:
        """What is measured, with what it is for or from."""
        follows = self.tokens[at + 1].low if at + 1 < right else ""
        behind = self.tokens[at + 2].kind if at + 2 < right else ""
        last_count = next((d for d in reversed(self.s.drafts) if d.amount.kind in ("count", "number")), None)
        said = self.phrases.said(complement) if behind != "period" else ""
        near = self.names.near(lead, at)
        if own and near[-1:] == ["from"] and self.names.moved(lead, at) and not self.phrases.generic(own):
            return own  # `the number of projects was cut from 436 to 412`
        if self.compared(lead, at) or (self.s.drafts and self.names.held_against(near)):
            return self.names.inherited()
        aimed = bool(AIMED.search(self.s.text[: draft.amount.start])) and self.s.counted is not None
        if draft.amount.kind == "number" and (aimed or (not own and self._aims())):
            return self.s.counted.label if self.s.counted is not None else ""
        if said and not own and follows == "for" and any(t.low in GOALS for t in self.tokens[lead:at]):
            return said
        if (
            draft.amount.kind == "money"
            and self.s.state.main
            and (self._expected(own, said, at) or self._aimless(own, said))
        ):
            return self._theme(draft)
        if draft.amount.kind == "money" and self.s.state.main and not own and not said and self._aims():
            return self._theme(draft)
        if led := self._led(draft, own):
            return led
        spoken = "" if own else self._pronoun(draft, lead, at)
        if spoken:
            return spoken
        if draft.amount.kind == "money" and said and follows in OF and own and self._of_whole(said, at):
            bare = said.split()[-1].casefold() in TOTALS
            return own if bare else f"{said}, {own}"
        used = bool(own) and own.split()[-1].casefold() == "use"
        if used and said and follows in OF | INTO and draft.amount.kind == "money":
            return f"{own} of {said}"  # made actual use of 1.36 billion in foreign capital
        if said and (follows in OF or follows.startswith("d'")):
            return said
        if said and follows == "in" and draft.amount.kind == "money" and own and self._leads_only(own):
            return said
        bare = not own or self.phrases.generic(own)
        if said and follows == "in" and self._money(said, draft) and (bare or near[-1:] == ["of"]):
            return said if bare else f"{own} of {said}"  # `made use of 5 million in foreign capital`
        if said and follows in INTO and self._is_area(own) and not self._is_area(said) and not self._prepositional(own):
            draft.dimensions.setdefault("subject", own)
            return said
        if draft.amount.kind == "number" and not own and self.counting.done(lead, at) is not None:
            verb = self.counting.done(lead, at)
            counted = last_count if last_count is not None and last_count.noun else self.s.counted
            told = verb is not None and (verb.low in WANTING or verb.low.endswith(DONE))
            if verb is not None and told and not complement and counted is not None:
                draft.unit, draft.noun = counted.unit, counted.noun
                done = counted.label if verb.low in WANTING or verb.low in counted.label else ""
                return done or f"{counted.noun or counted.label} {verb.text}"
            draft.dimensions.setdefault("action", verb.low if verb else "")
            return f"{verb.text if verb else ''} {complement}".strip()
        own = own.rsplit(" mit ", 1)[-1] if self.lex.language == "de" else own
        if own and draft.amount.kind == "number" and last_count is not None and self._named(own):
            named = next((d.noun for d in reversed(self.s.drafts) if d.noun), last_count.label.split(",")[0])
            return f"{named}, {own}"
        if own and lead and self.tokens[lead - 1].text == "(" and draft.amount.kind == "money" and self._place(own):
            return ", ".join(filter(None, (self._measure(draft), own)))
        if own and not self.phrases.generic(own):
            return self._with_verb(draft, own, said if follows in INTO | {"on"} else "", follows, lead, at)
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
            run = self.counting.predicate(at + 1, right)
            if run and run[0].tag == "verb":
                noun = self._noun_before() if draft.amount.kind == "number" else ""
                return f"{noun} {self.counting.bare(run)}".strip()
        if not own and draft.amount.kind == "number":
            gone = self.tokens[at + 1].low in MOTION and at + 2 == right if at + 1 < right else False
            run = self.counting.predicate(at + 1, right, moving=gone)
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
        if not own and draft.amount.kind == "money" and self._of_money(base, parent):
            return base
        if self.lex.language != "en":
            verb = None if own or draft.amount.kind != "money" else self.counting.done_behind(at)
            return f"{own} {base} {verb.text if verb else ''}".strip()
        return f"{own or ('investment' if draft.amount.kind == 'money' else 'number')} of {base}"

    def _leads_only(self, own: str) -> bool:
        """Whether words say nothing of what is measured: `sticking to the goal of`, `will contribute`."""
        return own.split()[-1].casefold() in GOALS or own.casefold() in YIELDING

    def _of_money(self, base: str, parent: Draft | None) -> bool:
        """Whether what was spoken of is money itself: exports, not the projects that money goes into."""
        if parent is not None:
            return parent.amount.kind == "money"
        known = self.s.context.catalogue.match_indicator(base, self.lex.language) if base else None
        return known is not None and known.unit == "money"

    def _theme(self, draft: Draft) -> str:
        """What an aim that names no measure is of: the whole that the sentence before spoke of, else the notice."""
        last, main = self.s.before, self.s.state.main
        whole = last is not None and last.unit == draft.unit and not last.running and not set(last.dimensions) & PARTS
        known = self.s.context.catalogue.match_indicator(main, self.lex.language)
        if last is None or not whole or known or not measures(self.s, last.label):
            return main
        return last.label

    def _aimless(self, own: str, said: str) -> bool:
        """`has set itself the goal of`: words of an aim and nothing that is aimed at."""
        words = [w.casefold() for w in own.split() if w.casefold() not in self.lex.words("grammar", "determiners")]
        return bool(words) and not said and set(words) <= AIMLESS

    def _led(self, draft: Draft, own: str) -> str:
        """`Germany was the leading country of origin with 820 million`: of what, was said before."""
        if not LEADER.match(own) or draft.amount.kind not in ("money", "number"):
            return ""
        if draft.amount.kind == "number":
            return self.s.counted.label if self.s.counted is not None else ""
        level = self.s.before
        same = level is not None and level.amount.kind == "money" and level.unit == draft.unit
        return self.s.state.main or (level.label if level is not None and same else "")

    def _of_whole(self, said: str, at: int) -> bool:
        """Whether `of` names a whole that was spoken of: `1.2 billion of the portfolio`, `of this sum`."""
        article = self.tokens[at + 2]
        return said.casefold() in TOTALS or (article.tag == "det" and article.low != "a")

    def _money(self, said: str, draft: Draft) -> bool:
        """Whether a phrase names money itself: `1.25 billion in foreign capital`."""
        return draft.amount.kind == "money" and said.split()[-1].casefold() in self.lex.words("roles", "monies")

    def _aims(self) -> bool:
        """A sentence whose subject is the aim alone: `L'objectif était de 105`, `Das Ziel lag bei 80`."""
        subject = self.names.grammatical()
        return not self.s.drafts and (self.phrases.vague(subject) or self._aimless(subject, ""))

    def averaged(self, label: str) -> str:
        """A label with the word that makes it an average: `Je Beschäftigten wurden 16.850 Euro investiert`."""
        opening = PER.match(self.s.text)
        if not opening or not label:
            return label
        return f"{opening['per'].casefold()} {opening['noun']} {label.removeprefix(opening['noun']).strip()}".strip()

    def _expected(self, own: str, said: str, at: int) -> bool:
        """`the agency expects 37 billion`, `the ministry has set a target of`: of what, the notice's theme says."""
        subject = self.names.grammatical() or own
        verbs = [t.low for t in self.tokens[:at] if t.tag == "verb"]
        verb = next((v for v in verbs if v in EXPECTING or v not in AUXILIARY), "")
        named = own and own.split()[-1].casefold() not in INSTITUTIONS
        institution = bool(subject) and subject.split()[-1].casefold() in INSTITUTIONS
        return institution and verb in EXPECTING and not named and not said and bool(self.s.state.main)

    def _pronoun(self, draft: Draft, lead: int, at: int) -> str:
        """`it was Rp402 trillion`, `it beat the RM70 billion planned`: another amount of what was spoken of last."""
        words = [t for t in self.tokens[lead:at] if t.kind == "word" and t.tag not in ("det", "adv", "prep", "conj")]
        told = len(words) > 1 and words[0].low == "it" and all(t.tag == "verb" for t in words[1:])
        if draft.amount.kind != "money" or not told:
            return ""
        last = next((d for d in reversed(self.s.drafts) if d.kind in LEVELS), self.s.state.level)
        return last.label if last is not None and last.amount.kind == "money" else ""

    def _noun_before(self) -> str:
        """The noun that the sentence counted last."""
        said = next((d.noun for d in reversed(self.s.drafts) if d.noun), "")
        these = THESE.search(self.s.text)
        return said or (these["noun"] if these else "")

    def _place(self, phrase: str) -> bool:
        """Whether a phrase is the name of a place, in the catalogue or by its kind: `the Ore Region`."""
        kinds = self.lex.words("roles", "place_words")
        return self._is_area(phrase) or (phrase[0].isupper() and phrase.split()[-1].casefold() in kinds)

    def _measure(self, draft: Draft) -> str:
        """What the money of places is: that of the first of the list, else the last money spoken of."""
        first = next((d for d in self.s.drafts if d.unit == draft.unit and "," in d.label), None)
        last = self.s.before
        if first is not None:
            return first.label.split(",")[0]
        return last.label if last is not None and last.unit == draft.unit else self.s.state.main

    def _prepositional(self, phrase: str) -> bool:
        """Whether a place only says where something is: `die Brauereien in Bayern`."""
        return any(w.casefold() in self.lex.words("grammar", "prepositions") for w in phrase.split())

    def _named(self, phrase: str) -> bool:
        """Whether a phrase is a name, of a place or of who did it: `Beilun with 198`, `the High-tech Zone had 44`."""
        words = [w for w in phrase.split() if w.casefold() not in self.lex.words("grammar", "conjunctions")]
        english = self.lex.language == "en" and all(w[0].isupper() for w in words)
        return self._is_area(phrase) or (english and not phrase.split()[0].isupper())

    def _is_area(self, phrase: str) -> bool:
        area = self.s.context.catalogue.match_area(phrase) if phrase and len(phrase.split()) < 5 else None
        return area is not None

    def _with_verb(self, draft: Draft, own: str, said: str, follows: str, lead: int, at: int) -> str:
        """`Foreign companies invested`, `centers put into R&D`: the verb belongs to what is measured."""
        if draft.amount.kind != "money":
            return own
        if said and own.casefold() in SPENDING:
            return f"{own} {follows} {said}"
        verb = self.counting.done(lead, at)
        if verb is None:
            verb = self.counting.done_behind(at)
            if verb is None and said and own.split()[-1] == "put":
                return f"{own} {follows} {said}"
            return f"{own} {verb.text}" if verb is not None else own
        draft.dimensions.setdefault("action", verb.low)
        found = self.s.text.rfind(own, 0, verb.start)
        stretch = (
            self.s.text[found : verb.end] if found >= 0 and verb.end - found < LONGEST_STRETCH else f"{own} {verb.text}"
        )
        plain = " ".join(QUOTES.sub(" ", stretch).split())
        return f"{plain} {follows} {said}" if said else plain
