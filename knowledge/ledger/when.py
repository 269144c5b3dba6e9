"""The period of a number: its own, its clause's, its sentence's, what was said before, the notice's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.figure import Scenario
from knowledge.ledger.context import Context, State
from knowledge.ledger.leading import earlier, leads, shifted
from knowledge.ledger.time_words import (
    BEST_SO_FAR,
    EARLIER,
    EVENT,
    EVER,
    FORMER,
    HELD,
    LEVELS,
    LINKS,
    OF_YEAR,
    PUBLICATION,
    PUBLISHED_AS,
    SINCE_THEN,
    SUBORDINATE,
    SUPERLATIVE,
    THAT_OF,
    THEM,
    WHEN,
    YEARS_TOTAL,
)
from knowledge.ledger.tokens import Token
from knowledge.reading.calendar import end_of, month_before, month_span, year_before
from knowledge.reading.spans import Amount, Period


def _alike(words: str, *codes: str) -> str:
    """Which of the stretches spoken of has the length that `the half year`, `the quarter`, `the month` name."""
    length = {"h": 6, "q": 3, "m": 1}[words.removeprefix("the ")[0].lower()]
    spans = ((code, month_span(code)) for code in codes)
    return next((c for c, s in spans if s and s[0] is not None and s[1] - s[0] + 1 == length), "")


class When:
    """Periods of one sentence, and which number each belongs to."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        periods: Sequence[Period],
        context: Context,
        state: State,
        amounts: Sequence[Amount],
    ) -> None:
        self.text, self.tokens, self.periods = text, tokens, periods
        self.kinds = [a.kind for a in amounts]
        self.amounts = amounts
        self.context, self.state = context, state
        lex = context.lex
        self.versus = lex.words("roles", "versus")
        self.reporting = lex.words("roles", "reporting")
        self.running = lex.pattern("roles", "running")
        self.mom = lex.pattern("roles", "mom")
        self.weak = False  # whether the period found last is only a day of the report, or of an event
        self.reported = False  # whether it is that of the report
        self.places = [i for i, t in enumerate(tokens) if t.kind == "period"]
        self.spoken = self._main()  # before this sentence
        self.usable = {i: self._use(i) for i in self.places}
        self.resolved = self._resolve()

    def _use(self, at: int) -> str:
        """own | base | none: whether a period dates numbers, is compared with, or dates the report."""
        period = self.periods[self.tokens[at].index]
        if period.kind == "same_period":
            return "base"
        grown = [i for i in range(max(0, at - 4), at) if self._multiplied(i)]
        words = [t for t in self.tokens[grown[-1] + 1 if grown else max(0, at - 4) : at] if t.kind in ("word", "mark")]
        while words and words[-1].tag in LINKS and words[-1].low not in self.versus:
            words.pop()
        if (
            words
            and words[-1].low in self.versus
            and words[-1].kind == "word"
            and not (words[-1].low in ("from", "over") and period.kind == "range")
        ):
            return "base"
        if self._of_compared(at) or THAT_OF.search(
            self.text[max(0, self.tokens[at].start - 40) : self.tokens[at].start]
        ):
            return "base"
        if SUPERLATIVE.search(self.text[: self.tokens[at].start]) and EVER.match(self.text, self.tokens[at].start):
            return "none"
        if PUBLISHED_AS.search(self.text[: self.tokens[at].start]):
            return "none"
        if (period.kind == "year" and self._named(at)) or PUBLICATION.match(self.text, self.tokens[at].end - 2):
            return "none"
        if period.kind == "day" and period.code and not self._event(at):
            return "weak"
        return "own" if period.code else "none"

    def _of_compared(self, at: int) -> bool:
        """A period behind a number that another is compared with: `against 131 in 2022`."""
        i = at - 1
        while (
            i >= 0
            and self.tokens[i].kind == "word"
            and (self.tokens[i].tag in LINKS or self.tokens[i].low in OF_YEAR)
            and self.tokens[i].low not in self.versus
        ):
            i -= 1
        if i <= 0 or self.tokens[i].kind != "amount":
            return False
        if self._multiplied(i):
            return False
        multiple = self.kinds[self.tokens[i].index] == "multiple"
        return multiple or any(t.low in self.versus for t in self.tokens[max(0, i - 3) : i])

    def _multiplied(self, at: int) -> bool:
        """A verb that is a multiple: what doubled in 2024 did so then."""
        return self.tokens[at].kind == "amount" and self.tokens[at].low.endswith("ed")

    def _named(self, at: int) -> bool:
        """A year that belongs to a name: the 2023 Global Summit."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        gap = self.text[self.tokens[at].end : after.start] if after is not None else ""
        return (
            self.context.lex.language == "en"
            and after is not None
            and gap == " "
            and after.kind == "word"
            and after.text[0].isupper()
            and not after.text.isupper()
            and self.text[max(0, self.tokens[at].start - 4) : self.tokens[at].start].lower().endswith(("the ", "s "))
        )

    def _event(self, at: int) -> bool:
        """Whether a day is that of what was counted (`signed on Friday`), not of the report."""
        near = [t.low for t in self.tokens[max(0, at - 3) : at]]
        if any(EVENT.match(low) for low in near):
            return True
        return not HELD.search(" ".join(near)) and not self._told(at)

    def _told(self, at: int) -> bool:
        """Whether a day is that on which somebody said something."""
        return any(t.low in self.reporting for t in self.tokens[max(0, at - 5) : at + 3])

    def _code(self, at: int, ahead: bool = False) -> str:
        if ahead and at in self.resolved:
            if self.periods[self.tokens[at].index].kind != "stock":
                return ""  # a year ago it set out to: when the aim was set
            anchor = self.context.anchor  # plans made known are for the running year, those looked back at are not
            return f"to {anchor.year}-12-31" if anchor and leads(self.text) else ""
        return self.resolved.get(at) or self.periods[self.tokens[at].index].code

    def _main(self) -> str:
        """What the sentences in front speak of, else the whole notice."""
        last = self.state.level
        stock = last is not None and last.running and not last.compared and last.scenario is Scenario.ACTUAL
        return last.period if last is not None and stock else self.state.period or self.context.period

    def _resolve(self) -> dict[int, str]:
        """The codes of words that count from the period spoken of: `a year earlier`, `at the end of the year`."""
        found: dict[int, str] = {}
        spoken = self.spoken
        for i in self.places:
            period = self.periods[self.tokens[i].index]
            if period.code and SINCE_THEN.search(self.text[: self.tokens[i].start]) and self.context.anchor_month:
                found[i] = f"to {self.context.anchor_month}"
            elif period.code:
                spoken = period.code if self.usable[i] == "own" else spoken
            elif period.kind == "spoken":
                found[i] = _alike(period.text, spoken, self.context.period)
            elif period.kind == "shifted":
                named = [self.periods[self.tokens[j].index].code for j in self.places if j < i]
                found[i] = shifted(next(filter(None, reversed(named)), spoken), period.text)
            elif period.kind == "year" and self._whole_year(i) and spoken[:1] == "2":
                found[i] = spoken[:4]
            elif period.kind == "stock" and spoken and not spoken.startswith("to "):
                found[i] = end_of(spoken.rpartition("/")[2][:4])
            elif (
                period.kind == "same_period"
                and self.context.lex.language == "en"
                and EARLIER.match(period.text)
                and self._opens(i)
            ):
                found[i] = earlier(spoken, period.text)
        self.usable |= {i: "own" for i, code in found.items() if code}
        return {i: code for i, code in found.items() if code}

    def _whole_year(self, at: int) -> bool:
        """`the total for the year`, `in the year as a whole`: the year that the sentences in front are about."""
        token = self.tokens[at]
        whole = self.text.startswith(" as a whole", token.end) or token.low.startswith("the whole year")
        return whole or YEARS_TOTAL.search(self.text[: token.start]) is not None

    def _opens(self, at: int) -> bool:
        """Whether a look back opens its statement: `A year earlier it was 80`, `; the previous year it had been`."""
        before = self.tokens[at - 1] if at else None
        if before is not None and before.tag == "prep":
            before = self.tokens[at - 2] if at > 1 and before.low in ("in", "during", "for") else before
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        begins = before is None or before.text in ";:," or before.low in ("and", "but", "while", "whereas")
        return (
            begins
            and after is not None
            and (
                after.kind in ("amount", "period")
                or after.text == ","
                or after.tag in ("pron", "det", "noun", "adv", "verb")
            )
        )

    def own(self, at: int, following: int, ahead: bool = False) -> str:
        """The period of the number at token `at`, up to the next one's; `ahead`: the number is still to come."""
        self.weak = False
        clause = self._when(at)
        if clause:
            return clause
        opened = at > 1 and self.tokens[at - 1].text == "(" and self.usable.get(at - 2) == "base"
        if opened and FORMER.search(self.tokens[at - 2].text):
            return earlier(self._dated(at) or self.spoken, self.tokens[at - 2].text)
        if bracketed := self._in_brackets(at):
            return bracketed
        after = [i for i in self.places if at < i < following and not self._announces(i)]
        now = [i for i in after if self.periods[self.tokens[i].index].kind == "stock" and self.usable[i] == "own"]
        if now and self.periods[self.tokens[now[0]].index].relative:
            return self._code(now[0], ahead)
        if after:
            gap = [t for t in self.tokens[at + 1 : after[0]] if t.start >= self._noun_end(at)]
            if (
                all(
                    (t.kind == "word" and (t.tag in LINKS or t.low in OF_YEAR or t.low in THEM))
                    or t.text in "()"
                    or t.low in ("revised", "(revised)")
                    for t in (gap[1:] if gap and self._done(gap[0]) and self._versus(at) else gap)
                )
                and len(gap) <= 5
                and self.usable[after[0]] != "none"
            ):
                period = self.periods[self.tokens[after[0]].index]
                if period.kind == "same_period" and self.tokens[at - 1].kind == "period":
                    return earlier(self._dated(at) or self.spoken, period.text)
                kind = self.kinds[self.tokens[at].index]
                former = period.kind == "same_period" and (
                    kind in LEVELS or (kind == "percent" and not gap and self._versus(at))
                )
                if former and (gap or (EARLIER.match(period.text) and self._versus(at))):
                    return earlier(self._dated(at) or self.spoken, period.text)
                if period.relative and FORMER.search(period.text) and self._versus(at) and kind != "multiple":
                    return year_before(self._dated(at) or self.spoken)
                if (
                    period.kind != "same_period"
                    and kind != "multiple"
                    and (self.usable[after[0]] == "own" or not self._held(kind, gap))
                ):
                    return self._code(after[0], ahead)
        return self._dated(at, following, ahead)

    def _announces(self, place: int) -> bool:
        """Whether a period in brackets dates the number behind it: `198 projects (2023: 164)`."""
        after = self.tokens[place + 1 : place + 2]
        return bool(after) and after[0].text == ":" and self.tokens[place - 1].text == "("

    def _in_brackets(self, at: int) -> str:
        """The period that a bracket names for its number, the same part of it that the number in front is of."""
        if at < 4 or self.tokens[at - 2].kind != "period" or not self._announces(at - 2):
            return ""
        named, told = self._code(at - 2), self._dated(at - 3) or self.spoken
        part = re.fullmatch(r"\d{4}", named) and not re.fullmatch(r"\d{4}", told) and month_span(told)
        return re.sub(r"\d{4}", named, told) if part and told[:4] != named and told.count("20") < 3 else named

    def _held(self, kind: str, gap: Sequence[Token]) -> bool:
        """Whether the words between a number and a base say that it is measured from there: `9 percent on 2022`."""
        return any(t.low in self.versus or (kind == "percent" and t.low == "on") for t in gap)

    def _when(self, at: int) -> str:
        """`over the second quarter, when it had been 428`: the period that a clause with `when` is about."""
        for i in range(at - 1, 1, -1):
            if self.tokens[i].kind in ("amount", "period") or self.tokens[i].text in ";:()":
                return ""
            if self.tokens[i].low in WHEN:
                apart = self.tokens[i - 1].text == ","
                before = i - 2 if apart else i - 1
                dated = self.tokens[before].kind == "period" and (apart or self.tokens[i].low == "when")
                return self._code(before) if dated else ""
        return ""

    def _noun_end(self, at: int) -> int:
        """Where the things counted by the number at token `at` end."""
        amount = self.amounts[self.tokens[at].index]
        found = self.text.find(amount.noun, amount.end) if amount.noun else -1
        return found + len(amount.noun) if found >= 0 else amount.end

    def _done(self, token: Token) -> bool:
        """What was done with the things counted: the 1,067 approved in 2022; not when they were reported."""
        return token.low.endswith("ed") and token.tag in ("verb", "part") and token.low not in self.reporting

    def _versus(self, at: int) -> bool:
        """Whether a number is what another is compared with: `from 120 a year earlier`."""
        return any(t.low in self.versus or t.low == "after" for t in self.tokens[max(0, at - 4) : at])

    def _dated(self, at: int, following: int = 0, ahead: bool = False) -> str:
        """The nearest period in front, else behind in the same statement."""
        if following and self.tokens[following - 1].low == "and" and self._versus(at):
            told = [i for i in self.places if following < i < following + 4 and self._code(i)]
            if told:
                return self._code(told[0])  # against 279 projects and $1.32 billion in 2021
        before = [i for i in self.places if i < at and self.usable[i] == "own" and not self._aside(i, at)]
        if before:
            return self._code(before[-1], ahead)
        following = following or at
        stop = next((i for i in range(at, len(self.tokens)) if self.tokens[i].text in ";；"), len(self.tokens))
        later = [
            i
            for i in self.places
            if at < i < stop
            and self.usable[i] == "own"
            and (i < following or not self._claimed(i))
            and (ahead or not any(t.low in SUBORDINATE for t in self.tokens[max(at, i - 8) : i]))
        ]
        if later:
            return self._code(later[0], ahead)
        claimed = [i for i in self.places if at < i < stop and self.usable[i] == "own" and i > following]
        if claimed and following > at and self.tokens[following - 1].low in ("to", "auf", "à"):
            return self._code(claimed[0])
        weak = [i for i in self.places if self.usable[i] == "weak"]
        self.weak, self.reported = bool(weak), bool(weak) and self._told(weak[0])
        return self._code(weak[0]) if weak else ""

    def _aside(self, place: int, at: int) -> bool:
        """Whether a period stands in brackets that close before token `at`: `198 projects (2023: 164), worth`."""
        opened = any(t.text == "(" for t in self.tokens[max(0, place - 2) : place])
        return opened and any(t.text == ")" for t in self.tokens[place:at])

    def _claimed(self, at: int) -> bool:
        """Whether a period stands directly behind another number, and so dates that one."""
        for token in reversed(self.tokens[:at]):
            if token.kind == "amount":
                return True
            if (token.kind == "mark" and token.text in "()") or token.low in ("revised", "(revised)"):
                continue
            if token.tag not in LINKS and token.low not in OF_YEAR:
                return False
        return False

    def base(self, period: str, mom: bool, at: int, following: int) -> str | None:
        """What a growth is measured from: a named base, else the same stretch a year (or a month) before."""
        bases = [i for i in self.places if self.usable[i] == "base"]
        own = [i for i in bases if at < i < following]
        named = [self._code(i) for i in own or bases if self._code(i)]
        if named:
            return named[0]
        return (month_before(period) if mom else year_before(period)) or None

    def monthly(self) -> bool:
        return bool(self.mom.search(self.text))

    def is_running(self, low: int, high: int, apart: re.Pattern[str] | None = None) -> bool:
        """Whether the words around a number make it a stock or a running total, those of `apart` left out."""
        text = BEST_SO_FAR.sub(" ", self.text[low:high])
        return bool(self.running.search(apart.sub(" ", text) if apart else text))

    def _past(self, code: str) -> bool:
        """Whether a period only says when a running total began."""
        span, anchor = month_span(code), self.context.anchor
        return span is not None and anchor is not None and span[1] < anchor.year * 12 + anchor.month - 25

    def stands(self, lead: int, at: int) -> bool:
        """A count that holds at the time of writing: `has 120 firms`, `has attracted 300 projects`."""
        roles = self.context.lex
        verbs, perfect = roles.words("roles", "stock_verbs"), roles.words("roles", "perfect")
        words = [t for t in self.tokens[max(lead, at - 6) : at] if t.tag in ("verb", "part") or t.low in verbs]
        if any(a.low == "there" and b.low in ("are", "is") for a, b in pairwise(self.tokens[max(lead, at - 5) : at])):
            return True  # there are over 56,000 firms in the zone
        if not words or any(t.low in ("had", "hatte", "hatten", "would", "will") for t in words):
            return False
        if self._done_behind(at):
            return False
        return words[-1].low in verbs or (len(words) > 1 and words[-2].low in perfect)

    def _done_behind(self, at: int) -> bool:
        """A German perfect, whose verb ends the clause: `hat 84 Projekte begleitet`, `hat sich verdoppelt`."""
        if self.context.lex.language != "de":
            return False
        end = next((i for i in range(at + 1, len(self.tokens)) if self.tokens[i].kind == "mark"), len(self.tokens))
        return self.tokens[end - 1].tag == "verb" or self.tokens[end - 1].low in self.context.lex.table("multiples")

    def stock(self, found: str, low: int, high: int) -> str:
        """The period of a stock or running total."""
        if found.startswith("to "):
            return found
        if found and not self._past(found):
            return end_of(found)
        if re.search(r"total(?: number)? to|insgesamt auf|à un total", self.text[low:high]) and self.state.period:
            return end_of(self.state.period)
        return f"to {self.context.anchor_month}" if self.context.anchor_month else end_of(self.context.period)
