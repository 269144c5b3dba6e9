"""The area of a number, and the counterpart it names: `FDI from France`, `Hong Kong's investment in Beijing`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.ledger import demonyms
from knowledge.ledger.catalogue import Area
from knowledge.ledger.context import Context, State
from knowledge.ledger.counterparts import is_counterpart
from knowledge.reading.words import Lexicon, either

OWNER = re.compile(r"(?:['’]s?|['’])?\s(?:direct\s)?(?:investment|FDI|capital)\b[^.;,]{0,20}\b(?:in|into)\s")
RANKED = re.compile(
    r"\b(?:rank\w*|place\w*|came|position|first|second|third|fourth|fifth|Platz|Rang|rang)\b[^.;,]{0,24}\b(?:in|among|across|en|de|in)\s(?:the\s)?$",
    re.IGNORECASE,
)
VERSUS = re.compile(
    r"\b(?:than|against|above|below|outside|outside of|außerhalb|hors|ahead of|devant|vor)\s(?:of\s|de\s|des\s)?"
    r"(?:the\s|Greater\s|der\s|den\s)?$",
    re.IGNORECASE,
)
APPOSED = re.compile(r"(?:with|mit|avec)\s")
APART = re.compile(r"[\d;:(]")
WITH_ITS_OWN = re.compile(r"\s(?:with|mit|avec)\s|\s?\(\d")  # ahead of Denmark with 14
WITH = re.compile(r"\b(?:with|by|mit|avec)\s(?:the\s)?(?:(?:Port|City|University)\sof\s)?$")
SHORT_NAME = re.compile(r"^(?:经开区|高新区|开发区|自贸区|新区)$")  # every city has one
LISTED = re.compile(r"\b(?:including|such as|among them|e\.g\.|namely)\b[^.;]*$", re.IGNORECASE)
INSIDE = re.compile(
    r"\b(?:in|into|to|within|across|nach|im|en|au|aux|à)\s(?:the\s|den\s|der\s)?$|[在对向赴]$", re.IGNORECASE
)
JOINED = re.compile(r"\s(?:and|und|et)\s[A-ZÄÖÜÉ]")
ZONES = frozenset(("area", "zone", "park", "园区"))
SOURCES = frozenset(("HK", "MO", "TW"))  # of capital, in a Chinese notice
COMPANY = re.compile(
    r"(?!市|省|区|新区|自贸|高新|经开|开发|港|地区|自治|实际|投资|新设|新增|分别)[\u4e00-\u9fff]{2,8}(?:、|等)"
)  # 北海冷链等
NEXT = re.compile(r"\b(?:and|und|et)\b|[,;]")
COMPOUND = re.compile(r"[-–]$")


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    name: str
    area: Area
    role: str  # area | counterpart | aside


@lru_cache(maxsize=8)
def _organisation(lex: Lexicon) -> re.Pattern[str]:
    words = either(lex.table("roles", "organisations"), lex.spaced)
    return re.compile(rf"[\s'’s]*\s?(?:{words})", re.IGNORECASE)


def places(text: str, context: Context) -> list[Place]:
    """The areas that a sentence names, each with the part it plays."""
    found = []
    organisation = _organisation(context.lex)
    home = context.home.area
    for start, end, name, area in (*_named(text, context), *_described(text, context)):
        before, after = text[max(0, start - 90) : start], text[end : end + 40]
        role = "area"
        if home is not None and SHORT_NAME.match(text[start:end]) and not _related(area, home, context):
            continue
        abroad = bool(context.country and area.country) and area.country != context.country
        if (
            (abroad and area.kind != "country" and (context.lex.language == "zh" or WITH.search(before)))
            or (
                COMPOUND.search(before)
                or re.match(r"[-–](?:[A-Z]|(?:et|sur|en|de|du|la|le|les|sous)-)", after)
                or (context.lex.language != "zh" and organisation.match(after) and not after.startswith("'s inv"))
            )
            or LISTED.search(text[:start])
            or (COMPANY.match(after) and before.endswith(("、", "和", "其中", "包括")))
        ):
            role = "aside"
        elif (is_counterpart(text, start, end, context.lex) and (home is None or home.code != area.code)) or (
            WITH_ITS_OWN.match(after) and VERSUS.search(before) and _counterpart(area, "", after, context)
        ):
            role = "counterpart"
        elif (
            RANKED.search(before)
            or VERSUS.search(before)
            or before.endswith("(")
            or (area.kind == "region" and not before.endswith(("in the ", "in ")))
        ):
            role = "aside"
        elif _counterpart(area, before, after, context):
            role = "counterpart"
        found.append(Place(start, end, name, area, role))
    return found


def _named(text: str, context: Context) -> list[tuple[int, int, str, Area]]:
    """The places of the catalogue in a text, and the notice's own where the catalogue does not know it."""
    found = list(context.catalogue.areas_in(text))
    home = context.home
    if home.area is not None and not home.known and home.name in text:
        own = re.finditer(rf"(?<!\w){re.escape(home.name)}(?!\w)", text)
        found = sorted([*found, *((m.start(), m.end(), home.area) for m in own)], key=lambda row: row[0])
    return [(start, end, text[start:end], area) for start, end, area in found]


def _described(text: str, context: Context) -> Iterator[tuple[int, int, str, Area]]:
    """Areas named by an adjective; that of the notice's own country says nothing new."""
    language = context.lex.language
    for start, end, area in demonyms.adjectives_in(text, language, context.catalogue):
        if area.code != context.country:
            yield start, end, area.names.get(language, text[start:end]), area


def _related(area: Area, home: Area, context: Context) -> bool:
    within = context.catalogue.within
    return within(area.code, home.code) or within(home.code, area.code)


def _counterpart(area: Area, before: str, after: str, context: Context) -> bool:
    """Whether capital comes from an area: `Hong Kong's investment in`, 来自德国, a country that is not the notice's "
    "own."""
    home = context.home.area
    if OWNER.match(after):
        return home is None or home.code != area.code
    own = {context.country, home.code if home is not None else None} - {None}
    if area.code in SOURCES and context.lex.language == "zh" and (home is None or home.code != area.code):
        return not INSIDE.search(before)
    foreign = area.kind == "country" and not own & {area.country, area.parent}
    return foreign and not INSIDE.search(before)


class Where:
    """Resolves the area of each number of a sentence."""

    def __init__(self, text: str, context: Context, state: State) -> None:
        self.text, self.context, self.state = text, context, state
        found = places(text, context)
        self.places = sorted([*found, *self._referred(text)], key=lambda p: p.start)
        state.named += [p for p in found if p.role == "area"]

    def _referred(self, text: str) -> list[Place]:
        """`the city`, `the zone`, 全市: the area of that kind that was named last."""
        out = []
        for match in generic(self.context.lex).finditer(text):
            kinds = KINDS.get(match["word"].casefold(), ("zone", "city", "district", "region"))
            known = [p for p in [*self.state.first, *self.state.named] if p.area.kind in kinds]
            zones = [p for p in known if p.area.kind == "zone"] if match["word"].casefold() in ZONES else []
            known = zones or known
            if known and not any(p.start <= match.start() < p.end for p in known[:0]):
                against = VERSUS.search(text[: match.start("word")]) or text.startswith(" as a whole", match.end())
                role = "aside" if against else "area"
                out.append(Place(match.start(), match.end(), known[-1].name, known[-1].area, role))
        return out

    def of(self, low: int, start: int, high: int) -> str:
        """Named in front of the number in its own clause, else behind it, else before it in the sentence, else "
        "last known."""
        opened = next((p for p in self.places if self.text[p.end : start] == " (" and p.role == "aside"), None)
        if opened is not None:  # ahead of Hai Phong ($1.8 billion)
            return opened.name
        named = [p for p in self.places if p.role == "area"]
        behind = [p for p in named if start <= p.start < high and not NEXT.search(self.text[start : p.start])]
        inside = [p for p in named if low <= p.start < start] or behind
        if inside:
            return self._finest(inside)
        earlier = [p for p in named if p.start < start and not self.text[: p.start].endswith("占")]  # 占全国的
        if earlier:
            return self._finest(earlier)
        alone = len({p.area.code for p in named}) == 1 and self.context.lex.spaced  # a Chinese place stands in front
        return self._finest(named) if alone else self.state.area or self.context.area

    def _finest(self, found: Sequence[Place]) -> str:
        """The most closely described of nested areas; else the nearest: "Two Zones" of Beijing is the Two Zones."""
        best = found[-1]
        for place in found:
            if place.area.code != best.area.code and self.context.catalogue.within(place.area.code, best.area.code):
                best = place
        return best.name

    def counterpart(self, low: int, high: int, label: str = "") -> str:
        """The country or place that a number comes from, or that its label names; "" for none."""
        others = [p for p in self.places if p.role == "counterpart"]
        own = next((p.name for p in others if low <= p.start < high), "") or self._with(low, others)
        return own or next((p.name for p in others if p.name in label), "")

    def _with(self, low: int, others: Sequence[Place]) -> str:
        """`Germany (151 projects)`, `Spain was one, with 40`: the place that an apposition at `low` goes back to."""
        before, place = self.text[:low].rstrip(), next((p for p in reversed(others) if p.end <= low), None)
        opened = before.endswith(("(", "（")) or (before.endswith(",") and APPOSED.match(self.text, low))
        alone = place is not None and not APART.search(self.text[place.end : len(before) - 1])
        return place.name if place is not None and opened and alone else ""

    def remember(self) -> None:
        """A sentence's only area holds for the rest of its paragraph."""
        named = [p for p in self.places if p.role == "area"]
        if named and (self._whole(named[-1]) or any(JOINED.match(self.text, p.end) for p in named)):
            return
        if named and (len({p.area.code for p in named}) == 1 or self._nested(named)):
            self.state.area = self._finest(named)

    def _whole(self, place: Place) -> bool:
        """Whether a place is only what the notice's own area is a part of: 21 percent of Chengdu's GDP."""
        home = self.context.home.area
        if home is None or home.code == place.area.code:
            return False
        return self.context.catalogue.within(home.code, place.area.code)

    def _nested(self, named: Sequence[Place]) -> bool:
        best = next(p for p in named if p.name == self._finest(named))
        return all(self.context.catalogue.within(best.area.code, p.area.code) for p in named)


@lru_cache(maxsize=8)
def generic(lex: Lexicon) -> re.Pattern[str]:
    """References to a place by its kind."""
    if lex.language == "zh":
        return re.compile(r"(?P<word>全市|该市|我市|本市|全省|我省|该省|全区|该区|全县|园区)")
    words = either(lex.table("roles", "place_words"))
    return re.compile(
        rf"\b(?:the|this|der|die|das|dem|den|des|im|la|le|cette|ce|l['’])\s?(?:whole\s|entire\s)?(?P<word>{words})",
        re.IGNORECASE,
    )


REFERENCES = (
    ("city municipality capital metropolis stadt hauptstadt ville métropole capitale 全市 该市 我市 本市", ("city",)),
    ("country nation republic kingdom bundesrepublik pays", ("country",)),
    ("province state region land bundesland freistaat région 全省 我省 该省", ("province", "region")),
    ("district county 全区 该区 全县 kreis landkreis département", ("district", "zone")),
)
KINDS = {word: kinds for words, kinds in REFERENCES for word in words.split()}
