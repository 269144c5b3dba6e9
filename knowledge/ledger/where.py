"""The area of a number, and the counterpart it names: `FDI from France`, `Hong Kong's investment in Beijing`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ledger.catalogue import Area
from knowledge.ledger.context import Context, State
from knowledge.reading.words import either

FROM = re.compile(
    r"\b(?:from|aus|en provenance (?:de|des|du|d')|originaires (?:de|des|du))\s(?:[^.;:]{0,60}?(?:,\s|\sand\s|\sund\s|\set\s))?(?:the\s|den\s|der\s|la\s|le\s|les\s|l')?$",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"['’]s?\s(?:[a-z-]+\s){0,4}(?:investment|investments|FDI|exports|imports|capital)\b[^.;]{0,30}\bin\s$"
)
RANKED = re.compile(
    r"\b(?:rank\w*|place\w*|came|position|first|second|third|fourth|fifth|Platz|Rang|rang)\b[^.;,]{0,24}\b(?:in|among|across|en|de|in)\s(?:the\s)?$",
    re.IGNORECASE,
)
VERSUS = re.compile(r"\b(?:than|against|above|below|outside|outside of|außerhalb)\s(?:of\s)?(?:the\s)?$", re.IGNORECASE)
LISTED = re.compile(r"\b(?:including|such as|among them|e\.g\.|namely)\b[^.;]*$", re.IGNORECASE)
COMPOUND = re.compile(r"[-–]$")


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    name: str
    area: Area
    role: str  # area | counterpart | aside


def places(text: str, context: Context) -> list[Place]:
    """The areas that a sentence names, each with the part it plays."""
    found = []
    organisation = re.compile(
        rf"[\s'’s]*\s?(?:{either(context.lex.table('roles', 'organisations'), context.lex.spaced)})", re.IGNORECASE
    )
    for start, end, area in context.catalogue.areas_in(text):
        before, after = text[max(0, start - 90) : start], text[end : end + 40]
        role = "area"
        if COMPOUND.search(before) or re.match(r"[-–][A-Z]", after) or (context.lex.language != "zh" and organisation.match(after) and not after.startswith("'s inv")):
            role = "aside"
        elif LISTED.search(text[:start]):
            role = "aside"
        elif FROM.search(before):
            role = "counterpart"
        elif (
            RANKED.search(before)
            or VERSUS.search(before)
            or before.endswith("(")
            or (area.kind == "region"
            and not before.endswith(("in the ", "in ")))
        ):
            role = "aside"
        elif re.match(r"(?:['’]s?|['’])?\s(?:direct\s)?(?:investment|FDI|capital)\b[^.;,]{0,20}\b(?:in|into)\s", after) or (context.lex.language == "zh" and re.search(r"(?:来自|自)$", before)):
            role = "counterpart"
        found.append(Place(start, end, text[start:end], area, role))
    return found


class Where:
    """Resolves the area of each number of a sentence."""

    def __init__(self, text: str, context: Context, state: State) -> None:
        self.text, self.context, self.state = text, context, state
        self.places = places(text, context)
        self.generic = re.compile(
            rf"\b(?:the|this|der|die|das|dem|den|la|le|cette|ce)\s(?:[a-z]+\s)?{either(context.lex.table('roles', 'place_words'), context.lex.spaced)}|\b(?:its|their|it|they)\b",
            re.IGNORECASE,
        )

    def _known(self) -> str:
        return self.state.area or self.context.area

    def of(self, low: int, start: int, high: int) -> str:
        """Named in the number's own clause (low..high), else before it in the sentence, else behind, else last known."""
        named = [p for p in self.places if p.role == "area"]
        inside = [p for p in named if low <= p.start < high]
        if inside:
            return self._finest(inside)
        earlier = [p for p in named if p.start < start]
        if earlier:
            return self._finest(earlier)
        return self._finest(named) if named else self._known()

    def _finest(self, found: Sequence[Place]) -> str:
        """The most closely described of nested areas; else the nearest: "Two Zones" of Beijing is the Two Zones."""
        best = found[-1]
        for place in found:
            if place.area.code != best.area.code and self.context.catalogue.within(place.area.code, best.area.code):
                best = place
        return best.name

    def counterpart(self, low: int, high: int) -> str:
        """The country or place that a number comes from, "" for none."""
        return next((p.name for p in self.places if p.role == "counterpart" and low <= p.start < high), "")

    def remember(self) -> None:
        """Keep the sentence's area for the sentences behind it."""
        named = [p for p in self.places if p.role == "area"]
        if named:
            self.state.area = self._finest(named[:1]) if len(named) == 1 else self._finest(named)
