"""One sentence of a language with spaces: each number gets its role from the words directly around it."""

import re
from dataclasses import replace

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.admission import admitted
from knowledge.ledger.changes import Change, Changes
from knowledge.ledger.context import Context, State, narrower, recent
from knowledge.ledger.draft import Draft
from knowledge.ledger.leading import coming, leads, whole_year
from knowledge.ledger.lists import bracketed, items, respectively
from knowledge.ledger.naming import Names
from knowledge.ledger.phrases import Phrases
from knowledge.ledger.scenario import Scenarios, of_plan
from knowledge.ledger.tokens import tagger
from knowledge.ledger.when import When
from knowledge.ledger.where import Where
from knowledge.reading.amounts import read_amounts
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount

MONTH_NAME = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez|janv|févr|mars|avr|mai|juin|juil|août|sept|déc)"
    r"[a-zûéèä]*\.?"
)
DATELINE = re.compile(
    r"^\s*(?:[A-ZÄÖÜÉ][\w'.() -]{1,30}(?:,\s[A-ZÄÖÜ][\w .-]{1,20})?,?\s?)?"
    rf"(?:\(?(?:{MONTH_NAME}\s\d{{1,2}}|\d{{1,2}}\.?\s{MONTH_NAME})(?:,?\s\d{{4}})?\)?\s?)"
    r"(?:\([^)]{2,20}\)\s?)?(?:--|–|—|-|:|\|)\s*"
    r"|^\s*[A-Z][\w ,.'-]{1,40}\((?:Xinhua|Reuters|AP|AFP|dpa|ots|Bloomberg)[^)]*\)\s*(?:--|–|—|-)?\s*"
    r"|^[A-Z]{4,}[\w, ]{0,20}\s(?:–|--|—)\s"
)
MORE = {"more": 1, "fewer": -1, "less": -1, "mehr": 1, "weniger": -1}
SMALL = frozenset(("prep", "conj", "det", "adv"))
HEADING = 9  # words
AIMS = frozenset("target goal ziel objectif targets goals".split())
STATEMENTS = (";", " but ", ", and ", ", while ", " whereas ", ", während ", " tandis que ")
SIGNED = re.compile(r"[-+−–]|minus\b", re.IGNORECASE)
CHANGED = frozenset("changed veränderte veränderten varié".split())
PART = re.compile(r"\sof (?:the|these|those) (?:[a-z-]+\s){0,2}?(?P<noun>[a-z]{3,}s)\b")
ASIDE = re.compile(r"(?:\s[^\W\d]+){1,5}(?:,\s|\s\()")  # words and the comma or bracket that opens an aside
IN_ALL = re.compile(r"\binsgesamt\b|\bau total\b", re.IGNORECASE)  # of a stretch that is named: no stock
THEREFORE = frozenset("donc damit also somit ainsi".split())
PUNCTUATION = frozenset(",;:(")


class Sentence:
    """A sentence of English, German or French under reading."""

    def __init__(self, text: str, offset: int, context: Context, state: State) -> None:
        self.offset, self.context, self.state = offset, context, state
        self.lex = context.lex
        dateline = DATELINE.match(text)
        self.text = " " * dateline.end() + text[dateline.end() :] if dateline else text
        self.printed = text
        self.periods = read_periods(
            self.text,
            context.anchor,
            self.lex.language,
            year=None if context.anchor else state.year,
            fiscal=context.fiscal,
            country=context.country,
        )
        amounts = read_amounts(self.text, self.lex.language, context.country)
        self.amounts = admitted(amounts, self.periods, self.text, self.lex)
        names = context.catalogue.wordings_in(self.text, self.lex.language)
        self.tokens = tagger(self.lex).tag(self.text, self.amounts, self.periods, names)
        self.at = [i for i, t in enumerate(self.tokens) if t.kind == "amount"]
        self.phrases = Phrases(self.text, self.tokens, self.lex)
        self.changes = Changes(self.tokens, self.lex)
        self.scenarios = Scenarios(self.text, self.tokens, self.lex)
        kinds = [a.kind for a in self.amounts]
        self.when = When(self.text, self.tokens, self.periods, context, state, kinds)
        self.where = Where(self.text, context, state)
        self.drafts: list[Draft] = []
        self.counted = state.count  # before this sentence
        self.subject = ""
        self.whole = self.sharer = ""  # of the share read last
        self.names = Names(self)

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
        respectively(self)
        bracketed(self)
        if self.drafts:
            self._carry()
        else:
            self._announce()
        self.state.enumeration = items(self.tokens, self.phrases) or self.state.enumeration
        self.where.remember()
        self._topic()
        return self.drafts

    def _draft(self, n: int, amount: Amount) -> Draft:
        lead, right, at = self.lead(n), self._right(n), self.at[n]
        low, high = self._chars(lead, right)
        draft = Draft.of(amount, self.offset, len(self.text))
        twin = self._twin(n, draft)
        if twin is not None:
            return twin
        self._kind(draft, n, lead, at, right)
        self.names.name(draft, n, lead, at, right)
        if not self._shared_out(n, draft):
            self._counted_like(draft)
        self._scene(draft, low, high)
        self._time(draft, n, lead, low, high)
        draft.area = self.where.of(low, amount.start, high)
        counterpart = self.where.counterpart(low, high)
        if counterpart:
            draft.dimensions["counterpart"] = counterpart
        self._remember(draft)
        return draft

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

    def _counted_like(self, draft: Draft) -> None:
        """A bare number under the label of a count before it is counted in the same thing."""
        if draft.amount.kind != "number" or draft.unit or draft.kind not in (ChangeKind.LEVEL, ChangeKind.DIFFERENCE):
            return
        part = PART.match(self.text, draft.amount.end)
        if part and draft.label.casefold().endswith(part["noun"]):
            draft.unit = part["noun"]
            return
        like = next((d for d in self.drafts if d.unit and d.kind is draft.kind and d.label == draft.label), None)
        if like is None and self.counted is not None and self.counted.label == draft.label:
            like = self.counted
        like = like if like is not None and like.amount.kind in ("count", "number") else None
        if like is not None:
            draft.unit, draft.noun = like.unit, like.noun

    def _twin(self, n: int, draft: Draft) -> Draft | None:
        """The same money in another currency, in parentheses or behind a comma."""
        if not n or draft.amount.kind != "money" or self.drafts[-1].amount.kind != "money":
            return None
        last = self.drafts[-1]
        gap = self.text[self.amounts[self.tokens[self.at[n - 1]].index].end : draft.amount.start]
        if last.unit == draft.unit or not re.fullmatch(
            r"\s?[(（\[,/]?\s?(?:or|about|around|some|approximately|roughly|equivalent to|or about|equal to|nearly|"
            r"over|more than|i\.e\.|rund|etwa|umgerechnet|ca\.|soit|environ|or around|some|=|≈|approx\.?|,|\s)*",
            gap,
        ):
            return None
        own = draft.qualifier if draft.qualifier != "exact" else last.qualifier
        return replace(
            last,
            amount=draft.amount,
            start=draft.start,
            end=draft.end,
            value=draft.value * (-1 if last.value < 0 else 1),
            unit=draft.unit,
            qualifier=own,
            parent=last,
            dimensions=dict(last.dimensions),
        )

    # -- kind and value -----------------------------------------------------------------------------------------

    def _kind(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        kind = draft.amount.kind
        if kind == "rank":
            draft.kind, draft.unit = ChangeKind.RANK, "rank"
        elif kind in ("percent", "points"):
            self._relative(draft, n, lead, at, right)
        elif kind == "multiple":
            self._multiple(draft, lead, at)
        else:
            change = self.changes.difference(lead, at)
            after = self.tokens[at + 1] if at + 1 < right else None
            if kind == "number" and after is not None and after.low in MORE:
                change = Change(MORE[after.low])
            if change.direction:
                draft.kind = ChangeKind.DIFFERENCE
                draft.value *= change.direction

    def _relative(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        left, behind = self.changes.left(lead, at), self.changes.right(at, right)
        change = left if left.direction else behind
        if self.share_of(at, right) and not left.direction:
            change = Change()
        if left.to_level:
            change = Change()
        change = change if change.direction else self._named_change(lead, at)
        if SIGNED.match(draft.amount.text) and not self.share_of(at, right):
            change = Change(1 if draft.amount.text[0] == "+" else -1)
        if not change.direction:
            change = self._change_is(lead, at)
            draft.sums_up = bool(change.direction)
        if not change.direction and any(t.low in CHANGED for t in self.tokens[lead:at]):
            change = Change(1)
        growth = (not left.to_level or bool(SIGNED.match(draft.amount.text))) and (
            bool(change.direction)
            or (self._same_period(at, right) and not self.share_of(at, right))
            or self._like_last(draft, n, lead, at)
            or self._restates(n, lead, at)
        )
        if not growth:
            draft.kind = ChangeKind.SHARE
            return
        draft.kind = ChangeKind.MOM_GROWTH if self.when.monthly() else ChangeKind.YOY_GROWTH
        if change.direction < 0 or (not change.direction and self._restates(n, lead, at) and self.drafts[-1].value < 0):
            draft.value = -abs(draft.value)
        if draft.amount.kind == "points" and self._against_other(at, right):
            draft.kind = ChangeKind.DIFFERENCE

    def _change_is(self, lead: int, at: int) -> Change:
        """`the decline was 4 percent`, `der Rückgang beträgt`: the change itself is the subject."""
        i, verb = at - 1, False
        while i >= lead and (self.tokens[i].tag in ("verb", "prep", "adv") or self.tokens[i].low in THEREFORE):
            verb = verb or self.tokens[i].tag == "verb"
            i -= 1
        subject = self.tokens[i] if i >= lead else None
        led = i > 0 and self.tokens[i - 1].tag == "det"
        if subject is None or not (verb and led) or subject.tag != "noun":
            return Change()
        return Change(self.changes.direction(subject.low))

    def _named_change(self, lead: int, at: int) -> Change:
        """`a slight decrease in client employment of 0.3 percent`: the change is named in front of what changed."""
        if (
            self.tokens[at - 1].low not in ("of", "von", "de")
            and self.tokens[at - 2 : at - 1]
            and self.tokens[at - 2].low not in ("of", "von", "de")
        ):
            return Change()
        for i in range(lead, min(at, lead + 5)):
            low = self.tokens[i].low
            after = self.tokens[i + 1].low if i + 1 < at else ""
            if (
                self.changes.direction(low)
                and after in ("in", "der", "des", "de", "du", "bei")
                and self.tokens[i].tag == "noun"
            ):
                return Change(self.changes.direction(low), False, i)
        return Change()

    def _against_other(self, at: int, right: int) -> bool:
        """Percentage points above something else than the past: the national rate, a target."""
        behind = self.tokens[at + 1 : right + 1]
        if any(t.kind == "period" for t in behind):
            return False
        return any(t.low in ("than", "above", "below", "over", "als", "über", "unter", "que") for t in behind)

    def share_of(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < right else None
        return after is not None and after.low in self.lex.words("roles", "share_right") and after.low != "in"

    def _same_period(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1 : min(right, at + 4)]
        return any(t.kind == "period" and self.periods[t.index].kind == "same_period" for t in after)

    def _like_last(self, draft: Draft, n: int, lead: int, at: int) -> bool:
        """An enumeration goes on: `up 24 percent, and FDI from Singapore 16.2 percent`; or a comparison with an "
        "average."""
        if (
            not n
            or self.drafts[-1].kind not in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
            or self.drafts[-1].amount.kind != "percent"
        ):
            return False
        if self.share_of(at, len(self.tokens)):
            return False
        words = self.tokens[lead:at]
        return not any(t.tag == "verb" for t in words) and not any(
            t.low in self.lex.words("roles", "share") for t in words
        )

    def _restates(self, n: int, lead: int, at: int) -> bool:
        """`a decrease of $57.4 billion, or 28 percent`: the same change in other terms."""
        words = [t.low for t in self.tokens[lead:at]][:1]
        changed = n > 0 and self.drafts[-1].kind in (ChangeKind.DIFFERENCE, ChangeKind.YOY_GROWTH)
        return changed and words in (["or"], ["oder"], ["ou"], ["i.e"])

    def _multiple(self, draft: Draft, lead: int, at: int) -> None:
        """`2.2 times that of` stays a ratio; a growth by a multiple is percent growth; `doubled` is +100 percent."""
        draft.kind = ChangeKind.YOY_GROWTH
        text = draft.amount.text.casefold()
        named = not any(c.isdigit() for c in text) and self.tokens[at].text.casefold() in self.lex.values("multiples")
        change = self.changes.left(lead, at)
        if named:
            draft.value, draft.unit = 100 * (float(draft.amount.value) - 1), "percent"
        elif change.direction and not change.to_level:
            draft.value, draft.unit = 100 * float(draft.amount.value) * change.direction, "percent"
        else:
            draft.unit = "times"

    # -- time, scenario, memory -----------------------------------------------------------------------------------

    def _scene(self, draft: Draft, low: int, high: int) -> None:
        if draft.parent is not None and draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH):
            draft.scenario = draft.parent.scenario
            return
        if draft.noun.casefold() in AIMS:
            draft.scenario, draft.unit, draft.noun = Scenario.TARGET, "", ""
            return
        draft.scenario = self.scenarios.at(draft.amount.start, draft.amount.end, low, high)
        if draft.scenario is Scenario.ACTUAL and draft.amount.kind == "money" and of_plan(draft.label):
            draft.scenario = Scenario.FORECAST

    def _time(self, draft: Draft, n: int, lead: int, low: int, high: int) -> None:
        at = self.at[n]
        nexts = [i for i in self.at[n + 1 : n + 3] if self.tokens[i - 1].text != "(" and self.tokens[i - 2].text != "("]
        following = nexts[0] if nexts else len(self.tokens)
        period = self.when.own(at, following, draft.scenario is not Scenario.ACTUAL)
        draft.weak = self.when.weak and bool(period)
        if draft.scenario is not Scenario.ACTUAL:
            period = coming(period, self.periods, self.context)
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
            inherited = self.state.target if draft.scenario is Scenario.TARGET and not period else ""
            draft.period = period or inherited or self.state.day or self.state.period or self.context.period
        if draft.scenario is not Scenario.ACTUAL and re.fullmatch(r"to \d{4}-12-31", draft.period):
            draft.period = draft.period[3:7]  # by 2025: the year aimed at
        if draft.scenario is not Scenario.ACTUAL and not growth:
            draft.period = whole_year(draft.period, self.text[wide[0] : wide[1]], self.context)
        if draft.sums_up and self.context.flow and not leads(self.printed):
            draft.base, draft.period = draft.period, self.state.period or self.context.period
        elif growth:
            draft.base = self.when.base(draft.period, draft.kind is ChangeKind.MOM_GROWTH)
        draft.comparable = any(w in self.text.casefold() for w in self.lex.words("roles", "comparable"))

    def _clause(self, low: int, high: int) -> tuple[int, int]:
        """The stretch between strong breaks, or commas followed by a new statement, around low..high."""
        start = max(self.text.rfind(mark, 0, low) for mark in STATEMENTS) + 1
        ends = [end for mark in STATEMENTS if (end := self.text.find(mark, high)) >= 0]
        return start, min(ends, default=len(self.text))

    def _remember(self, draft: Draft) -> None:
        if draft.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE):
            draft.subject = draft.label
            self.state.level = draft
            if draft.amount.kind in ("count", "number"):
                self.state.count = draft
        if draft.label and draft.kind is not ChangeKind.SHARE:
            self.subject = draft.label

    def _topic(self) -> None:
        """Keep the sentence's subject for the pronouns of the next; a short line without a stop is a heading."""
        first = next((t for t in self.tokens if t.kind == "word"), None)
        plain = self.printed.strip(" •-–*#")
        dated = any(c.isdigit() for c in plain)
        if (
            not self.drafts
            and not dated
            and len(plain.split()) <= HEADING
            and plain[-1:] not in ".!?;,:"
            and not self.at
        ):
            self.state.section = plain if plain.casefold() not in self.context.notice.title.casefold() else ""
            return
        subject = self.names.grammatical()
        if first is not None and first.tag != "pron" and first.low not in ("its", "their"):
            self.state.topic = subject or self.state.label

    def _announce(self) -> None:
        """A sentence without numbers still says what the next ones are about: `In the first half of 2024:`."""
        for i in self.when.places:
            period = self.periods[self.tokens[i].index]
            if self.when.usable[i] == "own" and period.kind != "day" and recent(period.code, self.context.anchor):
                self.state.period = period.code
                if self.printed.rstrip().endswith(":") or len(self.printed.split()) <= HEADING:
                    self.state.announced = period.code
                break

    def _carry_period(self) -> None:
        """The first recent period of facts, and that of plans, hold for the sentences behind."""
        days = [d.period for d in self.drafts if d.weak]
        others = any(self._carries(d) and d.period != self.state.day for d in self.drafts)
        self.state.day = days[0] if days else "" if others else self.state.day
        for draft in reversed(self.drafts):
            if draft.running or not draft.period or draft.weak or draft.kind is ChangeKind.MOM_GROWTH:
                continue
            if draft.scenario is Scenario.TARGET:
                self.state.target = draft.period
            elif self._carries(draft) and leads(self.printed):
                self.state.period = draft.period

    def _carries(self, draft: Draft) -> bool:
        """Whether a period is one that the next sentences may speak of: recent, no part of the notice's own."""
        usable = draft.period and not draft.weak and not draft.running and draft.scenario is not Scenario.TARGET
        known = bool(usable) and recent(draft.period, self.context.anchor)
        return known and not narrower(draft.period, self.context.period)

    def _carry(self) -> None:
        self._carry_period()
        self.state.label = next(
            (d.label for d in self.drafts if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)), self.drafts[0].label
        )
