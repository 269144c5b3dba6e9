"""Plan, forecast or fact: which numbers of a sentence are still to come."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.figure import Scenario
from knowledge.ledger.tokens import Token
from knowledge.reading.words import Lexicon, either

BREAKS = frozenset(";；。")
MODIFIER = re.compile(
    r"\b(?P<cue>planned|intended|proposed|expected|estimated|projected|anticipated|forecast)\s"
    r"(?:(?!to\b|by\b|for\b|an?\b|the\b)[\w-]+\s){0,2}?"
    r"(?:investments?|expenditures?|spending|outlays?|costs?|investment volume)\b|"
    r"\b(?P<de>geplante[nrs]?)\s(?:Gesamt)?[Ii]nvestition|\binvestissements?\s(?P<fr>prévus?)\b|"
    r"\b(?:Unternehmen|Firmen|Betriebe|Investoren|Konzerne)\s(?P<will>wollen|planen)\b",
    re.IGNORECASE,
)
TO_COME = re.compile(r"\b(?:is|are) to (?=[a-z]{2,})(?!date\b|some\b|the\b|a\b|be (?:found|seen|noted)\b)")
AIMING = re.compile(
    r"\b(?:programme|program|bureau|government|city|province|zone|area|agency|ministry|authority|council|committee|"
    r"administration|commission|department|district|county|state|office|plan|park|project library|company|group|"
    r"campaign|initiative|strategy|scheme|board|council|alliance|association|ministry)\s$",
    re.IGNORECASE,
)
OF_TARGET = re.compile(  # how much of a goal is done is a fact
    r"(?:percent|per cent|%|half|third|quarters?) of (?:the |its |their |this |that )?(?:[\w’'-]+ ){0,3}?"
    r"(?:target|goal|objective|aim|plan)s?\b",
    re.IGNORECASE,
)
IS_TARGET = re.compile(
    r"\b(?:target|goal|objective|aim|task)s?(?: for [\w-]+(?: [\w-]+){0,3}?)?"
    r"(?:,? (?:of|at|is|are|was|were|being|has been|had been|will be|would be|"
    r"stands at|stood at|set at|remains))"
    r"(?: (?:about|around|some|over|more than|at least|nearly|roughly|up to|a|an|still))?\s$",
    re.IGNORECASE,
)
INTENT = re.compile(
    r"\bset(?:s|ting)? (?:itself|themselves)\b|\b(?:setz(?:t|en) sich|se fixe(?:nt)?)\b|"
    r"\bset(?:s|ting)? out to\b|\bset(?:s|ting)? (?:its|their) sights on\b|\bforeseen\b|\bwants?\b(?! for)|"
    r"\bnimmt\b(?=.*\bvor\b)|\bnehmen\b(?=.*\bvor\b)|\bpeilt\b(?=.*\ban\b)"
)
PLAN = (
    r"(?:plans?|programmes?|programs?|blueprints?|road ?maps?|strateg(?:y|ies)|budgets?|schemes?|agendas?|outlines?|"
    r"guidelines?|schedules?|frameworks?|quotas?|drafts?)"
)
IN_PLAN = re.compile(  # what a plan says is planned, whatever is said of the plan between commas
    rf"\b{PLAN}\b(?:(?!\d{{5}})[^;:.]){{0,70}}?\b(?:foresees?|foresaw|envisag\w+|calls? for|called for|provid\w+ for|"
    rf"assum\w+|promis\w+|stipulat\w+|specif\w+|demands?|requires?|lists?|listed|contains?|includes?|included|"
    rf"propos\w+|wants?|sets?(?: out)?|puts?|contemplat\w+)\b|\b(?:quota|ceiling|bar)\b[^;:.]{{0,30}}?\b(?:is|was|at)\b|"
    rf"\b(?:[Uu]nder|[Ii]n|[Aa]ccording to) (?:the|its|their|this|a)(?: [\w-]+){{0,3}}? {PLAN}(?: for [\w-]+)?,",
)
AIMED = re.compile(
    r"\bforesees?\b|\benvisag\w+|\bhop(?:es?|ing|ed) for\b|\bwould (?:like|be (?:content|happy|satisfied))\b|"
    r"\b(?:its|their|his|her|our) (?:eyes?|sights?) (?:is |are )?(?:set )?on\b|\beyes\s(?=\d|US|\$|€|£)|\beyeing\b|"
    r"\blook(?:s|ing)? to (?!be\b)[a-z]|\bconfident of\b|\bmust\b|\bneeds? to\b|\bcount(?:s|ing) on\b|\bbank(?:s|ing) on\b|"
    r"\b(?:was|were) to (?=[a-z]{3,})(?!be (?:found|seen)\b)(?=.*\b(?:by|in|until|before)\b)|\bset out to\b"
)
AGAINST_PLAN = re.compile(
    r"\b(?:above|below|under|over|beyond|behind|ahead of|short of|than|to|on) (?:the )?(?:plan|target|schedule|forecast)"
    r"(?:ned)?\b(?! (?:of|for|to)\b)",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:and|but|then|;|,)\s(?:then\s|has\s|have\s|actually\s)?(?P<verb>[a-z]+ed|won|drew|brought|got|saw)\s$"
)
PROSPECT = re.compile(
    r"\b(?:in|into) the pipeline\b|\bto follow\b|\bshould (?:again )?follow\b|"
    r"\bto be (?:created|built|added|invested|opened|spent)\b|"
    r"\b(?:should|shall) (?:again )?(?:return|rise|reach|grow|increase|climb|come|exceed|hit|fall|be|total)\b|"
    r"\bfür erreichbar\b|\bdoi(?:t|vent)\b"
)


@lru_cache(maxsize=8)
def _patterns(lex: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return _pattern(lex, "not_target"), _pattern(lex, "target"), _pattern(lex, "forecast")


def _pattern(lex: Lexicon, name: str) -> re.Pattern[str]:
    return re.compile(either(lex.table("roles", name), lex.spaced), re.IGNORECASE)


def of_plan(label: str) -> bool:
    """Whether a label is of money still to be spent: `planned investment of new projects`."""
    return MODIFIER.search(label) is not None


class Scenarios:
    """Cues of a sentence and how far they reach."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.lex, self.tokens = lex, tokens
        never, target, forecast = _patterns(lex)
        masked = text
        for fact in (never, OF_TARGET, AGAINST_PLAN):
            masked = fact.sub(lambda m: " " * len(m.group()), masked)
        self.cues = sorted(
            [(m.start(), m.end(), Scenario.TARGET) for m in target.finditer(masked)]
            + [(m.start(), m.end(), Scenario.FORECAST) for m in forecast.finditer(masked)]
        )
        self.cues += [(m.start(), m.end(), Scenario.TARGET) for p in (INTENT, AIMED) for m in p.finditer(masked)]
        self.cues += [(m.end() - 1, m.end(), Scenario.TARGET) for m in IN_PLAN.finditer(text)]
        self.cues += [(m.start(), m.end(), Scenario.FORECAST) for m in PROSPECT.finditer(masked)]
        for match in TO_COME.finditer(masked):
            aim = AIMING.search(masked[: match.start()])
            self.cues.append((match.start(), match.end(), Scenario.TARGET if aim else Scenario.FORECAST))
        self.modifiers = {m.start(m.lastgroup or 0) for m in MODIFIER.finditer(masked)}
        self.cues = sorted((s, e, Scenario.FORECAST if s in self.modifiers else kind) for s, e, kind in self.cues)
        self.stops = [m.start() for m in re.finditer(r"[;；]", text)]
        self.text = text

    def _modifies(self, start: int) -> bool:
        """Whether the cue only belongs to its noun: `expected investment`, `planned expenditures`."""
        if start in self.modifiers:
            return True
        token = next((t for t in self.tokens if t.start <= start < t.end), None)
        return token is not None and token.tag == "part"

    def at(self, start: int, end: int, lead: int, right: int) -> Scenario:
        """The scenario of the number at start..end; `lead` and `right` bound its own clause in characters."""
        if IS_TARGET.search(self.text[max(0, start - 60) : start]):
            return Scenario.TARGET
        found = Scenario.ACTUAL
        if (done := DONE.search(self.text[:start])) and not any(
            s >= done.start() for s, e, _ in self.cues if e <= start
        ):
            return found
        for cue, _, scenario in self.cues:
            modifies = self._modifies(cue)
            near = lead <= cue < right and not (cue >= start and self.text.startswith("doi", cue))
            reaches = cue < start and not modifies and not any(cue < stop < start for stop in self.stops)
            if ((near and (cue < start or not modifies)) or reaches) and found is not Scenario.TARGET:
                found = scenario
        return found
