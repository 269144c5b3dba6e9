"""One sentence of a language with spaces: each number gets its role from the words directly around it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.admission import admitted
from knowledge.ledger.changes import Change, Changes
from knowledge.ledger.context import Context, State, recent
from knowledge.ledger.draft import Draft
from knowledge.ledger.lists import items, respectively
from knowledge.ledger.phrases import QUOTES, Phrases
from knowledge.ledger.scenario import Scenarios
from knowledge.ledger.tokens import Tagger, Token
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
AUXILIARY = frozenset(
    "is are was were be been being has have had will would can could should may might must planned expected set due projected likely wurden wurde sind ist werden worden ont été sont est a".split()
)
LONGEST_STRETCH, LONGEST_PREDICATE = 110, 12
DULL_VERBS = frozenset(
    "reached reach totaled totalled totaling totalling hit including saw seen stood reported numbered has have had up down "
    "amounted came put made".split()
)
PUNCTUATION = frozenset(",;:(")
TOTAL = re.compile(
    r"^(?:the |its |all )?(?:whole |national |overall |city's |annual |full )?total(?:s)?$|^all$|^them$|^these$|^it$|^the whole$",
    re.IGNORECASE,
)


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
        self.tokens = Tagger(self.lex).tag(self.text, self.amounts, self.periods, names)
        self.at = [i for i, t in enumerate(self.tokens) if t.kind == "amount"]
        self.phrases = Phrases(self.text, self.tokens, self.lex)
        self.changes = Changes(self.tokens, self.lex)
        self.scenarios = Scenarios(self.text, self.tokens, self.lex)
        self.when = When(self.text, self.tokens, self.periods, context, state)
        self.where = Where(self.text, context, state)
        self.drafts: list[Draft] = []
        self.subject = ""

    # -- bounds -------------------------------------------------------------------------------------------------

    def _lead(self, n: int) -> int:
        """The token at which the words in front of number n begin to be its own."""
        at, floor = self.at[n], (self.at[n - 1] + 1 if n else 0)
        low, has_comma = floor, False
        for i in range(floor, at):
            if self.tokens[i].kind == "mark" and (
                self.tokens[i].text in PUNCTUATION or self.tokens[i].text in "—–" or self._dash(i)
            ):
                low, has_comma = i + 1, True
        if n and not has_comma:
            joints = [
                i
                for i in range(floor, at)
                if self.tokens[i].low
                in ("and", "while", "with", "but", "or", "und", "sowie", "während", "et", "tandis", "whereas")
            ]
            if joints:
                low = joints[-1]
        return low

    def _dash(self, i: int) -> bool:
        return self.tokens[i].text == "-" and (
            i == 0 or self.text[self.tokens[i].start - 1 : self.tokens[i].start] in " -"
        )

    def _right(self, n: int) -> int:
        """The token at which the words behind number n end to be its own."""
        end = self.at[n + 1] if n + 1 < len(self.at) else len(self.tokens)
        for i in range(self.at[n] + 1, end):
            if self.tokens[i].kind == "mark" and (self.tokens[i].text in ",;:)" or self._dash(i)):
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
        if self.drafts:
            self._carry()
        self.state.enumeration = items(self.tokens, self.phrases) or self.state.enumeration
        self.where.remember()
        return self.drafts

    def _draft(self, n: int, amount: Amount) -> Draft:
        lead, right, at = self._lead(n), self._right(n), self.at[n]
        low, high = self._chars(lead, right)
        draft = Draft(
            amount,
            self.offset + amount.start,
            self.offset + amount.end,
            (self.offset, self.offset + len(self.text)),
            float(amount.value),
            amount.unit,
            qualifier=amount.qualifier,
            noun=amount.noun,
        )
        twin = self._twin(n, draft)
        if twin is not None:
            return twin
        self._kind(draft, n, lead, at, right)
        self._name(draft, n, lead, at, right)
        self._subject(draft, lead, at)
        self._scene(draft, low, high)
        self._time(draft, n, lead, low, high)
        draft.area = self.where.of(low, amount.start, high)
        counterpart = self.where.counterpart(low, high)
        if counterpart:
            draft.dimensions["counterpart"] = counterpart
        self._remember(draft)
        return draft

    def _twin(self, n: int, draft: Draft) -> Draft | None:
        """The same money in another currency, in parentheses or behind a comma."""
        if not n or draft.amount.kind != "money" or self.drafts[-1].amount.kind != "money":
            return None
        last = self.drafts[-1]
        gap = self.text[self.amounts[self.tokens[self.at[n - 1]].index].end : draft.amount.start]
        if last.unit == draft.unit or not re.fullmatch(
            r"\s?[(（\[,/]?\s?(?:or|about|around|some|approximately|roughly|equivalent to|or about|equal to|nearly|over|more than|i\.e\.|rund|etwa|umgerechnet|ca\.|soit|environ|or around|some|=|≈|approx\.?|,|\s)*",
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
            if change.direction:
                draft.kind = ChangeKind.DIFFERENCE
                draft.value *= change.direction

    def _relative(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        left, behind = self.changes.left(lead, at), self.changes.right(at, right)
        change = left if left.direction else behind
        if self._share_of(at, right) and not left.direction:
            change = Change()
        if left.to_level:
            change = Change()
        growth = (
            bool(change.direction)
            or (self._same_period(at, right) and not self._share_of(at, right))
            or self._like_last(draft, n, lead, at)
        )
        if not growth:
            draft.kind = ChangeKind.SHARE
            return
        draft.kind = ChangeKind.MOM_GROWTH if self.when.monthly() else ChangeKind.YOY_GROWTH
        if change.direction < 0:
            draft.value = -abs(draft.value)
        if draft.amount.kind == "points" and self._against_other(at, right):
            draft.kind = ChangeKind.DIFFERENCE

    def _against_other(self, at: int, right: int) -> bool:
        """Percentage points above something else than the past: the national rate, a target."""
        behind = self.tokens[at + 1 : right + 1]
        if any(t.kind == "period" for t in behind):
            return False
        return any(t.low in ("than", "above", "below", "over", "als", "über", "unter", "que") for t in behind)

    def _share_of(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < right else None
        return after is not None and after.low in self.lex.words("roles", "share_right") and after.low != "in"

    def _same_period(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1 : min(right, at + 4)]
        return any(t.kind == "period" and self.periods[t.index].kind == "same_period" for t in after)

    def _like_last(self, draft: Draft, n: int, lead: int, at: int) -> bool:
        """An enumeration goes on: `up 24 percent, and FDI from Singapore 16.2 percent`; or a comparison with an average."""
        if (
            not n
            or self.drafts[-1].kind not in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
            or self.drafts[-1].amount.kind != "percent"
        ):
            return False
        if self._share_of(at, len(self.tokens)):
            return False
        words = self.tokens[lead:at]
        return not any(t.tag == "verb" for t in words) and not any(
            t.low in self.lex.words("roles", "share") for t in words
        )

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

    # -- label --------------------------------------------------------------------------------------------------

    def _name(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        phrase, verb = self.phrases.before(lead, at)
        own = phrase if self.phrases.content(phrase) else ""
        if not own and self._in_parenthesis(lead):
            own = self._before_parenthesis(lead)
        if not own and lead and not n:
            phrase, verb = self.phrases.before(0, lead - 1 if self.tokens[lead - 1].kind == "mark" else lead)
            own = phrase if self.phrases.content(phrase) else ""
        complement = self.phrases.after(at + 1, right)
        if draft.amount.kind == "count":
            draft.label = self._counted(draft, lead, at, right)
        elif draft.kind is ChangeKind.SHARE:
            draft.label = self._share_label(own, complement, at, right)
        elif draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK):
            draft.label = self._growth_label(draft, own, complement, at, right)
        else:
            draft.label = self._level_label(draft, own, complement, n, at, right)
        if not draft.label:
            draft.label = self._inherited() or self.phrases.printed([t for t in self.tokens if t.kind == "word"][:8])

    def _subject(self, draft: Draft, lead: int, at: int) -> None:
        """Who or what the sentence is about, where the label does not say it."""
        verb = next((i for i in range(at) if self.tokens[i].tag == "verb" and i), None)
        if verb is None:
            return
        phrase, _ = self.phrases.before(0, verb + 1)
        if phrase and self.phrases.content(phrase) and phrase.casefold() not in draft.label.casefold():
            words = phrase.split()
            if len(words) <= LONGEST_PREDICATE and not any(w.casefold() in self.lex.words("roles", "reporting") for w in words):
                draft.dimensions.setdefault("subject", phrase)

    def _in_parenthesis(self, lead: int) -> bool:
        return lead > 0 and self.tokens[lead - 1].text == "("

    def _before_parenthesis(self, lead: int) -> str:
        end = lead - 1
        if end and self.tokens[end - 1].kind == "amount":
            return ""
        low = max(
            (i + 1 for i in range(end) if self.tokens[i].kind == "amount" or self.tokens[i].text in ",;"), default=0
        )
        phrase, _ = self.phrases.before(low, end)
        return phrase if self.phrases.content(phrase) else ""

    def _inherited(self) -> str:
        """The subject of the sentence so far, else what was spoken of last."""
        if self.subject:
            return self.subject
        levels = [d for d in self.drafts if d.label]
        return levels[-1].label if levels else self.state.label

    def _counted(self, draft: Draft, lead: int, at: int, right: int) -> str:
        """`foreign-funded projects added to the database`: the noun, what was done with it, and where."""
        stop = at + 1 + self._noun_run(draft, at)
        run = self._predicate(stop, right)
        verb = self._done(lead, at)
        if verb is not None:
            draft.dimensions.setdefault("action", verb.low)
        if not run:
            return " ".join(filter(None, (draft.noun, verb.low if verb is not None else "")))
        start = self.text.find(draft.noun, draft.amount.end) if draft.noun else run[0].start
        stretch = self.text[start : run[-1].end]
        dated = any(t.kind == "period" for t in self.tokens[stop:right] if t.start < run[-1].end)
        if not dated and len(stretch) < LONGEST_STRETCH:
            return QUOTES.sub(" ", stretch).strip()
        return " ".join(filter(None, (draft.noun, self.phrases.printed(run))))

    def _done(self, lead: int, at: int) -> Token | None:
        """The verb in front of a count that says what was done: added, signed, created."""
        for token in reversed(self.tokens[lead:at]):
            if token.kind != "word" or token.tag in ("det", "adv", "prep") or token.low in self.phrases.qualifiers:
                continue
            telling = token.tag == "verb" and token.low not in AUXILIARY and token.low not in DULL_VERBS
            return token if telling else None
        return None

    def _noun_run(self, draft: Draft, at: int) -> int:
        end = draft.amount.end
        limit = self.text.find(draft.noun, end) + len(draft.noun) if draft.noun else end
        return sum(1 for t in self.tokens[at + 1 :] if t.end <= limit)

    def _predicate(self, start: int, right: int) -> list[Token]:
        """What follows a counted noun: `landed`, `were newly added`, `of multinational companies`."""
        run: list[Token] = []
        for token in self.tokens[start:right]:
            if token.kind == "amount" or (token.kind == "mark" and token.text not in "'\"“”"):
                break
            if token.low in ("up", "down", "while", "but", "which", "that", "who") or len(run) >= LONGEST_PREDICATE:
                break
            if token.kind != "period":
                run.append(token)
        while run and (run[-1].tag in ("prep", "conj", "det", "adv", "pron") or run[-1].low in AUXILIARY or run[-1].kind == "mark"):
            run.pop()
        return run

    def _share_label(self, own: str, complement: str, at: int, right: int) -> str:
        rate = any(
            w.casefold() in ("rate", "ratio", "share", "proportion", "quote", "taux", "part", "anteil", "landungsquote")
            or w.casefold().endswith(("quote", "rate", "anteil"))
            for w in own.split()
        )
        whole = "" if TOTAL.match(complement) else complement
        if rate and own and not whole:
            return own
        subject = own
        if not subject:
            levels = [d for d in self.drafts if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)]
            subject = levels[-1].label if levels else self._inherited()
        if not self._share_of(at, right):
            return " ".join(filter(None, (subject, complement))) if complement and subject else subject or complement
        whole = whole or (self.state.label if self.state.label not in subject else "")
        return f"{subject} share of {whole}" if whole and subject else subject or f"share of {complement}"

    def _growth_label(self, draft: Draft, own: str, complement: str, at: int, right: int) -> str:
        if own:
            return own
        cue = self.changes.right(at, right)
        if cue.right:
            behind = self.phrases.after(cue.index + 1, right)
            if (
                behind
                and self.phrases.content(behind)
                and self.tokens[cue.index + 1].low in ("in", "of", "der", "des", "de", "du", "bei")
            ):
                draft.relates = behind
                inherited = self._subject_before(at)
                return f"{inherited} {behind}".strip() if inherited else behind
        levels = [d for d in self.drafts if d.kind not in (ChangeKind.RANK,)]
        if levels:
            draft.parent = (
                levels[-1].parent
                if levels[-1].parent is not None and levels[-1].amount.kind in ("percent", "points")
                else levels[-1]
            )
            return levels[-1].label
        return self._inherited()

    def _subject_before(self, at: int) -> str:
        low = max((i + 1 for i in range(at) if self.tokens[i].kind == "amount"), default=0)
        phrase, _ = self.phrases.before(low, at)
        return phrase if self.phrases.content(phrase) else ""

    def _level_label(self, draft: Draft, own: str, complement: str, n: int, at: int, right: int) -> str:
        follows = self.tokens[at + 1].low if at + 1 < right else ""
        if draft.amount.kind == "number" and follows in ("of", "der", "des", "de", "davon") and complement:
            return complement if not own or self._agentive(n) else complement
        if (
            draft.amount.kind == "money"
            and follows in ("of", "in", "into", "to", "from", "for", "an", "de", "d")
            and complement
            and self.phrases.content(complement)
        ):
            return (
                f"{own} {follows} {complement}"
                if own and follows != "of"
                else complement
                if follows == "of"
                else complement
            )
        if own and not self.phrases.generic(own):
            return own
        parent = next((d for d in reversed(self.drafts) if d.amount.kind in ("count", "number", "money")), None)
        if parent is not None:
            draft.parent = None
            return f"{own or 'investment' if self.lex.language == 'en' else own} of {parent.label}".strip()
        if own and self.subject:
            return f"{own} of {self.subject}"
        if own and self.state.label:
            return f"{own} of {self.state.label}"
        return own

    def _agentive(self, n: int) -> bool:
        return n >= 0

    # -- time, scenario, memory -----------------------------------------------------------------------------------

    def _scene(self, draft: Draft, low: int, high: int) -> None:
        if draft.parent is not None and draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH):
            draft.scenario = draft.parent.scenario
            return
        draft.scenario = self.scenarios.at(draft.amount.start, draft.amount.end, low, high)

    def _time(self, draft: Draft, n: int, lead: int, low: int, high: int) -> None:
        at = self.at[n]
        following = self.at[n + 1] if n + 1 < len(self.at) else len(self.tokens)
        period = self.when.own(at, following)
        growth = draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK)
        if not period and growth and draft.parent is not None:
            period = draft.parent.period
        stock = period.startswith("to ")
        wide = self._clause(low, high)
        running = draft.scenario is Scenario.ACTUAL and not growth and draft.amount.kind != "percent"
        running = running and (self.when.is_running(*wide) or (not period and self.when.stands(lead, at)))
        if stock or running:
            draft.period, draft.running = self.when.stock(period, *wide), True
            if draft.kind is ChangeKind.LEVEL:
                draft.kind = ChangeKind.CUMULATIVE
        else:
            inherited = self.state.target if draft.scenario is not Scenario.ACTUAL and not period else ""
            draft.period = period or inherited or self.state.period or self.context.period
        if draft.scenario is not Scenario.ACTUAL and re.fullmatch(r"to \d{4}-12-31", draft.period):
            draft.period = draft.period[3:7]  # by 2025: the year aimed at
        if growth:
            draft.base = self.when.base(draft.period, draft.kind is ChangeKind.MOM_GROWTH)
        draft.comparable = any(w in self.text.casefold() for w in self.lex.words("roles", "comparable"))

    def _clause(self, low: int, high: int) -> tuple[int, int]:
        """The stretch between strong breaks, or commas followed by a new statement, around low..high."""
        start = max(self.text.rfind(";", 0, low), self.text.rfind(" but ", 0, low)) + 1
        end = self.text.find(";", high)
        return start, end if end >= 0 else len(self.text)

    def _remember(self, draft: Draft) -> None:
        if draft.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE):
            draft.subject = draft.label
            self.state.level = draft
        if draft.label and draft.kind is not ChangeKind.SHARE:
            self.subject = draft.label

    def _carry_period(self) -> None:
        """The first recent period of facts, and that of plans, hold for the sentences behind."""
        for draft in reversed(self.drafts):
            if draft.running or not draft.period or draft.kind is ChangeKind.MOM_GROWTH:
                continue
            if draft.scenario is Scenario.TARGET:
                self.state.target = draft.period
            elif recent(draft.period, self.context.anchor):
                self.state.period = draft.period

    def _carry(self) -> None:
        self._carry_period()
        self.state.label = next(
            (d.label for d in self.drafts if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)), self.drafts[0].label
        )
