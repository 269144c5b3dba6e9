"""Drafts by the thousand over invented worlds: honest ones in varied wording, and lies made from them.

Every draft comes with its world; every lie says what kind it is. What they say stands in sayings.toml.
"""

import pathlib
import random
import re
import tomllib
from dataclasses import dataclass, replace
from functools import partial

from tests.assistant.worlds import Fact, World

INVENTED = ("Gotham", "Atlantis", "Springfield", "Wakanda", "Lilliput", "Narnia", "Ruritania")
KNOWN = ("Shanghai", "Singapore", "Germany", "Dublin", "France", "Japan")


@dataclass(frozen=True)
class Draft:
    text: str
    kind: str
    world: World
    plants: tuple[str, ...] = ()  # false numbers that must never be shown


TABLES = tomllib.loads(pathlib.Path(__file__).with_name("sayings.toml").read_text(encoding="utf-8"))
SAYINGS = TABLES["sayings"]
SAID = TABLES["lies"]
PAIRS = [(row["one"], row["two"], row["saying"]) for row in TABLES["pairs"]]
QUOTES = ("The notice says “The {a} Trade Office shares its quay with the Ropery” {{P1}}.",)


def honest(rng: random.Random, w: World) -> Draft:
    """A true draft."""
    roll = rng.random()
    if roll < 0.6:
        fact = rng.choice(w.facts)
        text = _say(rng.choice(SAYINGS[fact.kind]), fact)
    elif roll < 0.97:
        one, two, saying = rng.choice(PAIRS)
        area = rng.choice(w.facts).area
        at = {fact.kind: fact for fact in w.facts if fact.area == area}
        text = _pair(saying, at[one], at[two], w)
    else:
        text = rng.choice(QUOTES).format(a=w.facts[0].area)
    opener = rng.choice(("", "", "", "Yes. ", "According to the notice: ", "No. "))
    return Draft(opener + text, "honest", w)


def _say(saying: str, fact: Fact) -> str:
    text = saying.replace("{s}", f"{{{fact.handle}}}").replace("{s:abs}", f"{{{fact.handle}:abs}}")
    return text.replace("{a}", fact.area).replace("{y}", str(fact.year))


def _pair(saying: str, one: Fact, two: Fact, w: World) -> str:
    for name, fact in (("s1", one), ("s2", two)):
        saying = saying.replace(f"{{{name}}}", f"{{{fact.handle}}}").replace(
            f"{{{name}:abs}}", f"{{{fact.handle}:abs}}"
        )
    for name in ("gap", "share", "before"):
        handle = w.sums[f"{one.area} {name}"]
        saying = saying.replace(f"{{{name}}}", f"{{{handle}}}").replace(f"{{{name}:abs}}", f"{{{handle}:abs}}")
    saying = saying.replace("About {", "{")
    return (
        saying.replace("{a}", one.area)
        .replace("{y1}", str(one.year))
        .replace("{y2}", str(two.year))
        .replace("{p}", str(min(one.year, two.year) - 1))
    )


SLOT = re.compile(r"\{[FC]\d+(?::abs)?\}")
SMALL = ("two", "three", "seven", "twelve", "sixty")
WORDS = (
    "twelve thousand projects",
    "sixty percent",
    "two hundred billion yuan",
    "half a million projects",
    "a dozen projects",
    "nine thousand",
)


def lie(rng: random.Random, w: World) -> Draft:
    """A false draft, and of what kind it is."""
    kind = rng.choice(list(LIES))
    for _ in range(60):
        made = LIES[kind](rng, w)
        if made is not None:
            return made
    raise AssertionError(f"no lie of kind {kind}")


def _replaced(rng: random.Random, w: World, kind: str, number: str) -> Draft | None:
    """A true draft with one slot written out as a false number."""
    text = honest(rng, w).text
    found = list(SLOT.finditer(text))
    if not found:
        return None
    spot = rng.choice(found)
    if rng.random() < 0.5 and len(found) == 1:  # the true number stands elsewhere in the draft
        text = f"{text} In other words, {number}."
    else:
        text = text[: spot.start()] + number + text[spot.end() :]
    return Draft(text, kind, w, (number,))


def _number(rng: random.Random, w: World) -> str:
    return rng.choice(
        (
            f"{rng.randint(1, 99)},{rng.randint(100, 999)} projects",
            f"{rng.randint(2, 99)} percent",
            f"{rng.randint(100, 999)} billion yuan",
            f"${rng.randint(2, 99)}.{rng.randint(1, 9)} billion",
            f"about {rng.randint(2, 9)},000 projects",
            f"{rng.randint(3, 980)}",
            f"{rng.randint(2, 90)}%",
        )
    )


DISGUISES = (
    lambda s: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in s),
    lambda s: "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in s),
    lambda s: "".join(chr(0x0966 + int(c)) if c.isdigit() else c for c in s),
    lambda s: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] if c.isdigit() else c for c in s),
    lambda s: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in s),
    lambda s: "".join(chr(0x1D7CE + int(c)) if c.isdigit() else c for c in s),
    lambda s: "".join("〇一二三四五六七八九"[int(c)] if c.isdigit() else c for c in s),
    lambda s: "".join(f"&#{ord(c)};" if c.isdigit() else c for c in s),
    lambda s: "\u202e" + s[::-1] + "\u202c",
    "\u200b".join,
    lambda s: s.replace(",", "\u2060"),
    lambda s: "**".join(s.split(",")),
    lambda s: f"`{s}`",
    lambda s: f"“{s}”",
    lambda s: "Ⅻ projects" if s else s,
    lambda s: "½ of the projects" if s else s,
)


def _disguised(rng, w):
    return _replaced(rng, w, "disguise", rng.choice(DISGUISES)(_number(rng, w)))


def _worded(rng, w):
    return _replaced(rng, w, "words", rng.choice(WORDS))


def _written(rng, w):
    return _replaced(rng, w, "number", _number(rng, w))


def _period(rng, w):
    text = honest(rng, w).text
    years = list(re.finditer(r"(?<!\d)(?:20[123]\d)", text))
    if not years or not SLOT.search(text):
        return None
    spot = rng.choice(years)
    real = {fact.year for fact in w.facts} | {min(fact.year for fact in w.facts) - 1}
    wrong = rng.choice([year for year in range(min(real) - 3, max(real) + 4) if str(year) != spot[0]])
    made = text[: spot.start()] + str(wrong) + text[spot.end() :]
    if ("over" in text and spot[0] == str(min(real))) or "before" in text:
        return None
    return Draft(made, "period", w)


def _said(rng, w, kind):
    """What the tables say of figures of which it is false."""
    row = rng.choice([row for row in SAID if row["kind"] == kind])
    fact = rng.choice([fact for fact in w.facts if fact.kind in row["of"]])
    return Draft(_say(rng.choice(row["sayings"]), fact), kind, w)


def _entity(rng, w):
    fact = rng.choice([f for f in w.facts if any("{a}" in saying for saying in SAYINGS[f.kind])])
    saying = rng.choice([saying for saying in SAYINGS[fact.kind] if "{a}" in saying])
    others = [other.area for other in w.facts if other.area != fact.area]
    return Draft(_say(saying, replace(fact, area=rng.choice([*others, *INVENTED, *KNOWN]))), "entity", w)


def _handle(rng, w):
    """A real handle in a sentence about something else."""
    fact, other = rng.choice(w.facts), rng.choice(w.facts)
    saying = rng.choice([saying for saying in SAYINGS[fact.kind] if _telling(saying, fact.kind)] or [""])
    if not saying or other.kind == fact.kind or (fact.kind, other.kind) in ALIKE:
        return None
    return Draft(_say(saying, replace(fact, handle=other.handle)), "handle", w)


ALIKE = {
    ("new", "landed"),
    ("landed", "rate"),
    ("new", "goal"),
    ("goal", "group"),
    ("group", "goal"),
    ("grew", "points"),
    ("landed", "new"),
    ("exports", "capital"),
    ("capital", "exports"),
    ("drop", "fell"),
    ("fell", "drop"),
    ("capital", "invest"),
    ("invest", "capital"),
    ("new", "group"),
    ("landed", "group"),
}


def _telling(saying: str, kind: str) -> bool:
    """Whether the wording says what it measures."""
    named = {
        "rate": "landing rate",
        "invest": "ixed asset",
        "fell": "ixed asset",
        "drop": "xports",
        "exports": "xports",
        "capital": "foreign capital",
        "grew": "ew projects",
        "landed": "rojects landed",
        "goal": "goal|target|plan",
        "group": "foreign",
    }
    return kind in named and bool(re.search(named[kind], saying))


def _unit(rng, w):
    fact = rng.choice(w.facts)
    wrong = {
        "percent": (" percentage points", " projects", " yuan"),
        "projects": (" percent", "%", " yuan", " enterprises", " companies"),
        "CNY": (" dollars", " percent", " projects"),
        "USD": (" yuan", " percent", " projects"),
        "percentage points": (" percent", "%"),
    }
    unit = w.toolbox.evidence.figures[fact.handle].unit
    text = _say(rng.choice(SAYINGS[fact.kind]), fact)
    spot = SLOT.search(text)
    return Draft(text[: spot.end()] + rng.choice(wrong[unit]) + text[spot.end() :], "unit", w)


def _direction(rng, w):
    fact = rng.choice([f for f in w.facts if f.kind in ("grew", "fell", "drop")])
    text = _say(rng.choice(SAYINGS[fact.kind]), fact)
    swaps = (
        ("rose", "fell"),
        ("grew by", "declined by"),
        ("more", "fewer"),
        ("up", "down"),
        ("increase", "decrease"),
        ("Growth", "Decline"),
        ("fell", "rose"),
        ("down", "up"),
        ("declined", "increased"),
        ("decrease", "increase"),
        ("dropped", "jumped"),
    )
    for right, wrong in swaps:
        if re.search(rf"\b{right}\b", text) and "not" not in text:
            return Draft(re.sub(rf"\b{right}\b", wrong, text, count=1), "direction", w)
    return None


def _rounding(rng, w):
    fact = rng.choice([f for f in w.facts if f.kind in ("new", "landed", "rate", "invest", "exports", "capital")])
    text = _say(rng.choice(SAYINGS[fact.kind]), fact)
    spot = SLOT.search(text)
    words = (
        ("exactly ", "nearly ", "less than ", "almost ")
        if fact.kind == "rate"
        else ("more than ", "nearly ", "over ", "at least ", "almost ", "under ")
    )
    before = re.sub(r"exceeded $", "was ", text[: spot.start()])
    return Draft(before + rng.choice(words) + text[spot.start() :], "rounding", w)


def _echo(rng, w):
    saying = rng.choice(
        (
            "{Q1} landed in {y}.",
            "Yes, {Q1} were added in {a} in {y}.",
            "It was {Q1}, with {s} in {y}.",
            "{N} landed in {y}.",
            "Yes: {N} in {a}.",
            "{s} in {y}, that is {N}.",
        )
    )
    fact = rng.choice([f for f in w.facts if f.kind in ("new", "landed")])
    number = w.toolbox.evidence.asked["Q1"].text
    return Draft(_say(saying.replace("{N}", number), fact), "echo", w, (number,))


def _citation(rng, w):
    text = honest(rng, w).text
    extra = rng.choice(
        (
            " {F99}",
            " [7]",
            " [12].",
            " (see https://evil.example/x)",
            " www.evil.example",
            " [source](http://evil.example)",
            " {P44}",
            " {C77}",
            " evil.example/more",
            " <a href='x'>more</a>",
            " “Every project landed on 7 July” {P1}.",
            " Source: stat.example/other?id=3",
        )
    )
    return Draft(text.rstrip(".") + extra, "citation", w)


def _comparison(rng, w):
    area = rng.choice(w.facts).area
    at = {fact.kind: fact for fact in w.facts if fact.area == area}
    saying = rng.choice(
        (
            "{s1} landed in {y2}, more than the {s2} that were added.",
            "At {s1}, landed projects exceeded the {s2} added in {y2}.",
            "{s1} landed, above the {s2} added.",
            "New projects rose from {s2} in {y2} to the goal of {s1} for {y1}.",
        )
    )
    one = at["goal"] if "goal" in saying else at["landed"]
    return Draft(_pair(saying, one, at["new"], w), "comparison", w)


def _rate(rng, w):
    fact = rng.choice([f for f in w.facts if f.kind in ("landed", "new", "exports", "invest")])
    text = _say(rng.choice(SAYINGS[fact.kind]), fact)
    spot = SLOT.search(text)
    joined = rng.choice((" per month", " a month", " each quarter", "k", "m", "00", " every week"))
    return Draft(text[: spot.end()] + joined + text[spot.end() :], "rate", w)


LIES = {
    "comparison": _comparison,
    "rate": _rate,
    "number": _written,
    "disguise": _disguised,
    "words": _worded,
    "period": _period,
    "entity": _entity,
    "handle": _handle,
    "unit": _unit,
    "direction": _direction,
    "rounding": _rounding,
    "echo": _echo,
    "citation": _citation,
}
LIES |= {row["kind"]: partial(_said, kind=row["kind"]) for row in SAID}
