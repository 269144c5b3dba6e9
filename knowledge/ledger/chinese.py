"""One Chinese sentence: clauses between commas, each number with the topic in front of it."""

import re
from dataclasses import replace

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.admission import admitted
from knowledge.ledger.changes_zh import set_kind
from knowledge.ledger.context import FLOWS, Context, State, narrower, recent
from knowledge.ledger.draft import Draft
from knowledge.ledger.goals_zh import goals
from knowledge.ledger.leading import leads
from knowledge.ledger.lists_zh import corrected, named, respectively
from knowledge.ledger.members_zh import LEVELS, enumerated, told_parts
from knowledge.ledger.naming_zh import ChineseNames
from knowledge.ledger.scenario_zh import set_scenario
from knowledge.ledger.when_zh import set_period
from knowledge.ledger.where import Where
from knowledge.reading.amounts import read_amounts
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount, Period

CLAUSE = re.compile(r"[，,;；。、:：]|(?<=[\u4e00-\u9fff])\s")
SOURCE = re.compile(r"^(?:是|为|仍为|仍是|成为).*(?:来源地|来源国|投资国|投资者|投资方)[,，]$")
GOAL = re.compile(r"(?:确定的?|预期|既定|计划)?(?:目标|任务)")
HEADING = 24  # characters


class ChineseSentence:
    """A Chinese sentence under reading."""

    def __init__(self, text: str, offset: int, context: Context, state: State) -> None:
        self.text, self.offset, self.context, self.state = text, offset, context, state
        self.lex = context.lex
        self.periods: tuple[Period, ...] = read_periods(
            text, context.anchor, "zh", year=None if context.anchor else state.year
        )
        self.amounts = admitted(read_amounts(text, "zh", context.country), self.periods, text, self.lex)
        self.where = Where(text, context, state)
        self.bounds = [m.start() for m in CLAUSE.finditer(text) if not self._inside(m.start())]
        self.drafts: list[Draft] = []
        self.names = ChineseNames(self)
        self.flat = self._flat()

    def _inside(self, at: int) -> bool:
        """Whether a mark stands inside a number or inside parentheses."""
        return any(a.start <= at < a.end for a in self.amounts) or self._bracketed(at)

    def _bracketed(self, at: int) -> bool:
        opened = max(self.text.rfind("(", 0, at), self.text.rfind("（", 0, at))
        closed = max(self.text.rfind(")", 0, at), self.text.rfind("）", 0, at))
        return opened > closed

    def aside(self, start: int, at: int) -> bool:
        """Whether a place stands in parentheses that are closed before another."""
        closed = max(self.text.rfind(")", start, at), self.text.rfind("）", start, at))
        return closed >= 0 and self._bracketed(start) and not self._bracketed(at)

    def _flat(self) -> str:
        """The sentence with periods blanked, so that what is left in front of a number is its topic."""
        chars = list(self.text)
        for period in self.periods:
            goal = GOAL.match(self.text, period.end)  # 全年目标 names what is aimed at
            unblanked = goal or self.text[period.start : period.end] in ("同比", "环比")
            if not (unblanked and (period.kind == "same_period" or goal)):
                for i in range(period.start, period.end):
                    chars[i] = "\u0000"
        return "".join(chars)

    def _clause(self, at: int) -> tuple[int, int]:
        start = max((b + 1 for b in self.bounds if b < at), default=0)
        end = min((b for b in self.bounds if b >= at), default=len(self.text))
        return start, end

    def read(self) -> list[Draft]:
        """The drafts of the sentence, by place."""
        for n, amount in enumerate(self.amounts):
            self.drafts.append(self._draft(n, amount))
        enumerated(self)
        named(self)
        respectively(self)
        corrected(self)
        told_parts(self)
        goals(self)
        if self.drafts:
            self._carry_period()
            measured = (d.label for d in self.drafts if d.amount.kind == "money" and d.kind in LEVELS)
            self.state.main = self.state.main or next(measured, "")
            self.state.counted += [d.label for d in self.drafts if d.amount.kind == "count"]
            self.state.wholes += [d for d in self.drafts if d.amount.kind == "count" and d.kind in LEVELS]
            self.state.label = next((d.label for d in self.drafts if d.label), self.state.label)
        elif own := [p.code for p in self.periods if p.kind in FLOWS and recent(p.code, self.context.anchor)]:
            self.state.period = own[0]
            if len(self.text) <= HEADING or self.text.rstrip().endswith((":", "：")):
                self.state.announced = own[0]
        self.where.remember()
        return self.drafts

    def _carry_period(self) -> None:
        """The first recent period of facts, and that of plans, hold for the sentences behind."""
        for draft in reversed(self.drafts):
            if draft.running or not draft.period or draft.kind is ChangeKind.MOM_GROWTH:
                continue
            if draft.scenario is Scenario.TARGET:
                self.state.target = draft.period
            elif (
                leads(self.text)
                and recent(draft.period, self.context.anchor)
                and not narrower(draft.period, self.context.period)
            ):
                self.state.period = draft.period

    def _draft(self, n: int, amount: Amount) -> Draft:
        floor = self.amounts[n - 1].end if n else 0
        start, end = self._clause(amount.start)
        lead = max(start, floor)
        nxt = self.amounts[n + 1].start if n + 1 < len(self.amounts) else len(self.text)
        draft = Draft.of(amount, self.offset, len(self.text))
        twin = self._twin(n, draft)
        if twin is not None:
            return twin
        left = self.flat[lead : amount.start]
        set_kind(self, draft, left)
        self.names.name(draft, left, lead, min(nxt, end))
        set_scenario(self.text, draft, lead, amount.start)
        set_period(self, draft, start, amount.start, end)
        draft.area = self.where.of(start, amount.start, end)
        counterpart = self.where.counterpart(start, end, draft.label) or self._source(start)
        if counterpart:
            draft.dimensions["counterpart"] = counterpart
        return draft

    def _source(self, start: int) -> str:
        """法国是最大来源地,投资3亿美元: the place that the clause in front is only about."""
        before = [p for p in self.where.places if p.start < start]
        source = before[-1] if before and before[-1].role == "counterpart" else None
        led = source is not None and source.start >= self._clause(start - 1)[0]
        told = source is not None and SOURCE.search(self.text[source.end : start])
        return source.name if source is not None and led and told else ""

    def _twin(self, n: int, draft: Draft) -> Draft | None:
        if (
            not n
            or draft.amount.kind != "money"
            or self.drafts[-1].amount.kind != "money"
            or self.drafts[-1].unit == draft.unit
        ):
            return None
        last = self.drafts[-1]
        gap = self.text[self.amounts[n - 1].end : draft.amount.start]
        if not re.fullmatch(r"[(（\s,，]*(?:约合|折合|约|合|即|相当于|人民币|约为|折算|等值)*\s*", gap):
            return None
        own = draft.qualifier if draft.qualifier != "exact" else last.qualifier
        return replace(
            last,
            amount=draft.amount,
            start=draft.start,
            end=draft.end,
            value=draft.value,
            unit=draft.unit,
            qualifier=own,
            parent=last,
            dimensions=dict(last.dimensions),
        )
