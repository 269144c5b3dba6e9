"""Labels of a Chinese sentence: what each number is of."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.draft import Draft
from knowledge.ledger.topics import TRAILING, counted_noun, topic_of
from knowledge.reading.spans import Amount

if TYPE_CHECKING:
    from knowledge.ledger.chinese import ChineseSentence

PROPORTION = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,}?)(?P<share>占比|比重|份额)(?:由|从)")
BARELY = ("近", "约", "超", "超过", "不到", "过", "比", "了", "逾", "将近", "接近")
BRANCH = re.compile(r"(?:业|产业|行业|领域)$")
MEASURED = re.compile(r".*?(?:业|产业|行业|领域)(?P<measure>[\u4e00-\u9fff]{2,8})$")
GOAL_BEHIND = re.compile(r"的(?:年度|全年|年初|预期)?目标")
TOWN = re.compile(
    r"(?![\u4e00-\u9fff]{0,6}(?:地区|片区|园区|社区|辖区|城市|全市|上市|其他))[\u4e00-\u9fff]{1,5}?"
    r"(?:高新区|经开区|开发区|港务区|新区|自贸区|保税区|区|县|市)|(?:高新|经开|开发|保税|自贸)区"
)
NOUNS = ("项目", "企业", "机构", "公司", "中心", "总部", "数量")
PART = re.compile(r"(?:类|业|产业|领域|区|县|市)$|^(?:来自|其他)")
AMONG = re.compile(r"(?P<what>[\u4e00-\u9fff]{0,8}(?:项目|企业|机构|公司|中心|总部))中(?=[，,])")

DEVELOPED = re.compile(  # 近五年规模稳步扩大:2018年7亿美元: says how, not what
    r"(?:规模|总量|总额|数量|金额)?(?:稳步|持续|不断|逐年|连年|快速|稳定|明显|保持)+(?:扩大|增长|攀升|提升|提高|上升|增加|壮大|扩张)"
)


class ChineseNames:
    """Names the drafts of one sentence; later ones inherit from earlier ones."""

    def __init__(self, sentence: "ChineseSentence") -> None:
        self.s = sentence
        self.topic = ""  # of the label given last

    def name(self, draft: Draft, left: str, lead: int, right: int) -> None:
        """Set the label from the words in front, else from what was spoken of."""
        topic = topic_of(left)
        topic = "" if DEVELOPED.fullmatch(topic) else topic
        amount = draft.amount
        if draft.kind is ChangeKind.SHARE:
            draft.label = self._share_label(draft, topic, amount, right)
            return
        if draft.kind in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH, ChangeKind.DIFFERENCE, ChangeKind.RANK):
            if not topic:
                counted = draft.kind is ChangeKind.DIFFERENCE and amount.kind == "count"
                levels = (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)
                like = [d for d in self.s.drafts if d.amount.kind == "count" and d.kind in levels]
                parent = like[-1] if counted and like else self._parent(draft)
                draft.parent = parent
                topic = parent.label if parent else self._carried(lead)
            draft.label = topic
        elif amount.kind == "count" and topic in ("新增", "新设", "新引进") and self._parent() is not None:
            parent = self._parent()
            draft.label = f"{topic}{parent.label if parent else ''}"
        elif amount.kind == "count":
            tail = counted_noun(amount.noun)
            draft.label = f"{topic}{tail}" if tail else self._counted(topic, draft) if topic else self._carried(lead)
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
                and (parent := self._parent(draft)) is not None
                and not re.search("[；;]", self.s.text[parent.amount.end : amount.start])
            ):
                topic = f"{parent.label}{topic}" if topic not in parent.label else topic
            aim = GOAL_BEHIND.match(self.s.text, amount.end) and not topic
            draft.label = self._of_branch(topic) or (self.s.state.label if aim else "") or self._carried(lead)
        if draft.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE) or (topic and draft.kind is not ChangeKind.RANK):
            self.topic = draft.label

    def _of_branch(self, topic: str) -> str:
        """制造业实际使用外资A,服务业B: a branch that is named alone is measured as the first was."""
        if not BRANCH.search(topic):
            return topic
        first = next((m for d in self.s.drafts if (m := MEASURED.match(d.label))), None)
        return f"{topic}{first['measure']}" if first else topic

    def _counted(self, topic: str, draft: Draft) -> str:
        """What is counted where the number has no noun: 目标是入库1100个, 签约项目中,来自东盟的有16个."""
        amount, district = draft.amount, TOWN.match(topic)
        if district and topic.endswith(NOUNS) and district.group().endswith("市"):
            return topic
        last = self.s.drafts[-1] if self.s.drafts else None
        if district:
            draft.dimensions["district"] = district.group()
            if last and "district" in last.dimensions and district.end() == len(topic):
                return last.label
            topic = topic[district.end() :] or topic
        wider = (n for n in reversed(self.s.state.counted) if topic in n and topic != n)
        known = next((n for n in wider if not PART.search(n.removesuffix(topic))), "")  # no branch's count
        if known or not PART.search(topic):
            return known or topic
        among = [m["what"] for m in AMONG.finditer(self.s.text, 0, amount.start)]
        nouns = [n for d in self.s.drafts if d.amount.kind == "count" and (n := counted_noun(d.amount.noun))]
        whole = (among or nouns[-1:] or [""])[-1]
        return f"{topic}{whole}" if whole not in topic else topic

    def _parent(self, draft: Draft | None = None) -> Draft | None:
        """The level that a number goes back to; of percentage points the rate in front."""
        held = [d for d in self.s.drafts if not (draft and self.s.aside(d.amount.start, draft.amount.start))]
        if draft and draft.amount.kind == "points":
            rate = next((d for d in reversed(held) if d.amount.kind != "points"), None)
            if rate and rate.kind is ChangeKind.SHARE:
                return rate
        levels = [d for d in held if d.kind in (ChangeKind.LEVEL, ChangeKind.CUMULATIVE)]
        found = levels or held
        return found[-1] if found else None

    def _carried(self, lead: int) -> str:
        """The topic of the clause in front, of the sentence, of the sentence before."""
        if self.s.drafts:
            return self.s.drafts[-1].label
        for bound in reversed([b for b in self.s.bounds if b < lead]):
            start = max((b + 1 for b in self.s.bounds if b < bound), default=0)
            topic = topic_of(self.s.flat[start:bound])
            if DEVELOPED.fullmatch(topic):
                return self.s.state.main or self.s.state.label
            if len(topic) >= 2:
                return topic[-24:]
        return self.topic or self.s.state.label

    def _share_label(self, draft: Draft, topic: str, amount: Amount, right: int) -> str:
        clause = self.s.text[max((b + 1 for b in self.s.bounds if b < amount.start), default=0) : amount.start]
        proportion = PROPORTION.match(clause)
        if proportion:
            return topic_of(proportion["what"]) + proportion["share"]
        if re.search("完成|(?:目标|任务|计划)[^，,]{0,14}的", clause) and self._parent(draft) is not None:
            topic = ""
        whole = re.search(
            r"(?:占|完成|超过(?=.{0,4}(?:目标|任务|计划)))(?:了)?(?P<whole>[^占\d]{1,20}?)(?:的|总量|比重|比例|达|为|超|近|约)*$",
            clause.replace("\u0000", ""),
        )
        whole = None if whole and whole["whole"] in BARELY else whole
        behind = re.match(
            r"(?:以上|左右|以下|多)?的(?P<rest>[\u4e00-\u9fff]{2,12})", self.s.text[amount.end : amount.end + 14]
        )
        subject = re.split(r"占|完成", topic)[0].strip("均已") if topic else ""
        subject = TRAILING.sub("", subject)
        if len(subject) < 2 and behind:
            return behind["rest"]
        if len(subject) < 2:
            parent = self._parent(draft)
            subject = parent.label if parent else self._carried(amount.start)
        draft.relates = whole["whole"] if whole else None
        if re.search(r"率$", subject):
            return subject
        return (
            f"{subject}占{whole['whole']}比重"
            if whole
            else subject + (behind["rest"] if behind and subject not in behind["rest"] else "")
        )
