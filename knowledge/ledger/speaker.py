"""The proper name that a notice speaks for, where the catalogue does not know it: of its publisher, title, dateline."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tomllib import loads

from knowledge.ledger import dateline, demonyms
from knowledge.ledger.catalogue import Catalogue, tokens
from knowledge.notice import Notice
from knowledge.reading.words import Lexicon, lexicon

HEAD = 1500  # characters of the text that tell
ENOUGH = 3
TOLD = {
    "institution": 3,
    "kind": 3,
    "dateline": 3,
    "title": 3,
    "owner": 2,
    "subject": 2,
    "inside": 1,
    "opens": 1,
    "mention": 1,
}
MOST_INSIDE = 3
JOINERS = r"(?:upon|on|sur|la|le|les|en|am|an|der|ob|im)"
WORD = r"[A-ZÀ-ÖØ-Þ][\w’'&-]*"
NAME = re.compile(rf"(?<![\w-]){WORD}(?:\s(?:{JOINERS}\s)?{WORD}){{0,4}}")
ADJECTIVE = re.compile(r"(?<=[a-z]{3}ia)n$")  # the Lombardian Investment Office
STOP = re.compile(r"[\n.,:;!?()]")
ELIDED = re.compile(r"\b[ld]['’]", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$")
IN = {
    "en": re.compile(r"\b(?:in|into|to|across|within|for)\s$", re.IGNORECASE),
    "de": re.compile(r"\b(?:in|für)\s$", re.IGNORECASE),
    "fr": re.compile(r"(?:\b(?:à|en|au|aux|dans)|\bdans (?:le|la|les))\s(?:la\s|l['’])?$", re.IGNORECASE),
}
OF = re.compile(r"\b(?:of|for|in|des?|du|d['’]|der|de la|für|von|la|le)\s?(?:the\s|la\s|l['’]|\w+s\s)?$", re.IGNORECASE)
CITY_OF = re.compile(r"\b(?:of|des?|du|d['’]|von)\s?(?:the\s|la\s|l['’])?$", re.IGNORECASE)
ARTICLE = {
    "en": r"\b(?:a|an)\s",
    "de": r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einer|eines|zur|zum|\w+(?:en|er|es|e|em))\s",
    "fr": r"\b(?:un|une|des)\s",
}
NOUN = re.compile(r"(?:ung|heit|keit|schaft|tion|ität|nis|ik|anz|enz|ie|ungen|schaften|tionen|tur)s?$")
NEXT_VERB = re.compile(r"\s?:|\s(?:(?:a|ont|hat|haben|has|have)\s)?[a-zà-ÿ]{2,}(?:s|t|ed|ew|on|en|es|nt|e|a|é)\b")
HAN_LED = "|".join(
    "年 月 日 度 季度 据 从 在 对 向 由 获悉 记者 目前 今年 去年 近日 日前 昨日 位于 关于 其中 来到".split()
)
HAN_PLACE = rf"(?:(?<![\u4e00-\u9fff])|(?:{HAN_LED}))(?=(?P<name>[\u4e00-\u9fff]{{2,5}}?(?:%s)))"
HAN_NOT = re.compile(
    r"^(?:[年月日度季据从在对向由记获目今去近昨位关其来全本该我各某这那等旧大小老都每几两一二三四五六七八九十市省区县主副综园]"
    r"|功能|示范|试验|保税|产业|工业|自由|国家)"
    r"|[城商上超股地社片园景辖郊街专牧灾][市区]$|[的了与和及等占较比投资]"
)
WIRE = re.compile(r"(?:本报|新华社|中新社|中新网)?(?P<name>[\u4e00-\u9fff]{2,4}?)\d{1,2}月\d{1,2}日(?:电|讯)")


@lru_cache(maxsize=8)
def _table(language: str) -> dict[str, frozenset[str]]:
    tables = loads((Path(__file__).parent / "homes.toml").read_text(encoding="utf-8"))
    table = {name: frozenset(words) for name, words in tables[language].items()}
    grammar = ("determiners", "prepositions", "conjunctions", "adverbs", "pronouns")
    closed = frozenset[str]().union(*(lexicon(language).words("grammar", part) for part in grammar))
    return table | {"generic": table["generic"] | closed | {d.casefold() for d in demonyms.table()["en"]}}


def unknown(notice: Notice, catalogue: Catalogue) -> tuple[str, int]:
    """The proper name, outside the catalogue, that the notice speaks for, and how often it stands in its head."""
    lex = lexicon(notice.language)
    told: Counter[str] = Counter()
    firm: set[str] = set()  # told by more than a capital at the head of a sentence
    seen: set[tuple[str, str]] = set()
    finder = _chinese if lex.language == "zh" else _spaced
    for source, title in ((notice.title, True), (notice.text[:HEAD], False)):
        for name, kind in finder(source, title, lex):
            if kind == "inside" and lex.language == "de" and name not in notice.title:
                continue  # every German noun has a capital
            if kind not in ("subject", "opens", "mention"):
                firm.add(name)
            elif re.search(r"\w-(?:\w['’])?[A-Z]", name):
                firm.add(name)  # Val-d'Orge
            if kind in ("inside", "opens") and told[name] < MOST_INSIDE + 3:
                told[name] += TOLD[kind]
            elif (name, f"{kind}{title}") not in seen:
                seen.add((name, f"{kind}{title}"))
                told[name] += TOLD[kind]
    whole = f"{notice.title}\n{notice.text[:HEAD]}"
    for name, points in sorted(told.items(), key=lambda item: (-item[1], whole.find(item[0]))):
        if points >= ENOUGH and name in firm and not _listed(name, catalogue, lex) and _proper(name, whole, lex):
            return name, whole.count(name)
    return "", 0


def _listed(name: str, catalogue: Catalogue, lex: Lexicon) -> bool:
    """Whether the catalogue knows a name, as a place or as what is measured."""
    known = next(catalogue.areas_in(name), None) is not None or catalogue.match_indicator(name, lex.language)
    return bool(known) or name.casefold() in lex.values("months")


def _proper(name: str, whole: str, lex: Lexicon) -> bool:
    """Whether a capitalised word is a name: never printed small, nor with an article as nouns are."""
    if lex.language == "zh":
        return True
    if "Invest" in name:
        return False
    undertakings = "|".join(_table(lex.language)["undertakings"])
    if re.search(rf"{re.escape(name)}['’\"”»]?(?:\s(?!and|in|of|with|for|und|et)[\w-]+)?\s(?:{undertakings})\b", whole):
        return False
    if re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", whole):
        return False
    if " " not in name and lex.language == "de" and NOUN.search(name):
        return False
    return " " in name or not re.search(rf"(?:{ARTICLE[lex.language]}){re.escape(name)}(?!\w)", whole)


def _spaced(text: str, title: bool, lex: Lexicon) -> Iterator[tuple[str, str]]:
    table = _table(lex.language)
    dated = (0, 0) if title else dateline.span(text)
    for match in NAME.finditer(text):
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 60]
        words = match.group().split()
        owner = next((i for i, w in enumerate(words) if POSSESSIVE.search(w)), -1)
        office = next((i for i, w in enumerate(words) if w.casefold() in table["institutions"]), -1)
        words[owner] = POSSESSIVE.sub("", words[owner]) if owner >= 0 else words[owner]
        owned = words[: owner + 1] if owner >= 0 else words[: max(office, 0)]
        name = _trimmed(owned, table) or (_trimmed(words[office + 1 :], table) if owner < 0 else "")
        name = ADJECTIVE.sub("", name) if office >= 0 and lex.language == "en" else name
        if len(name) < 3:
            continue
        opens = (
            match.start() == 0 or text[: match.start()].rstrip(" ")[-1:] in "\n.:" or not text[: match.start()].strip()
        )
        first, led = tokens(after)[:4], match.group().split(name)[0]
        its_own = owner == len(words) - 1 and bool(set(first[:3]) & table["institutions"])
        if office >= 0 or its_own or _of(before, table["institutions"]):
            yield name, "institution"
        elif _of(before, table["kinds"], CITY_OF) or {*tokens(led), *first[:1]} & table["kinds"]:
            yield name, "kind"
        if dated[0] <= match.start() < dated[1]:
            yield (name.title() if name.isupper() else name), "dateline"
            continue
        if owner >= 0:
            yield name, "owner"
        inside = IN[lex.language].search(before + led)
        if inside and opens and led and after.startswith(","):
            yield name, "kind"  # In Northshire, ...
        if inside and office < 0:
            yield name, "inside" if not title else "opens" if lex.language == "de" else "title"
        elif opens and NEXT_VERB.match(after):
            yield name, "subject" if title else "opens"
        elif title:
            yield name, "mention"


def _of(before: str, words: frozenset[str], joint: re.Pattern[str] = OF) -> bool:
    """`the agency for economic development of`, `Wirtschaftsförderung`: one of the words leads to what follows."""
    before = STOP.split(before)[-1]
    led = joint.search(before)
    near = tokens(ELIDED.sub(" ", before[: led.start()] if led else before))
    return bool(near) and (near[-1] in words if not led else bool(set(near[-5:]) & words))


def _trimmed(words: list[str], table: dict[str, frozenset[str]]) -> str:
    while words and (words[0].casefold() in table["generic"] or words[0].casefold() in table["kinds"]):
        words = words[1:]
    while words and words[-1].casefold() in table["generic"]:
        words = words[:-1]
    return "" if any(w.casefold() in table["generic"] for w in words) else " ".join(words)


def _chinese(text: str, title: bool, lex: Lexicon) -> Iterator[tuple[str, str]]:
    kinds, offices = _han(lex.language)
    for match in kinds.finditer(text):
        name = match["name"]
        if HAN_NOT.search(name) or text.startswith("场", match.end("name")):  # 按来源市场
            continue
        if offices.match(text, match.end("name")):
            yield name, "institution"
        opens = not re.match("[\u4e00-\u9fff]", text[max(0, match.start("name") - 1) :]) or match.group().endswith("年")
        yield name, "title" if title else "kind" if opens else "inside"
    wire = None if title else WIRE.search(text[:200])
    if wire:
        yield wire["name"], "dateline"


@lru_cache(maxsize=2)
def _han(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table(language)
    kinds, offices = ("|".join(sorted(table[n], key=len, reverse=True)) for n in ("kinds", "institutions"))
    return re.compile(HAN_PLACE % kinds), re.compile(offices)
