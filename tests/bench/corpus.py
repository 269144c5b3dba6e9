"""Generated notices of the kind that offices publish month by month: near-duplicates, told apart by city and period."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CITIES = (
    "Aston Beverly Calder Dunmore Eastgate Fairview Glenport Harwick Ironvale Jasper Kingsley Lakemont Milford Norwood "
    "Oakham Pinehurst Quarry Ridgeway Salford Thornton Upton Vernon Westbrook Yarrow Zeller"
).split()
MONTHS = "January February March April May June July August September October November December".split()
TOPICS = (
    ("fixed asset investment", "billion yuan", "money put into buildings and machines"),
    ("actually used foreign capital", "million US dollars", "capital that overseas owners brought in"),
    ("industrial output value", "billion yuan", "what the factories produced"),
    ("retail sales of consumer goods", "billion yuan", "shop takings"),
    ("newly established enterprises", "companies", "firms that were founded"),
    ("exports of high-tech products", "million US dollars", "advanced goods sold abroad"),
)
FILLER = (
    "Officials said that the business environment kept improving.",
    "Districts were asked to speed up the preparation of key projects.",
    "A forum on opening up was held with guests from many countries.",
    "The office will publish its next report in due course.",
    "Measures for small companies remain in force until further notice.",
)


@dataclass(frozen=True)
class Query:
    """A question with the file that answers it; `loose` avoids the notice's own words."""

    text: str
    answer: str
    loose: bool


@dataclass(frozen=True)
class Corpus:
    """Names and texts of notices, and questions about them."""

    notices: tuple[tuple[str, str], ...]
    queries: tuple[Query, ...]

    def write(self, folder: Path) -> None:
        """Write the notices as files."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.notices:
            (folder / name).write_text(text, encoding="utf-8")


def generate(size: int, queries: int = 200, seed: int = 1) -> Corpus:
    """`size` notices and `queries` questions, half of them in loose words; the same for the same seed."""
    chance = random.Random(seed)
    places = list(_places(size))
    notices = tuple((f"{i:05}.txt", _notice(place, chance)) for i, place in enumerate(places))
    asked = []
    for number in range(queries):
        index = chance.randrange(size)
        city, month, year, (name, _, loose) = places[index]
        words = loose if number % 2 else name
        asked.append(
            Query(f"What was the {words} of {city} in {MONTHS[month]} {year}?", f"{index:05}.txt", number % 2 == 1)
        )
    return Corpus(notices, tuple(asked))


def _places(size: int) -> Iterator[tuple[str, int, int, tuple[str, str, str]]]:
    for index in range(size):
        topic, rest = index % len(TOPICS), index // len(TOPICS)
        city, rest = rest % len(CITIES), rest // len(CITIES)
        yield CITIES[city], rest % 12, 2024 - rest // 12, TOPICS[topic]


def _notice(place: tuple[str, int, int, tuple[str, str, str]], chance: random.Random) -> str:
    city, month, year, (name, unit, _) = place
    period = f"{MONTHS[month]} {year}"
    paragraphs = [
        f"In {period}, {name} of {city} was {chance.randrange(1000, 99999) / 100:,.2f} {unit}, "
        f"{chance.choice(('up', 'down'))} {chance.randrange(1, 400) / 10} percent year-on-year.",
        f"From January to {period}, {name} was {chance.randrange(1000, 99999) / 10:,.1f} {unit}." if month else "",
        f"District {chance.randrange(1, 9)} accounted for {chance.randrange(10, 60)} percent of the total, and "
        f"{chance.randrange(2, 90)} key projects were under way.",
    ]
    paragraphs += chance.sample(FILLER, 3) * chance.randrange(1, 4)
    title, day = f"{city}: {name} in {period}", f"{year + (month == 11)}-{(month + 1) % 12 + 1:02}-15"
    return f"title: {title}\ndate: {day}\n---\n" + "\n\n".join(filter(None, paragraphs)) + "\n"
