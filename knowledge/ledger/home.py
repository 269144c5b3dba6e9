"""The notice's own area: told by its title, its publisher, its dateline and its sentences."""

import re
from dataclasses import dataclass

from knowledge.ledger import dateline, demonyms
from knowledge.ledger.catalogue import Area, Catalogue
from knowledge.ledger.counterparts import is_counterpart
from knowledge.ledger.speaker import HEAD, unknown
from knowledge.notice import Notice
from knowledge.reading.words import Lexicon, lexicon

INSTITUTION = re.compile(  # the Polish Investment and Trade Agency, the Polish investment agency
    r"\b(?!The\b)([A-Z][a-z]+)\s(?:(?:[A-Z][a-z]+|and|of|for|the|investment|trade|promotion|development|statistic(?:s|al)|"
    r"economic|foreign|business|central|national)\s){0,4}"
    r"(?:[Aa]gency|[Oo]ffice|[Mm]inistry|[Gg]overnment|[Aa]uthority|[Bb]oard)\b"
)
AGENCY = re.compile(
    r"\b(?:Invest(?:In)?|Business|Enterprise)(?P<behind>[A-Z]\w+)|\b(?P<before>[A-Z][a-z]+)Invest\b"
)  # InvestChile
OFFICE = re.compile(
    r"(?:\s(?:[A-Z][\w&-]*|of|for|and|the)){0,5}?\s(?:Agency|Office|Ministry|Authority|Board|Bureau|Council|Department|Commission|Institute)\b"
)
INSIDE = re.compile(r"(?:\b(?:in|of|into|across|im|en|à|au)\s(?:the\s)?|在)$", re.IGNORECASE)
CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
OWNED = re.compile(r"['’]s?\s")
ATTRACTS = re.compile(
    r"\s(?:ha[st]\s|a\s)?(?:attract\w*|draws?|drew|receive[sd]?|record(?:s|ed)|post(?:s|ed)|register(?:s|ed)|w[io]ns?|welcome[sd]?|"
    r"approve[sd]?|zieht|zog|gewinnt|gewann|verzeichne\w+|meldet\w*|attire|attiré|accueill\w+|enregistr\w+|reçu|reçoit)\b"
)
OWN = re.compile(r"['’]s\s|\s[A-Z][a-z]|[市省县区]")  # Qingdao's, the Qingdao Statistics Service, 湖北省统计局
LEAD = 600  # characters in which a notice says whose numbers it gives
NEAR = 12  # characters between an area and a finer one that it is named with: 湖北省武汉市


@dataclass(frozen=True, slots=True)
class Home:
    """The notice's own area: its name as printed, "" for none, and what is known of it."""

    name: str = ""
    area: Area | None = None
    known: bool = False  # to the catalogue


def home_of(notice: Notice, catalogue: Catalogue) -> Home:
    """The area of the title, else the one whose name or office speaks, else the first place of the text."""
    lex, dated = lexicon(notice.language), dateline.span(notice.text[:HEAD])
    head = _cased(notice.text[:HEAD], dated)
    titled = _first(notice.title, catalogue, lex, len(notice.title))
    speaker = institution(notice.title, catalogue) or agency(f"{notice.title}\n{head}", catalogue)
    if titled is not None or speaker is not None:
        return titled or _of(speaker)
    described = next(demonyms.adjectives_in(notice.title, lex.language, catalogue), None)
    if described is not None and described[2].kind != "country":
        return Home(described[2].names[lex.language], described[2], True)
    if wide := _region(notice.title, catalogue, lex):
        return wide
    placed, speaker = _first(head[:LEAD], catalogue, lex, NEAR, dated), institution(head, catalogue)
    name, times = unknown(notice, catalogue)
    if name and not (placed is not None and _located(name, times, placed, head, dated[1])):
        return Home(name, Area(f"x-{name.casefold()}", {}, (name,)))
    return _of(speaker) if speaker is not None else placed or Home()


def _region(title: str, catalogue: Catalogue, lex: Lexicon) -> Home | None:
    """The region of countries that a title speaks of: none of its countries is the notice's own."""
    named = (
        Home(title[s:e], a, True)
        for s, e, a in catalogue.areas_in(title)
        if a.kind == "region" and not is_counterpart(title, s, e, lex)
    )
    return next(named, None)


def _cased(head: str, dated: tuple[int, int]) -> str:
    """The text with the capitals of its dateline as in names: SINGAPORE -- is Singapore."""
    start, end = dated
    return head[:start] + CAPITALS.sub(lambda m: m.group().title(), head[start:end]) + head[end:]


def _of(speaker: Area | None) -> Home:
    return Home(speaker.names.get("en", ""), speaker, True) if speaker is not None else Home()


def institution(text: str, catalogue: Catalogue) -> Area | None:
    """The country of an institution that speaks for it: the Estonian Investment Agency."""
    found = (catalogue.areas.get(demonyms.table()["en"].get(match[1], "")) for match in INSTITUTION.finditer(text))
    return next((area for area in found if area is not None), None)


def agency(text: str, catalogue: Catalogue) -> Area | None:
    """The area in the name of an agency: InvestNorland, NorlandInvest."""
    for match in AGENCY.finditer(text):
        name = match["behind"] or match["before"]
        code = demonyms.table()["en"].get(name, "")
        area = catalogue.areas.get(code) or next(
            (a for s, e, a in catalogue.areas_in(name) if (s, e) == (0, len(name))), None
        )
        if area is not None:
            return area
    return None


def _first(
    text: str, catalogue: Catalogue, lex: Lexicon, near: int, dated: tuple[int, int] | None = None
) -> Home | None:
    """The first area of a text that no capital comes from, the finer one where two are named together."""
    start, end = dated or (0, 0)
    found = [
        (s, e, area)
        for s, e, area in catalogue.areas_in(text)
        if area.kind != "region"
        and not is_counterpart(text, s, e, lex)
        and (dated is None or area.kind != "country" or start <= s < end or _speaks(text, s, e, area, lex))
    ]
    found = [place for place in found if not start <= place[0] < end] or found
    if not found:
        return None
    start, end, best = found[0]
    for s, e, area in found[1:]:
        if area.code != best.code and s - end <= near and catalogue.within(area.code, best.code):
            start, end, best = s, e, area
    return Home(text[start:end], best, True)


def _speaks(text: str, start: int, end: int, area: Area, lex: Lexicon) -> bool:
    """Whether a country in running text is the one spoken of: `in France`, `France's`, `France attracted`."""
    if lex.language == "zh":
        opened = text[max(0, start - 1) : start] == "在" and re.match("开业|落户|设立|投资|开设|营运", text[end:])
        return area.code == "CN" or bool(opened)
    led = INSIDE.search(text[max(0, start - 8) : start])
    return bool(led or OWNED.match(text, end) or ATTRACTS.match(text, end) or OFFICE.match(text, end))


def _located(name: str, times: int, placed: Home, head: str, dated: int) -> bool:
    """Whether a place of the catalogue is where the speaker sits: the Open Doors Office in Harwick."""
    at = head.find(placed.name)
    if re.search(rf"{re.escape(name)}(?:\s\w+){{0,3}}?\s?(?:,|in|of|en|à|de)\s{re.escape(placed.name)}", head):
        return True
    if placed.area is None or placed.area.kind == "country" or at < dated:
        return False
    if OWN.match(head, at + len(placed.name)):
        return True
    return bool(INSIDE.search(head[max(0, at - 8) : at])) and head.count(placed.name) >= times
