"""One sentence of a language with spaces: each number gets its role from the words directly around it."""

import re

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.admission import admitted
from knowledge.ledger.changes import Changes
from knowledge.ledger.context import Context, State
from knowledge.ledger.currency import restated_in, shared
from knowledge.ledger.dateline import DATELINE, attribution
from knowledge.ledger.dimensions import typed
from knowledge.ledger.draft import Draft
from knowledge.ledger.elliptic import go_back
from knowledge.ledger.kinds import Kinds
from knowledge.ledger.leading import ahead, coming, grown_to, leads, set_for, to_come, whole_year
from knowledge.ledger.lists import bracketed, items, ordinals, paired, respectively
from knowledge.ledger.members import enumerated
from knowledge.ledger.memory import announce, carry, remember, topic
from knowledge.ledger.naming import AGAINST, Names
from knowledge.ledger.partitive import name_happening, name_part, name_sum_part, name_whole
from knowledge.ledger.phrases import Phrases
from knowledge.ledger.places import told_beside
from knowledge.ledger.restating import restate
from knowledge.ledger.revisions import revised
from knowledge.ledger.scenario import BEEN, Scenarios, of_plan
from knowledge.ledger.tokens import tagger
from knowledge.ledger.when import When
from knowledge.ledger.where import Where
from knowledge.reading.amounts import read_amounts
from knowledge.reading.calendar import month_span, year_before
from knowledge.reading.numerals import restated
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount

AFTER = frozenset("after from against than with".split())
LEVELS = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE, ChangeKind.SHARE)
APART, REACH = 4, 8  # words between the two ends of a rise, and in front of it
SMALL = frozenset(("prep", "conj", "det", "adv"))
AIMS = frozenset("target goal ziel objectif targets goals".split())
STATEMENTS = (";", " but ", ", and ", ", while ", " whereas ", ", während ", " tandis que ")
PART = re.compile(r"\sof (?:the|these|those) (?:[a-z-]+\s){0,2}?(?P<noun>[a-z]{3,}s)\b")
NUMBER_OF = re.compile(r"(?:(?:An)?[Zz]ahl der|[Nn]ombre (?:de |d['’]|des ))\s?(?:[a-zäöüß]+en\s)?(?P<noun>[^\W\d]+)")
ASIDE = re.compile(
    r"(?:\s[^\W\d]+){1,5}(?:,\s|\s\()(?:nämlich\s|namely\s|soit\s)?"
)  # words and the comma or bracket that opens an aside
COVERAGE = re.compile(  # investment in fixed assets (excluding rural households) in the province
    r"\s\((?:excl|incl|without|not (?:counting|including)|at (?:current|constant|comparable)|seasonally|ohne\s|einschl|"
    r"inkl|hors\s|y compris)[^()\d]{0,80}\)"
)
IN_ALL = re.compile(r"\binsgesamt\b|\bau total\b", re.IGNORECASE)  # of a stretch that is named: no stock
FRAME = re.compile(  # opens a sentence or a statement
    r"(?:^|[,;]|\b(?:while|whereas|während|tandis que|alors que|and|und|et))\s*"
    r"(?:[Ii]n|[Dd]ans|[Ii]m|[Bb]eim?|[Cc]hez)\s"
    r"(?:(?:the|der|den|dem|les?|la)\s|l['’])?(?:[\w-]+\s){0,2}[\w-]+(?=,|\s)"
)
THEREFORE = re.compile(r"\b(?:so|thus|hence|therefore|which means|meaning|making)\b")
REST = re.compile(r"\b(?:the )?(?:other|remaining|rest)\s$", re.IGNORECASE)
BRINGS = re.compile(
    r"\bsoll(?:en)?\b(?!.*\bbis (?:Ende )?20\d\d).*\b(?:entstehen|schaffen|geschaffen|gesichert|sichern)\b"
)  # jobs, expected
HAD = re.compile(r"\bhad\b(?:\s[a-z]+){0,4}?(?:\s[a-z]*\d[\d.,]*)?\s$|\bhad\s(?:been\s)?(?:\w+ed|set)\b")
PUNCTUATION = frozenset(",;:(")


class Sentence:
    """A sentence of English, German or French under reading."""

    def __init__(self, text: str, offset: int, context: Context, state: State) -> None:
        self.offset, self.context, self.state = offset, context, state
        self.lex = context.lex
        dateline = DATELINE.match(text)
        plain = " " * dateline.end() + text[dateline.end() :] if dateline else text
        for aside in (attribution(self.lex), COVERAGE):
            plain = aside.sub(lambda m: " " * len(m.group()), plain)
        self.text = plain
        self.text = restated(self.text, self.lex)
        self.printed = text
        self.periods = read_periods(
            self.text,
            context.anchor,
            self.lex.language,
            year=None if context.anchor else state.year,
            fiscal=context.fiscal,
            country=context.country,
            fiscal_month=context.fiscal_month,
        )
        amounts = read_amounts(self.text, self.lex.language, context.country)
        self.amounts = admitted(shared(amounts, state.currency, self.lex.language), self.periods, self.text, self.lex)
        names = context.catalogue.wordings_in(self.text, self.lex.language)
        self.tokens = tagger(self.lex).tag(self.text, self.amounts, self.periods, names)
        self.at = [i for i, t in enumerate(self.tokens) if t.kind == "amount"]
        self.phrases = Phrases(self.text, self.tokens, self.lex)
        self.changes = Changes(self.tokens, self.lex)
        self.scenarios = Scenarios(self.text, self.tokens, self.lex)
        self.when = When(self.text, self.tokens, self.periods, context, state, self.amounts)
        self.where = Where(self.text, context, state)
        self.drafts: list[Draft] = []
        self.counted, self.before = state.count, state.level  # before this sentence
        self.before_money = state.money
        self.subject = ""
        self.plan: Draft | None = None  # which numbers of the sentence are parts of
        self.whole = self.sharer = ""  # of the share read last
        self.kinds = Kinds(self)
        self.names = Names(self)

    def tagged(self, word: str) -> str:
        """What part of speech a word of the sentence is."""
        return next((t.tag for t in self.tokens if t.text == word), "")

    # -- bounds -------------------------------------------------------------------------------------------------

    def lead(self, n: int) -> int:
        """The token at which the words in front of number n begin to be its own."""
        at, floor = self.at[n], (self.at[n - 1] + 1 if n else 0)
        low, has_comma = floor, False
        for i in range(floor, at):
            if (
                self.tokens[i].kind == "mark"
                and not self._abbreviates(i)
                and (self.tokens[i].text in PUNCTUATION or self.tokens[i].text in "—–" or self._dash(i))
            ):
                low, has_comma = i + 1, True
        if n and not has_comma:
            counted = self.amounts[self.tokens[self.at[n - 1]].index]
            noun_end = self.text.find(counted.noun, counted.end) + len(counted.noun) if counted.noun else counted.end
            joints = [
                i
                for i in range(floor, at)
                if self.tokens[i].start >= noun_end
                and self.tokens[i].low
                in ("and", "while", "with", "but", "or", "und", "sowie", "während", "et", "tandis", "whereas")
            ]
            said = [i for i in joints if any(t.tag not in SMALL and t.kind == "word" for t in self.tokens[i + 1 : at])]
            if said or joints:
                low = (said or joints)[-1]
            if said and not any(t.kind == "word" for t in self.tokens[floor : said[0]] if t.start >= noun_end):
                low = said[0]  # `were 23 billion and pledges for mergers and acquisitions 8 billion`
        return low

    def _abbreviates(self, i: int) -> bool:
        """The opening of a short name: `foreign direct investment (FDI) of`."""
        inside = self.tokens[i + 1 : i + 3]
        return self.tokens[i].text == "(" and len(inside) == 2 and inside[0].text.isupper() and inside[1].text == ")"

    def _dash(self, i: int) -> bool:
        return self.tokens[i].text == "-" and (
            i == 0 or self.text[self.tokens[i].start - 1 : self.tokens[i].start] in " -"
        )

    def _right(self, n: int) -> int:
        """The token at which the words behind number n end to be its own."""
        end = self.at[n + 1] if n + 1 < len(self.at) else len(self.tokens)
        for i in range(self.at[n] + 1, end):
            if self.tokens[i].kind == "mark" and (self.tokens[i].text in ",;:()" or self._dash(i)):
                return i
        return end

    def _worth(self, n: int) -> bool:
        """Whether the number behind only says what number n is worth: `40 projects worth 3.4 billion are to be`."""
        if n + 1 >= len(self.at):
            return False
        words = [t.low for t in self.tokens[self.at[n] + 1 : self.at[n + 1]]]
        return bool({"worth", "valued"} & set(words)) and "," not in words

    def _chars(self, lead: int, right: int) -> tuple[int, int]:
        low = self.tokens[lead].start if lead < len(self.tokens) else len(self.text)
        high = self.tokens[right].start if right < len(self.tokens) else len(self.text)
        return low, high

    # -- reading ------------------------------------------------------------------------------------------------

    def read(self) -> list[Draft]:
        """The drafts of the sentence, by place."""
        for n, at in enumerate(self.at):
            draft = self._draft(n, self.amounts[self.tokens[at].index])
            self.drafts.append(draft)
        paired(self)
        respectively(self)
        ordinals(self)
        bracketed(self)
        revised(self)
        enumerated(self)
        told_beside(self)
        if self.drafts:
            carry(self)
        else:
            announce(self)
        self.state.enumeration = items(self.tokens, self.phrases) or self.state.enumeration
        self.where.remember()
        topic(self)
        return self.drafts

    def _draft(self, n: int, amount: Amount) -> Draft:
        lead, right, at = self.lead(n), self._right(n), self.at[n]
        low, high = self._chars(lead, right)
        draft = Draft.of(amount, self.offset, len(self.text))
        behind = self.amounts[self.tokens[self.at[n - 1]].index].end if n else amount.start
        twin = restated_in(self.drafts[-1] if n else None, draft, self.text[behind : amount.start])
        if twin is not None:
            return twin
        self.kinds.set_kind(draft, n, lead, at, right)
        self.names.name(draft, n, lead, at, right)
        if self.kinds.steps(draft):
            draft.label = self.drafts[-1].label
        if not (
            self._shared_out(n, draft)
            or name_part(self, draft, n)
            or name_whole(self, draft, n)
            or name_happening(self, draft)
            or name_sum_part(self, draft)
        ):
            self._counted_like(draft, n)
        go_back(self, draft)
        self._scene(draft, low, self._chars(lead, self._right(n + 1))[1] if self._worth(n) else high)
        self._time(draft, n, lead, low, high)
        self._look_back(draft, lead, at)
        restate(self, draft, dated=bool(self.when.own(at, at + 1)))
        draft.area = self.where.of(low, amount.start, high)
        counterpart = self.where.counterpart(low, high, draft.label) or self._restated(draft)
        if counterpart:
            draft.dimensions["counterpart"] = counterpart
        self._framed(draft, low)
        remember(self, draft)
        return draft

    def _restated(self, draft: Draft) -> str:
        """The counterpart of the number before under the same label: `um 9 Prozent auf 48 gesunken`."""
        last = self.drafts[-1] if self.drafts else None
        return last.dimensions.get("counterpart", "") if last is not None and last.label == draft.label else ""

    def _framed(self, draft: Draft, low: int) -> None:
        """The industry that a statement opens with: `Dans l'industrie, les dépenses`, `Im Baugewerbe stieg`."""
        if draft.amount.kind == "count" or typed(draft.label, "industry"):
            return
        start = self._clause(low, low)[0]
        frames = list(FRAME.finditer(self.text, max(start - 1, 0), low))
        industry = typed(frames[-1].group(), "industry") if frames else ""
        if industry:
            draft.dimensions.setdefault("industry", industry)

    def _shared_out(self, n: int, draft: Draft) -> bool:
        """ "A third of projects won, 83, were …": the bare number counts what the share before it is of."""
        if not n or draft.amount.kind != "number" or self.drafts[-1].kind is not ChangeKind.SHARE:
            return False
        share = self.drafts[-1]
        gap = self.text[self.amounts[self.tokens[self.at[n - 1]].index].end : draft.amount.start]
        if not ASIDE.fullmatch(gap) or self.text[draft.amount.end : draft.amount.end + 1] not in (",", ")"):
            return False
        draft.label, draft.noun, draft.unit = share.label, share.noun, ""
        return True

    def _counted_like(self, draft: Draft, n: int) -> None:
        """A bare number under the label of a count before it is counted in the same thing."""
        if draft.amount.kind != "number" or draft.unit or draft.kind not in (ChangeKind.LEVEL, ChangeKind.DIFFERENCE):
            return
        listed = next((d for d in reversed(self.drafts) if d.unit and d.amount.kind in ("count", "number")), None)
        if listed is not None and (self.names.elliptic(n) or REST.search(self.text[: draft.amount.start])):
            draft.unit, draft.noun = listed.unit, listed.noun
            return
        named = NUMBER_OF.match(draft.label)
        if named:
            draft.noun, draft.unit = named["noun"], named["noun"].casefold()
            return
        part = PART.match(self.text, draft.amount.end)
        if part and draft.label.casefold().endswith(part["noun"]):
            draft.unit = part["noun"]
            return
        kinds = (draft.kind, ChangeKind.LEVEL)  # a step is counted in what its level counts
        like = next((d for d in self.drafts if d.unit and d.kind in kinds and d.label == draft.label), None)
        if like is None and self.counted is not None and self.counted.label == draft.label:
            like = self.counted
        like = like if like is not None and like.amount.kind in ("count", "number") else None
        if like is not None:
            draft.unit, draft.noun = like.unit, like.noun

    # -- time, scenario ---------------------------------------------------------------------------------------------

    def _scene(self, draft: Draft, low: int, high: int) -> None:
        if draft.parent is not None and draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH):
            draft.scenario = draft.parent.scenario
            return
        if draft.noun.casefold() in AIMS:
            draft.scenario, draft.unit, draft.noun = Scenario.TARGET, "", ""
            return
        draft.scenario = self.scenarios.at(draft.amount.start, draft.amount.end, low, high)
        if draft.scenario is Scenario.ACTUAL and self._coordinated(draft):
            draft.scenario = Scenario.TARGET
        if draft.scenario is Scenario.TARGET and draft.amount.kind != "money" and BRINGS.search(self.text):
            draft.scenario = Scenario.FORECAST
        if draft.scenario is Scenario.ACTUAL and draft.amount.kind == "money" and of_plan(draft.label):
            draft.scenario = Scenario.FORECAST

    def _coordinated(self, draft: Draft) -> bool:
        """`Its target had been 330 projects and 450 billion yuan`: the second is a target as the first is."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.scenario is not Scenario.TARGET or draft.kind not in LEVELS:
            return False
        between = [t for t in self.tokens if last.amount.end <= t.start < draft.amount.start]
        joined = any(t.low in ("and", "und", "et", "with", ",") for t in between)
        return joined and not any(t.tag == "verb" or t.low in AGAINST or t.text in ";:()" for t in between)

    def _time(self, draft: Draft, n: int, lead: int, low: int, high: int) -> None:
        at = self.at[n]
        nexts = [i for i in self.at[n + 1 : n + 3] if self.tokens[i - 1].text != "(" and self.tokens[i - 2].text != "("]
        following = nexts[0] if nexts else len(self.tokens)
        period = self.when.own(at, following, draft.scenario is not Scenario.ACTUAL)
        draft.weak = self.when.weak and bool(period)
        if draft.weak and self.when.reported and self.state.period and draft.scenario is Scenario.ACTUAL:
            period, draft.weak = self.state.period, False
        if draft.scenario is Scenario.ACTUAL and to_come(period, self.context):
            done = BEEN.match(self.text, draft.amount.end) is not None  # `700 million of it has been committed`
            period, draft.scenario = ("", draft.scenario) if done else (period, Scenario.FORECAST)
        if draft.scenario is Scenario.ACTUAL and draft.kind in LEVELS and set_for(period, self.text, self.context):
            draft.scenario = Scenario.TARGET
        if draft.scenario is not Scenario.ACTUAL and not of_plan(draft.label):  # planned investment of what was signed
            period = ahead(coming(period, self.periods, self.context), self.periods, draft.amount.start, self.context)
        if not period and draft.scenario is Scenario.TARGET and HAD.search(self.text[: draft.amount.start]):
            period = self.state.period or self.context.period  # a year ago the goal had been 75 companies
        growth = draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK)
        if not period and growth and draft.parent is not None:
            period = draft.parent.period
        stock = period.startswith("to ")
        wide = self._clause(low, high)
        running = draft.scenario is Scenario.ACTUAL and not growth and draft.amount.kind != "percent"
        running = running and (self.when.is_running(*wide) or (not period and self.when.stands(lead, at)))
        if running and not stock and period and IN_ALL.search(self.text[wide[0] : wide[1]]):
            running = self.when.is_running(wide[0], wide[1], IN_ALL)
        if stock or running:
            draft.period, draft.running = self.when.stock(period, *wide), True
            if draft.kind is ChangeKind.LEVEL:
                draft.kind = ChangeKind.CUMULATIVE
        else:
            draft.period = period or self._inherited(draft)
        if risen := self._risen_from(draft, n):
            draft.period = year_before(risen) or draft.period
        if draft.scenario is not Scenario.ACTUAL and re.fullmatch(r"to \d{4}-12-31", draft.period):
            draft.period = draft.period[3:7]  # by 2025: the year aimed at
        if draft.scenario is not Scenario.ACTUAL and not growth:
            draft.period = whole_year(draft.period, self.text[wide[0] : wide[1]], self.context)
        summed = draft.sums_up and self.context.flow and not leads(self.printed)
        if summed or (growth and self._follows(draft)):
            draft.base, draft.period = draft.period, self.when.spoken
        elif growth:
            draft.base = self.when.base(draft.period, draft.kind is ChangeKind.MOM_GROWTH, at, following)
            draft.period = draft.period if period else grown_to(draft.period, draft.base)
        draft.comparable = any(w in self.text.casefold() for w in self.lex.words("roles", "comparable"))

    def _risen_from(self, draft: Draft, n: int) -> str:
        """The period of the other end of a rise that no period dates: `rose to 5,120 from 4,000`, `from 400 to 512`."""
        at = self.at[n]
        if draft.kind is not ChangeKind.LEVEL or self.tokens[at - 1].low != "from" or not self._moves(at):
            return ""
        if self.tokens[at - 2].low in ("up", "down") and n and self.tokens[at - 3].text == ",":
            return self.drafts[-1].period if not any(i > at for i in self.when.places) else ""  # , down from 8 billion
        ends = [self.at[i] for i in (n - 1, n + 1) if 0 <= i < len(self.at)]
        other = next((i for i in ends if self.tokens[i - 1].low == "to" and abs(i - at) <= APART), None)
        if other is None or any(self.when.usable[i] == "base" or at < i < max(other, at + 3) for i in self.when.places):
            return ""
        return next((self.periods[self.tokens[i].index].code for i in self.when.places if i > other), draft.period)

    def _moves(self, at: int) -> bool:
        """Whether the words in front of a number speak of a rise or a fall."""
        grown = any(d.kind is ChangeKind.YOY_GROWTH for d in self.drafts[-1:])
        return grown or any(self.changes.direction(t.low) for t in self.tokens[max(0, at - REACH) : at])

    def _inherited(self, draft: Draft) -> str:
        """The period of a number that names none: of plans told before for a plan, of results for a result."""
        opened = self.state.ahead if draft.scenario is not Scenario.ACTUAL else ""
        planned = opened or (self.state.target if draft.scenario is Scenario.TARGET else "")
        return planned or self.state.day or self.state.period or self.context.period

    def _follows(self, draft: Draft) -> bool:
        """`There were 63 in 2022, so the total is 9.5 percent lower`: a change up to what was spoken of before."""
        last = next((d for d in reversed(self.drafts) if d.kind in LEVELS), None)
        if last is None or draft.amount.kind != "percent" or year_before(self.when.spoken) != last.period:
            return False
        return bool(THEREFORE.search(self.text, last.amount.end, draft.amount.start))

    def _look_back(self, draft: Draft, lead: int, at: int) -> None:
        """`expects 37 billion, after 36.6 billion in 2023`: what the plan is held against has been."""
        near, span, anchor = self.names.near(lead, at), month_span(draft.period), self.context.anchor
        if draft.scenario is Scenario.ACTUAL or span is None or anchor is None or not near or near[-1] not in AFTER:
            return
        if near[-1] == "with" and near[-2:-1] != ["compared"]:  # had planned with 90 companies
            return
        if draft.kind is ChangeKind.LEVEL and span[1] < anchor.year * 12 + anchor.month - 1:
            draft.scenario = Scenario.ACTUAL

    def _clause(self, low: int, high: int) -> tuple[int, int]:
        """The stretch between strong breaks, or commas followed by a new statement, around low..high."""
        start = max(self.text.rfind(mark, 0, low + len(mark) - 1) for mark in STATEMENTS) + 1
        ends = [end for mark in STATEMENTS if (end := self.text.find(mark, high)) >= 0]
        return start, min(ends, default=len(self.text))
