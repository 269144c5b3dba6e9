"""Invented worlds: two notices about two places, their figures and the evidence that drafts lean on."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant import gate
from assistant.evidence import Asked, Evidence
from assistant.question import Question
from assistant.tools import Toolbox
from knowledge.figure import Figure
from knowledge.notice import Notice
from tests.assistant.shelf import Held, figure

AREAS = (
    "Chengdu",
    "Qingdao",
    "Hamburg",
    "Lyon",
    "Osaka",
    "Marlow",
    "Eastwick",
    "Port Hadley",
    "Tarn Valley",
    "Nordhafen",
)


@dataclass(frozen=True)
class Fact:
    """One figure of a world: its handle and how people speak of it."""

    handle: str
    area: str
    year: int
    kind: str  # new, grew, landed, rate, invest, fell, exports, goal, group, capital, points


@dataclass(frozen=True)
class World:
    """Two notices, their evidence, and a question with a number of the asker's."""

    shelf: Held
    toolbox: Toolbox
    question: Question
    facts: tuple[Fact, ...]
    grounds: gate.Grounds
    sums: dict[str, str] = field(default_factory=dict)


def world(rng: random.Random) -> World:
    """A new world."""
    one, two = rng.sample(AREAS, 2)
    year = rng.randint(2018, 2031)
    notices, figures, kinds = [], [], []
    for area in (one, two):
        notice, found, names = _notice(rng, area, year)
        notices.append(notice)
        figures += found
        kinds += [(area, name) for name in names]
    shelf = Held(notices, figures)
    asked = f"{rng.randint(2, 90)},{rng.randint(100, 999)}"
    text = rng.choice(
        (
            f"Is it true that {asked} projects landed?",
            f"Were there {asked} new projects?",
            f"How did it go, was it {asked}?",
        )
    )
    question = Question(text, date(year + 2, 6, 1))
    toolbox = Toolbox(shelf, None, text, Evidence())
    handles = [toolbox.evidence.add_figure(found) for found in figures]
    toolbox.evidence.add_asked(Asked(Decimal(asked.replace(",", "")), "projects", asked))
    facts = tuple(
        Fact(handle, area, year + (name in ("goal", "group")), name)
        for handle, (area, name) in zip(handles, kinds, strict=True)
    )
    sums = {}
    for area in (one, two):
        at = {fact.kind: fact.handle for fact in facts if fact.area == area}
        for name, expression in (
            ("gap", f"{at['goal']} - {at['new']}"),
            ("share", f"share({at['landed']}, {at['new']})"),
            ("before", f"{at['new']} / (1 + {at['grew']} / 100)"),
        ):
            toolbox.call("calculate", {"expression": expression})
            sums[f"{area} {name}"] = list(toolbox.evidence.derivations)[-1]
    passage = shelf.passages(notices[0].notice_id)[-1]
    toolbox.call("search_notices", {"passage_ids": [passage.passage_id]})
    return World(shelf, toolbox, question, facts, gate.of(toolbox, question, "en"), sums)


def _notice(rng: random.Random, area: str, year: int) -> tuple[Notice, list[Figure], list[str]]:
    """A notice about a place, its figures, and what kind each is."""
    new, landed = rng.randint(12, 40) * 500, 0
    landed = rng.randint(2000, new - 300)
    grew, rate, fell, drop = rng.randint(3, 95), rng.randint(40, 90), rng.randint(1, 30) + 0.3, rng.randint(2, 40) + 0.7
    invest, exports, capital = rng.randint(105, 980), rng.randint(11, 99) + 0.4, rng.randint(120, 900)
    goal, group, points = rng.randint(51, new // 100 - 1) * 100, rng.randint(21, 49) * 10, rng.randint(1, 9) + 0.6
    text = (
        f"{area}, January {year + 1}. In {year}, {area} added {new:,} new projects to the database, a year-on-"
        f"year increase of {grew} percent. Altogether {landed:,} projects landed, with a landing rate of over "
        f"{rate} percent. Fixed asset investment came to {invest} billion yuan, down {fell} percent. Exports "
        f"fell {drop} percent to ${exports} billion. The actual use of foreign capital was ${capital} million,"
        f" its growth {points} percentage points above the national rate. The goal for {year + 1} is {goal:,} "
        f"new projects, among them {group} foreign-funded projects.\nThe {area} Trade Office shares its quay "
        f"with the Ropery.\n"
    )
    notice = Notice(
        f"n-{area}",
        f"{area}.txt",
        f"{area} reports its year",
        text,
        "en",
        date(year + 1, 1, 20),
        f"https://stat.example/{area}",
    )
    at = {"ref_area": area, "time_period": str(year)}
    later = {**at, "scenario": "target", "time_period": str(year + 1)}
    change = {"change_kind": "yoy_growth", "base_period": str(year - 1)}
    added = {"label": "new projects added to the database", "indicator": "new-projects-added-to-database"}
    assets = {"label": "Fixed asset investment", "indicator": "fixed-asset-investment"}
    goods = {"label": "Exports", "indicator": "exports"}
    foreign = {"label": "actual use of foreign capital", "indicator": "actual-use-of-foreign-capital"}
    group_of = {"label": "foreign-funded projects", "dimensions": {"ownership": "foreign-funded"}}
    counted = {"label": "projects landed", "indicator": "projects-landed"}
    quota = {"label": "landing rate", "indicator": "landing-rate", "qualifier": "over", "change_kind": "share"}
    ahead = {"label": "growth of actual use of foreign capital above the national rate", "change_kind": "difference"}
    rows = [
        ("new", f"added {{{new:,}}} new", new, "projects", {**at, **added}),
        ("grew", f"increase of {{{grew} percent}}", grew, "percent", {**at, **added, **change}),
        ("landed", f"Altogether {{{landed:,}}} projects", landed, "projects", {**at, **counted}),
        ("rate", f"over {{{rate} percent}}", rate, "percent", {**at, **quota}),
        ("invest", f"came to {{{invest} billion yuan}}", invest * 1e9, "CNY", {**at, **assets}),
        ("fell", f"down {{{fell} percent}}", -fell, "percent", {**at, **assets, **change}),
        ("drop", f"fell {{{drop} percent}}", -drop, "percent", {**at, **goods, **change}),
        ("exports", f"{{${exports} billion}}", exports * 1e9, "USD", {**at, **goods}),
        ("capital", f"was {{${capital} million}}", capital * 1e6, "USD", {**at, **foreign}),
        ("points", f"growth {{{points} percentage points}}", points, "percentage points", {**at, **foreign, **ahead}),
        ("goal", f"is {{{goal:,}}} new projects", goal, "projects", {**later, **added}),
        ("group", f"them {{{group}}} foreign-funded", group, "projects", {**later, **added, **group_of}),
    ]
    found = [figure(notice, token, value, unit, **parts) for _, token, value, unit, parts in rows]
    return notice, found, [name for name, *_ in rows]
