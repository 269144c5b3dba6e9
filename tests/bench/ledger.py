"""Notices a second for reading and extraction without embedding, on generated notices; whether it grows in line.

`python -m tests.bench ledger`.
"""

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.ledger.catalogue import Catalogue, load
from knowledge.ledger.checks import check
from knowledge.ledger.extract import extract
from knowledge.notice import Notice

SIZES = (1_000, 10_000)
CITIES = ("Porto", "Leeds", "Osaka", "Gdansk", "Lyon", "Perth", "Cork", "Brno")
SECTORS = ("software", "life sciences", "logistics", "chemicals", "tourism", "mining")
EN = (
    "{city} attracted {a:,} new projects in {year}, up {p} percent from {b:,} a year earlier.",
    "Investment in {sector} reached ${m} billion ({e} billion euros), accounting for {q} percent of the total.",
    "The {sector} and {other} sectors grew by {p} percent and {q} percent, respectively.",
    "By the end of {year} the city was home to {c:,} foreign companies, {a} of them in {sector}.",
    "The city plans to create {c:,} jobs by {next}.",
)
ZH = (
    "{year}年,全市实际使用外资{m}亿美元,同比增长{p}%;新设外资企业{c}家,下降{q}%。",
    "其中,制造业实际使用外资{e}亿美元,占全市的{q}%。",
    "截至{year}年底,全市累计设立外资企业{c}余家。",
)


def notices(count: int, seed: int = 7) -> Iterator[Notice]:
    """Generated notices of about 1,000 characters, one in five Chinese; the same for the same seed."""
    chance = random.Random(seed)
    for i in range(count):
        year = chance.randrange(2015, 2025)
        chinese = i % 5 == 4
        frames = ZH if chinese else EN
        sentences = [_sentence(chance.choice(frames), year, chance) for _ in range(12)]
        text = "\n\n".join(("" if chinese else " ").join(sentences[k : k + 3]) for k in range(0, 12, 3))
        published = date(year + 1, 1, 1) + timedelta(days=chance.randrange(60))
        yield Notice(f"n{i}", f"n{i}.txt", f"Results for {year}", text, "zh" if chinese else "en", published)


def _sentence(frame: str, year: int, chance: random.Random) -> str:
    return frame.format(
        city=chance.choice(CITIES),
        sector=chance.choice(SECTORS),
        other=chance.choice(SECTORS),
        year=year,
        next=year + 3,
        a=chance.randrange(40, 900),
        b=chance.randrange(40, 900),
        c=chance.randrange(1000, 20_000),
        m=chance.randrange(11, 999) / 10,
        e=chance.randrange(11, 999) / 10,
        p=chance.randrange(11, 399) / 10,
        q=chance.randrange(11, 399) / 10,
    )


def measure(count: int, catalogue: Catalogue) -> tuple[float, int, int]:
    """(seconds, figures, characters) of reading and checking `count` notices."""
    made = list(notices(count))
    begun, found = time.perf_counter(), 0
    for notice in made:
        figures = extract(notice, catalogue)
        check(figures, notice)
        found += len(figures)
    return time.perf_counter() - begun, found, sum(len(n.text) for n in made)


def main() -> None:
    """Print one line a size."""
    catalogue = load()
    measure(20, catalogue)
    for count in SIZES:
        seconds, figures, characters = measure(count, catalogue)
        print(
            f"{count:>6} notices, {characters / count:.0f} characters each: {count / seconds:.0f} notices/s, "
            f"{figures / seconds:.0f} figures/s, {1e6 * seconds / characters:.1f} s a megabyte"
        )
