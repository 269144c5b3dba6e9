"""One Chinese sentence: clauses between commas, each number with the topic in front of it."""

import re
from dataclasses import replace
from itertools import pairwise

from knowledge.figure import ChangeKind, Scenario
from knowledge.ledger.admission import admitted
from knowledge.ledger.catalogue import Area
from knowledge.ledger.context import FLOWS, Context, State, narrower, recent
from knowledge.ledger.draft import Draft
from knowledge.ledger.leading import coming, leads, whole_year
from knowledge.ledger.topics import DOWN, TRAILING, UP, counted_noun, topic_of
from knowledge.ledger.where import Place, Where, places
from knowledge.reading.amounts import read_amounts
from knowledge.reading.calendar import end_of, month_before, year_before
from knowledge.reading.periods import read_periods
from knowledge.reading.spans import Amount, Period

CLAUSE = re.compile(r"[，,;；。、:：]|(?<=[\u4e00-\u9fff])\s")
HARD = "；;。"
ADJACENT = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|约|超过|超|近|逾|达到|达|为|到|至|率为|率|速度|幅度|以上|将近|接近|不到|[^\u4e00-\u9fff]){{0,3}}$"
)
TO_LEVEL = re.compile(r"(?:到|至)(?:了|约|近|超)?$")
SHARE = re.compile(
    r"占(?:全|比|总|到|了)?|比重|占比|完成(?:了)?(?:全年|年度)?|比例|份额|贡献率|达到?.{0,4}的$|率(?:为|达|达到|超|超过|近|约)?$"
)
TARGET = re.compile(
    r"目标|计划(?!单列|生育)|力争|争取|规划(?!建设)|任务(?!的)|拟|确保|有望达到|实现.{0,6}目标|预期目标"
)
NOT_TARGET = re.compile(
    r"(?:全年|年度)?(?:预期)?(?:目标|任务|计划)(?:的|进度)|完成(?:了)?(?:全年|年度)?(?:预期)?(?:目标|任务|计划)|超额完成|高于.{0,6}目标|五年规划|计划单列|快于.{0,6}(?:目标|进度)|较.{0,6}目标|行动计划|比.{0,6}目标"
)
FORECAST = re.compile(r"预计|预期|预测|将(?!近|至)|有望|可望|料将|预估")
RUNNING = re.compile(r"累计|截至|截止|目前|迄今|现有|已有|总数(?:达|为)?|存量|至今|总量达|现已|历年")
LIST_ITEM = re.compile(r"[、,，]|和|与|及|以及")
DISTRICT = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:高新区|经开区|开发区|港务区|新区|自贸区|保税区|区|县)|高新区|经开区|开发区"
)
NOWHERE = Area("", {}, (), "district", None, None, None)
PROPORTION = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,}?)(?P<share>占比|比重|份额)(?:由|从)")
BARELY = ("近", "约", "超", "超过", "不到", "过", "比", "了", "逾", "将近", "接近")
BRANCH = re.compile(r"(?:业|产业|行业|领域)$")
MEASURED = re.compile(r".*?(?:业|产业|行业|领域)(?P<measure>[\u4e00-\u9fff]{2,8})$")
EARLIER = re.compile(r"(?:由|从)(?:上年|去年)(?:同期|同月)?的?(?:约|近|超)?$")
LEADERS = re.compile(r"(?:居前|领先|位居前列|名列前茅|排名前\w{0,2})$")
HEADING = 24  # characters
CORRECTED = re.compile(r"更正(?:为|成)(?:了|约)?$|(?:修正|修订|调整|改)为$")
FORMER = re.compile(r"由$|从$")
RESPECTIVELY = re.compile(r"分别")


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
        self.topic = ""
        self.flat = self._flat()

    def _inside(self, at: int) -> bool:
        """Whether a mark stands inside a number or inside parentheses."""
        if any(a.start <= at < a.end for a in self.amounts):
            return True
        opened = max(self.text.rfind("(", 0, at), self.text.rfind("（", 0, at))
        closed = max(self.text.rfind(")", 0, at), self.text.rfind("）", 0, at))
        return opened > closed

    def _flat(self) -> str:
        """The sentence with periods blanked, so that what is left in front of a number is its topic."""
        chars = list(self.text)
        for period in self.periods:
            if period.kind != "same_period" or self.text[period.start : period.end] not in ("同比", "环比"):
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
        self._respectively()
        self._corrected()
        if self.drafts:
            self._carry_period()
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
        self._kind(draft, left, amount, end)
        self._label(draft, n, left, lead, end, min(nxt, end))
        self._scene(draft, lead, amount.start)
        self._time(draft, start, amount.start, end)
        draft.area = self._area(start, amount.start, end)
        counterpart = self.where.counterpart(start, end)
        if counterpart:
            draft.dimensions["counterpart"] = counterpart
        return draft

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

    # -- kind -----------------------------------------------------------------------------------------------------

    def _kind(self, draft: Draft, left: str, amount: Amount, end: int) -> None:
        kind = amount.kind
        if kind == "rank":
            draft.kind, draft.unit = ChangeKind.RANK, "rank"
            return
        near = ADJACENT.search(left.rstrip("\u0000"))
        direction = 0 if near is None else (1 if near["up"] else -1)
        if near is not None and TO_LEVEL.search(left):
            direction = 0
        monthly = "环比" in left
        growth = ChangeKind.MOM_GROWTH if monthly else ChangeKind.YOY_GROWTH
        if kind in ("percent", "points"):
            enumerated = not direction and not SHARE.search(left) and self._enumerates(left)
            if direction or "同比" in left or "环比" in left or enumerated:
                draft.kind = growth
                draft.value = -abs(draft.value) if direction < 0 else draft.value
                if kind == "points" and re.search(r"(?:高于|低于|快于|比全国|比全市|较全国)", left):
                    draft.kind = ChangeKind.DIFFERENCE
            else:
                draft.kind = ChangeKind.SHARE
        elif kind == "multiple":
            self._multiple(draft, direction, left, growth)
        elif kind == "count" and re.search(r"[较比][^,，]*(?:增加|减少|净增|多|少)了?$", self.text[: amount.start]):
            draft.kind = ChangeKind.DIFFERENCE
            draft.value *= -1 if re.search(r"(?:减少|少)了?$", left) else 1
        elif direction and kind == "money" and not re.search(r"新增|增加值|增资", left[-6:]):
            draft.kind = ChangeKind.DIFFERENCE
            draft.value *= direction

    def _enumerates(self, left: str) -> bool:
        """、-lists of growth rates: 分别增长5%、6%."""
        return (
            bool(self.drafts)
            and self.drafts[-1].kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
            and self.drafts[-1].amount.kind == "percent"
            and not re.search(r"[\u4e00-\u9fff]{3,}", left.replace("\u0000", ""))
        )

    def _multiple(self, draft: Draft, direction: int, left: str, growth: ChangeKind) -> None:
        draft.kind = growth
        named = draft.amount.text.startswith(("翻", "减"))
        if named:
            draft.value, draft.unit = 100 * (float(draft.amount.value) - 1), "percent"
        elif direction:
            draft.value, draft.unit = 100 * float(draft.amount.value) * direction, "percent"
        else:
            draft.unit = "times"

    # -- label ----------------------------------------------------------------------------------------------------

    def _label(self, draft: Draft, n: int, left: str, lead: int, end: int, right: int) -> None:
        topic = topic_of(left)
        amount = draft.amount
        if draft.kind is ChangeKind.SHARE:
            draft.label = self._share_label(draft, topic, amount, right)
            return
        if draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK):
            if not topic:
                counted = draft.kind is ChangeKind.DIFFERENCE and amount.kind == "count"
                like = [d for d in self.drafts if d.amount.kind == "count" and d.kind is ChangeKind.LEVEL]
                parent = like[-1] if counted and like else self._parent()
                draft.parent = parent
                topic = parent.label if parent else self._carried(lead)
            draft.label = topic
        elif amount.kind == "count" and topic in ("新增", "新设", "新引进") and self._parent() is not None:
            parent = self._parent()
            draft.label = f"{topic}{parent.label if parent else ''}"
        elif amount.kind == "count":
            tail = amount.noun
            draft.label = topic if not tail else f"{topic}{counted_noun(tail)}" if topic else counted_noun(tail)
            if not draft.label:
                draft.label = self._carried(lead)
        else:
            if (
                topic
                in (
                    "投资",
                    "总投资",
                    "投资额",
                    "资金",
                    "外资",
                    "金额",
                    "总额",
                    "总金额",
                    "投资总额",
                    "计划总投资",
                    "计划投资",
                )
                and self._parent() is not None
            ):
                parent = self._parent()
                topic = f"{parent.label}{topic}" if parent and topic not in parent.label else topic
            draft.label = self._of_branch(topic) or self._carried(lead)
        if draft.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE) or (topic and draft.kind is not ChangeKind.RANK):
            self.topic = draft.label

    def _of_branch(self, topic: str) -> str:
        """制造业实际使用外资A,服务业B: a branch that is named alone is measured as the first was."""
        if not BRANCH.search(topic):
            return topic
        first = next((m for d in self.drafts if (m := MEASURED.match(d.label))), None)
        return f"{topic}{first['measure']}" if first else topic

    def _parent(self) -> Draft | None:
        return next(
            (d for d in reversed(self.drafts) if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)), None
        ) or (self.drafts[-1] if self.drafts else None)

    def _carried(self, lead: int) -> str:
        """The topic of the clause in front, of the sentence, of the sentence before."""
        if self.drafts:
            return self.drafts[-1].label
        for bound in reversed([b for b in self.bounds if b < lead]):
            start = max((b + 1 for b in self.bounds if b < bound), default=0)
            topic = topic_of(self.flat[start:bound])
            if len(topic) >= 2:
                return topic[-24:]
        return self.topic or self.state.label

    def _share_label(self, draft: Draft, topic: str, amount: Amount, right: int) -> str:
        clause = self.text[max((b + 1 for b in self.bounds if b < amount.start), default=0) : amount.start]
        proportion = PROPORTION.match(clause)
        if proportion:
            return topic_of(proportion["what"]) + proportion["share"]
        if "完成" in clause and self._parent() is not None:
            topic = ""
        whole = re.search(
            r"(?:占|完成)(?:了)?(?P<whole>[^占\d]{1,20}?)(?:的|总量|比重|比例|达|为|超|近|约)*$",
            clause.replace("\u0000", ""),
        )
        whole = None if whole and whole["whole"] in BARELY else whole
        behind = re.match(
            r"(?:以上|左右|以下|多)?的(?P<rest>[\u4e00-\u9fff]{2,12})", self.text[amount.end : amount.end + 14]
        )
        subject = re.split(r"占|完成", topic)[0].strip("均已") if topic else ""
        subject = TRAILING.sub("", subject)
        if len(subject) < 2 and behind:
            return behind["rest"]
        if len(subject) < 2:
            parent = self._parent()
            subject = parent.label if parent else self._carried(amount.start)
        draft.relates = whole["whole"] if whole else None
        if re.search(r"率$", subject):
            return subject
        return (
            f"{subject}占{whole['whole']}比重"
            if whole
            else subject + (behind["rest"] if behind and subject not in behind["rest"] else "")
        )

    def _corrected(self) -> None:
        """由A更正为B: B is what A was published for, and holds from now on."""
        for former, draft in pairwise(self.drafts):
            gap = self.text[former.amount.end : draft.amount.start]
            opened = FORMER.search(self.text[: former.amount.start])
            if not (opened and CORRECTED.search(gap)) or len(gap) > 8:
                if CORRECTED.search(self.text[: draft.amount.start]):
                    draft.status = "revised"
                continue
            draft.label, draft.kind, draft.scenario = former.label, former.kind, former.scenario
            draft.period, draft.base, draft.noun = former.period, former.base, former.noun
            draft.value = -abs(draft.value) if former.value < 0 else draft.value
            draft.status = "revised"
            former.compared = True

    def _respectively(self) -> None:
        """投资和消费分别增长5%和6%: each number its own item."""
        for match in RESPECTIVELY.finditer(self.text):
            run = [d for d in self.drafts if d.amount.start >= match.end()]
            run = [
                d
                for i, d in enumerate(run)
                if i == 0
                or re.fullmatch(r"[、,，和与及\s以]*(?:增长|下降)?", self.text[run[i - 1].amount.end : d.amount.start])
            ]
            start = max((b + 1 for b in self.bounds if b < match.start() and self.text[b] not in "、"), default=0)
            phrase = topic_of(self.flat[start : match.start()]) or ""
            if not phrase and start:  # 甲、乙入库数量居前,分别为
                before = max((b + 1 for b in self.bounds if b < start - 1 and self.text[b] not in "、"), default=0)
                phrase = topic_of(LEADERS.sub("", self.flat[before : start - 1]))
            parts = [p for p in LIST_ITEM.split(phrase) if p]
            if 1 < len(run) == len(parts):
                self._apart(run, parts)
                tail = re.search(r"(?:[\u4e00-\u9fff]*?)(投资|产值|增加值|出口|进口|收入|消费|项目|企业)$", parts[-1])
                placed = all(self._place(part) for part in parts)
                for draft, part in zip(run, parts, strict=True):
                    if placed:
                        continue
                    draft.label = part + (tail[1] if tail and not part.endswith(tail[1]) else "")
                for draft in run:
                    draft.kind = run[0].kind
                    draft.value = -abs(draft.value) if run[0].value < 0 else draft.value

    def _place(self, part: str) -> Place | None:
        """The area that an item of a list begins with."""
        found = next(iter(places(part, self.context)), None)
        if found is not None and found.start == 0:
            return found
        short = DISTRICT.match(part)
        return Place(0, short.end(), short.group(), NOWHERE, "district") if short else None

    def _apart(self, run: list[Draft], parts: list[str]) -> None:
        """杭州、宁波实际使用外资分别为A和B: the area, district or country of each, under the label that they share."""
        found = [self._place(part) for part in parts]
        last = found[-1]
        if last is None or not all(found):
            return
        label = topic_of(parts[-1][last.end :].lstrip("对在"))
        for draft, place in zip(run, found, strict=True):
            if place is None:
                continue
            if place.role == "district":
                draft.dimensions["district"] = place.name
            elif place.role == "counterpart" or place.area.country != self.context.country:
                draft.dimensions["counterpart"] = place.name
                draft.area = self.context.area or draft.area
            else:
                draft.area = place.name
                draft.dimensions.pop("counterpart", None)
            draft.label = re.sub(r"^[\u4e00-\u9fff](?=投资$)|居前$", "", label) or draft.label

    # -- scenario, time, area ----------------------------------------------------------------------------------------

    def _scene(self, draft: Draft, lead: int, at: int) -> None:
        if draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH) and draft.parent is not None:
            draft.scenario = draft.parent.scenario
            return
        stretch_start = max((m.start() for m in re.finditer("[；;]", self.text[:at])), default=-1) + 1
        stretch = NOT_TARGET.sub("　", self.text[stretch_start:at])
        own = NOT_TARGET.sub("　", self.text[lead:at])
        if TARGET.search(stretch):
            draft.scenario = Scenario.TARGET
        elif FORECAST.search(own) or (
            FORECAST.search(stretch)
            and not re.search(r"已|完成|实际", own)
            and not re.search(r"预计(?:投入|总?投资|投资额)", stretch)
        ):
            draft.scenario = Scenario.FORECAST
        behind = self.text[draft.amount.end : draft.amount.end + 16]
        if draft.amount.kind in ("percent", "count") and re.match(r"[^,，;；。]{0,12}?(?:计划|打算|拟)", behind):
            draft.scenario = Scenario.TARGET
        if re.match(r"的(?:年度|全年|年初)?(?:预期|奋斗|既定)?目标", behind):
            draft.scenario = Scenario.TARGET
        if draft.kind is ChangeKind.SHARE and re.search(r"完成.{0,10}$", self.text[lead:at]):
            draft.scenario = Scenario.ACTUAL

    def _time(self, draft: Draft, start: int, at: int, end: int) -> None:
        usable = [p for p in self.periods if p.code and p.kind != "same_period" and not self._base(p)]
        own = [p for p in usable if p.start < at and not self._dating(p)]
        if not own:
            own = [p for p in usable if p.kind != "day" and at <= p.start < end]
        growth = draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK)
        period = own[-1].code if own else ""
        if growth and draft.parent is not None and not any(p.start >= start for p in own):
            period = draft.parent.period
        clause = self.text[max((m.end() for m in re.finditer("[；;]", self.text[:at])), default=0) : at]
        running = (
            RUNNING.search(clause)
            and draft.scenario is Scenario.ACTUAL
            and not growth
            and draft.amount.kind not in ("percent", "points")
        )
        if period.startswith("to ") or (running and not (period and "累计" in clause and "/" in period)):
            draft.running = True
            draft.period = (
                period
                if period.startswith("to ")
                else end_of(period)
                if period
                else f"to {self.context.anchor_month}"
                if self.context.anchor_month
                else ""
            )
            draft.kind = ChangeKind.CUMULATIVE if draft.kind is ChangeKind.LEVEL else draft.kind
        else:
            if draft.scenario is not Scenario.ACTUAL:
                period = coming(period, self.periods, self.context)
            planned = self.state.target if draft.scenario is Scenario.TARGET else ""
            draft.period = period or planned or self.state.period or self.context.period
            if draft.scenario is Scenario.TARGET:
                draft.period = whole_year(draft.period, clause + self.text[at:end], self.context)
        if EARLIER.search(self.text[:at]) and not growth:
            draft.period = year_before(draft.period) or draft.period
        if growth:
            draft.base = (
                month_before(draft.period) if draft.kind is ChangeKind.MOM_GROWTH else year_before(draft.period)
            ) or None
        draft.comparable = "可比" in self.text or "不变价" in self.text

    def _base(self, period: Period) -> bool:
        """A period that a change is measured from: 比上半年, 较2022年."""
        return self.text[max(0, period.start - 1) : period.start] in ("比", "较", "与", "同")

    def _dating(self, period: Period) -> bool:
        """A day that dates the report, not the number."""
        if period.kind != "day":
            return False
        after = self.text[period.end : period.end + 12]
        return bool(re.match(r"(?:电|讯|,|，|\s|上午|下午|在|举行|召开|发布|消息|从|由|获悉|印发|公布|起)", after)) or (
            period.start < 12 and len(self.periods) > 1
        )

    def _area(self, start: int, at: int, end: int) -> str:
        return self.where.of(start, at, end)
