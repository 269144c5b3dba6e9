"""Plan, forecast or fact: which numbers of a sentence are still to come."""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from tomllib import loads

from knowledge.figure import Scenario
from knowledge.ledger.tokens import Token
from knowledge.reading.words import Lexicon, either

ACTIVE = frozenset("expect expects plan plans aim aims".split())
BEEN = re.compile(r"(?:\s[a-z-]+){0,3}?\s(?:has|have) (?:already |now )?been\s")
PAST = frozenset(
    "was were had has have did took drew brought won saw rose fell grew came went got made gave began sold built spent "
    "found held kept led left met ran stood became broke chose bought lost sent paid".split()
)
TO_COME = re.compile(r"\b(?:is|are) to (?=[a-z]{2,})(?!date\b|some\b|the\b|a\b|be (?:found|seen|noted)\b)")
AIMING = re.compile(
    r"\b(?:programme|program|bureau|government|city|province|zone|area|agency|ministry|authority|council|committee|"
    r"administration|commission|department|district|county|state|office|plan|park|project library|company|group|"
    r"campaign|initiative|strategy|scheme|board|council|alliance|association|ministry)\s$",
    re.IGNORECASE,
)
IS_TARGET = re.compile(
    r"\b(?:target|goal|objective|aim|task)s?(?: for [\w-]+(?: [\w-]+){0,3}?)?"
    r"(?:,? (?:of|at|is|are|was|were|being|has been|had been|will be|would be|"
    r"stands at|stood at|set at|remains))"
    r"(?: (?:about|around|some|over|more than|at least|nearly|roughly|up to|a|an|still))?\s$",
    re.IGNORECASE,
)
IS_GOAL = re.compile(
    r"(?:\bobjectif(?: annuel)? (?:de |d['’])|\b(?:Jahres)?[Zz]iel(?:s|es)? (?:von|sind|ist|war|waren) )(?:\w+ )?$"
)
STATEMENT = re.compile(
    r"\s(?:and|but|while) (?:that|it|they|he|she|this|there|the \w+ (?:\w+ )?(?:will|would|is|are)) "
)
NAME_OPENS = re.compile(r"\w+\s(?:\d{4}\b|[A-Z])")  # Target 2030, Goal Zero
PAST_GOAL = re.compile(  # 2.3 points above the goal of 60 percent
    r"(?:\s[a-z]+)?\s(?:above|below|over|under|ahead of|short of|beyond|(?:more|less|higher|lower|better|worse) than)\s"
    r"(?:the|its|their|this) (?:[\w-]+ ){0,2}?(?:goal|target|objective|plan)\b"
)
DONE = re.compile(
    r"\b(?:and|but|then|;|,)\s(?:then\s|has\s|have\s|actually\s)?(?P<verb>[a-z]+ed|won|drew|brought|got|saw)\s$"
)


@lru_cache(maxsize=1)
def _table() -> dict[str, re.Pattern[str]]:
    """The patterns of `scenario.toml` by name."""
    raw = loads((files("knowledge.ledger") / "scenario.toml").read_text(encoding="utf-8"))
    nouns = f"(?:{'|'.join(raw.pop('plan_nouns'))})"
    return {name: _alternatives(entry["words"], nouns) for name, entry in raw.items()}


def _alternatives(words: list[str], nouns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)".replace("{plan}", nouns), re.IGNORECASE)


@lru_cache(maxsize=8)
def _patterns(lex: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return _pattern(lex, "not_target"), _pattern(lex, "target"), _pattern(lex, "forecast")


def _pattern(lex: Lexicon, name: str) -> re.Pattern[str]:
    return re.compile(either(lex.table("roles", name), lex.spaced), re.IGNORECASE)


def of_plan(label: str) -> bool:
    """Whether a label is of money still to be spent: `planned investment of new projects`."""
    return _table()["modifier"].search(label) is not None


def _titled(tokens: Sequence[Token]) -> bool:
    """Whether a line prints its words with capitals as headings do."""
    words = [t.text for t in tokens if t.kind == "word" and len(t.text) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)


class Scenarios:
    """Cues of a sentence and how far they reach."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.lex, self.tokens = lex, tokens
        never, target, forecast = _patterns(lex)
        masked = text
        for fact in (never, _table()["fact"]):
            masked = fact.sub(lambda m: " " * len(m.group()), masked)
        self.text = text
        self.titled = _titled(tokens)
        self.cues = [
            (m.start(), m.end(), kind)
            for pattern, kind in ((target, Scenario.TARGET), (forecast, Scenario.FORECAST))
            for m in pattern.finditer(masked)
            if not self._names(m.start())
        ]
        self.cues += [(m.start(), m.end(), Scenario.TARGET) for m in _table()["aimed"].finditer(masked)]
        self.cues += [(m.end() - 1, m.end(), Scenario.TARGET) for m in _table()["in_plan"].finditer(text)]
        self.cues += [
            (m.end() - 1, m.end(), Scenario.TARGET)
            for m in _table()["under_plan"].finditer(text)
            if not self._told(m.end())
        ]
        self.cues += [(m.start(), m.end(), Scenario.FORECAST) for m in _table()["prospect"].finditer(masked)]
        for match in TO_COME.finditer(masked):
            aim = AIMING.search(masked[: match.start()])
            self.cues.append((match.start(), match.end(), Scenario.TARGET if aim else Scenario.FORECAST))
        self.modifiers = {m.start(m.lastgroup or 0) for m in _table()["modifier"].finditer(masked)}
        self.cues = sorted((s, e, Scenario.FORECAST if s in self.modifiers else kind) for s, e, kind in self.cues)
        self.stops = [m.start() for m in re.finditer(r"[;；]", text)]

    def _names(self, start: int) -> bool:
        """Whether a cue is a word of a proper name: the `Plan` of `the Skyline Plan`, the `Target` of `Target 2030`."""
        if self.lex.language != "en" or not self.text[start].isupper() or self.titled:
            return False
        here = next((i for i, t in enumerate(self.tokens) if t.start <= start < t.end), 0)
        before, after = self.tokens[here - 1 : here], self.tokens[here + 1 : here + 2]
        if not before or (len(before) == 1 and before[0].text in '"“' and here == 1):
            return NAME_OPENS.match(self.text, start) is not None
        return before[0].kind != "period" and not (after and after[0].text in ":(")

    def _told(self, start: int) -> bool:
        """Whether the first verb behind a place tells of the past: `Under the plan, 300 projects were signed`."""
        verb = next((t for t in self.tokens if t.start >= start and t.tag == "verb"), None)
        return verb is not None and (verb.low.endswith("ed") or verb.low in PAST)

    def _modifies(self, start: int) -> bool:
        """Whether the cue only belongs to its noun: `expected investment`, `planned expenditures`."""
        if start in self.modifiers:
            return True
        token = next((t for t in self.tokens if t.start <= start < t.end), None)
        return token is not None and token.tag == "part"

    def _next_statement(self, end: int) -> int:
        """Where another statement begins behind a number: `so far and that the next round would open`."""
        found = STATEMENT.search(self.text, end)
        return found.start() if found else len(self.text)

    def at(self, start: int, end: int, lead: int, right: int) -> Scenario:
        """The scenario of the number at start..end; `lead` and `right` bound its own clause in characters."""
        if IS_TARGET.search(self.text[max(0, start - 60) : start]) or IS_GOAL.search(self.text[:start]):
            return Scenario.TARGET
        found = Scenario.ACTUAL
        if (done := DONE.search(self.text[:start])) and not any(
            s >= done.start() for s, e, _ in self.cues if e <= start
        ):
            return found
        if BEEN.match(self.text, end) or PAST_GOAL.match(self.text, end):
            return found  # of which 700 million has been committed
        for cue, ends, scenario in self.cues:
            if cue >= end and self.text[cue:ends].casefold() in ACTIVE:
                continue  # 62 firms expect: what they expect is no number of theirs
            modifies = self._modifies(cue)
            right = min(right, self._next_statement(end))
            near = lead <= cue < right and not (cue >= start and self.text.startswith("doi", cue))
            reaches = cue < start and not modifies and not any(cue < stop < start for stop in self.stops)
            if ((near and (cue < start or not modifies)) or reaches) and found is not Scenario.TARGET:
                found = scenario
        return found
