"""What kind of figure a number of a sentence with spaces is: a level, a share, a growth, a difference."""

import re
from typing import TYPE_CHECKING

from knowledge.figure import ChangeKind
from knowledge.ledger.changes import Change
from knowledge.ledger.draft import Draft

if TYPE_CHECKING:
    from knowledge.ledger.prose import Sentence

MORE = {"more": 1, "fewer": -1, "less": -1, "mehr": 1, "weniger": -1}
MORE_THAN = re.compile(r"\s(more|fewer|less|mehr|weniger)\s(?:than|als)\b", re.IGNORECASE)
SIGNED = re.compile(r"[-+−–]|minus\b", re.IGNORECASE)
CHANGED = frozenset("changed veränderte veränderten varié".split())
AIMS = frozenset("target goal objective plan ziel jahresziel plans objectif".split())
MOVES = (ChangeKind.DIFFERENCE, ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH)
THEREFORE = frozenset("donc damit also somit ainsi".split())


class Kinds:
    """Finds the kind of each number of one sentence; later ones may go on as earlier ones did."""

    def __init__(self, sentence: "Sentence") -> None:
        self.s = sentence
        self.tokens, self.changes, self.lex = sentence.tokens, sentence.changes, sentence.lex

    def set_kind(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        """Set what number n tells: a level, a share, a rank, a change and its direction."""
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
            elif more := MORE_THAN.match(self._behind(draft)):
                change = Change(MORE[more[1].casefold()])
            if change.direction:
                draft.kind = ChangeKind.DIFFERENCE
                draft.value *= change.direction

    def _relative(self, draft: Draft, n: int, lead: int, at: int, right: int) -> None:
        left, behind = self.changes.left(lead, at), self.changes.right(at, right)
        change = left if left.direction else behind
        change = change if change.direction or left.to_level else self.changes.final(lead, at)
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
        if not growth or self._share_before(lead, at):
            draft.kind = ChangeKind.SHARE
            return
        draft.kind = ChangeKind.MOM_GROWTH if self.s.when.monthly() else ChangeKind.YOY_GROWTH
        goes_on = self._restates(n, lead, at) or self._like_last(draft, n, lead, at)
        if change.direction < 0 or (not change.direction and goes_on and self._last_fell()):
            draft.value = -abs(draft.value)
        if draft.amount.kind == "points" and self._against_other(at, right):
            draft.kind = ChangeKind.DIFFERENCE

    def _share_before(self, lead: int, at: int) -> bool:
        """`38 percent of the projects, against 35 percent a year earlier`: the same share at another time."""
        held = any(t.low in ("against", "compared") for t in self.tokens[lead:at][:2])
        return held and bool(self.s.drafts) and self.s.drafts[-1].kind is ChangeKind.SHARE

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
        dated = next((i for i, t in enumerate(behind) if t.kind == "period"), len(behind))
        if dated < len(behind) and not any(t.low in AIMS for t in behind[:dated]):
            return False
        return any(t.low in ("than", "above", "below", "over", "ahead", "als", "über", "unter", "que") for t in behind)

    def share_of(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < right else None
        if after is None or (after.low == "de" and self.changes.right(at, right).direction):
            return False  # `7 % de moins`
        return after.low in self.lex.words("roles", "share_right") and after.low != "in"

    def _same_period(self, at: int, right: int) -> bool:
        after = self.tokens[at + 1 : min(right, at + 4)]
        return any(t.kind == "period" and self.s.periods[t.index].kind == "same_period" for t in after)

    def _like_last(self, draft: Draft, n: int, lead: int, at: int) -> bool:
        """An enumeration goes on: `up 24 percent, and FDI from Singapore 16.2 percent`; or a comparison with an "
        "average."""
        relative = [d for d in self.s.drafts[-2:] if d.amount.kind == "percent"]
        if not relative or relative[-1].kind not in (ChangeKind.YOY_GROWTH, ChangeKind.MOM_GROWTH):
            return False
        if relative[-1] is not self.s.drafts[-1] and not self.s.names.elliptic(n):
            return False  # `rose 12 percent to 92 billion and imports 8 percent`
        if self.share_of(at, len(self.tokens)):
            return False
        words = self.tokens[lead:at]
        return not any(t.tag == "verb" for t in words) and not any(
            t.low in self.lex.words("roles", "share") for t in words
        )

    def _last_fell(self) -> bool:
        """Whether the change told before, which this one goes on from, was a fall."""
        return next((d.value < 0 for d in reversed(self.s.drafts) if d.kind in MOVES), False)

    def _restates(self, n: int, lead: int, at: int) -> bool:
        """`a decrease of $57.4 billion, or 28 percent`: the same change in other terms."""
        words = [t.low for t in self.tokens[lead:at]][:1]
        changed = n > 0 and self.s.drafts[-1].kind in (ChangeKind.DIFFERENCE, ChangeKind.YOY_GROWTH)
        return changed and words in (["or"], ["oder"], ["ou"], ["i.e"])

    def _multiple(self, draft: Draft, lead: int, at: int) -> None:
        """`2.2 times that of` stays a ratio; a growth by a multiple is percent growth; `doubled` is +100 percent."""
        draft.kind = ChangeKind.YOY_GROWTH
        text = draft.amount.text.casefold()
        named = not any(c.isdigit() for c in text) and self.tokens[at].text.casefold() in self.lex.values("multiples")
        change = self.changes.left(lead, at)
        if not named and not change.direction and not self._dated_behind(at):
            draft.kind = ChangeKind.SHARE  # 1.6 times the national mean: of something else, not of another time
        if named:
            draft.value, draft.unit = 100 * (float(draft.amount.value) - 1), "percent"
        elif change.direction and not change.to_level:
            draft.value, draft.unit = 100 * float(draft.amount.value) * change.direction, "percent"
        else:
            draft.unit = "times"

    def _dated_behind(self, at: int) -> bool:
        """Whether a time stands behind a number, before the next mark or number."""
        for token in self.tokens[at + 1 :]:
            if token.kind == "period":
                return True
            if token.kind == "amount" or token.text in ".,;:":
                return False
        return False

    def _behind(self, draft: Draft) -> str:
        """The text behind a number and the noun that it counts."""
        text = self.s.text[draft.amount.end :]
        return text.removeprefix(f" {draft.amount.noun}") if draft.amount.noun else text

    def steps(self, draft: Draft) -> bool:
        """Whether a number says by how much the one before it moved: `88 contracts, 19 contracts more than in 2023`."""
        last = self.s.drafts[-1] if self.s.drafts else None
        step = draft.kind is ChangeKind.DIFFERENCE and bool(MORE_THAN.match(self._behind(draft)))
        return step and last is not None and last.kind is ChangeKind.LEVEL and last.unit == draft.unit
