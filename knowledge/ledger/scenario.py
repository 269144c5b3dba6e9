"""Plan, forecast or fact: which numbers of a sentence are still to come."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.figure import Scenario
from knowledge.ledger.tokens import Token
from knowledge.reading.words import Lexicon, either

BREAKS = frozenset(";；。")


@lru_cache(maxsize=8)
def _patterns(lex: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return tuple(
        re.compile(either(lex.table("roles", name), lex.spaced), re.IGNORECASE)
        for name in ("not_target", "target", "forecast")
    )  # type: ignore[return-value]  # three names, three patterns


class Scenarios:
    """Cues of a sentence and how far they reach."""

    def __init__(self, text: str, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.lex, self.tokens = lex, tokens
        never, target, forecast = _patterns(lex)
        masked = never.sub(lambda m: " " * len(m.group()), text)
        self.cues = sorted(
            [(m.start(), m.end(), Scenario.TARGET) for m in target.finditer(masked)]
            + [(m.start(), m.end(), Scenario.FORECAST) for m in forecast.finditer(masked)]
        )
        self.stops = [m.start() for m in re.finditer(r"[;；]", text)]
        self.text = text

    def _modifies(self, start: int) -> bool:
        """Whether the cue only belongs to its noun: `expected investment`, `planned expenditures`."""
        token = next((t for t in self.tokens if t.start <= start < t.end), None)
        return token is not None and token.tag == "part"

    def at(self, start: int, end: int, lead: int, right: int) -> Scenario:
        """The scenario of the number at start..end; `lead` and `right` bound its own clause in characters."""
        found = Scenario.ACTUAL
        for cue, _, scenario in self.cues:
            modifies = self._modifies(cue)
            near = lead <= cue < right
            reaches = cue < start and not modifies and not any(cue < stop < start for stop in self.stops)
            if ((near and (cue < start or not modifies)) or reaches) and found is not Scenario.TARGET:
                found = scenario
        return found
