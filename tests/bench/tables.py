"""A table of a million rows: loading, memory, look-up, group-by, and a question over it."""

import asyncio
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.service import Assistant
from assistant.settings import Settings
from knowledge.library import Library

ROWS = 1_000_000
AREAS, INDUSTRIES, YEARS = 400, 50, range(1974, 2024)


def lines(rows: int = ROWS) -> Iterator[str]:
    """CSV lines: 400 cities x 50 industries x 50 years."""
    yield "City,Industry,Year,Fixed asset investment (USD million)\n"
    made = 0
    for area in range(AREAS):
        for industry in range(INDUSTRIES):
            for year in YEARS:
                if made == rows:
                    return
                value = 100 + (area * 7919 + industry * 104729 + year * 31) % 99_991 / 10
                yield f"Cityname{area:03d},Industry{industry:02d},{year},{value:.1f}\n"
                made += 1


def median(action: Callable[[], Any], times: int = 7) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


def run(rows: int = ROWS) -> dict[str, Any]:
    """The measures of a table of `rows` rows."""
    folder = Path(tempfile.mkdtemp(prefix="tally-bench-"))
    table = folder / "investment.csv"
    with table.open("w", encoding="utf-8") as out:
        out.writelines(lines(rows))
    library = Library.open(folder / "home", embedder="none")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    outcome = library.add([str(table)])[0]
    loaded = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    label, area = "Fixed asset investment", ["Cityname017"]
    look_up = median(
        lambda: library.large.find([label], area, years=["2020"], fits=lambda d: d.get("industry") == "Industry07")
    )
    began = time.perf_counter()
    frame = library.large.frame()
    framed = time.perf_counter() - began
    indexed = frame.set_index(["ref_area", "time_period"]).sort_index()
    assistant = Assistant(library, Settings(home=folder / "home"))
    question = "What was fixed asset investment in Cityname017 in Industry07 in 2020?"
    answer = asyncio.run(assistant.ask(question, as_of=date(2024, 2, 1)))
    asked = median(lambda: asyncio.run(assistant.ask(question, as_of=date(2024, 2, 1))), 5)
    return {
        "status": outcome.status,
        "figures": outcome.figures,
        "rows_per_second": round(rows / loaded),
        "peak_mb": round(peak / 1024),
        "grown_mb": round((peak - before) / 1024),
        "look_up_ms": look_up,
        "frame_s": round(framed, 1),
        "frame_look_up_ms": median(lambda: indexed.loc[("Cityname017", "2020")]),
        "group_by_ms": median(frame.groupby("ref_area", observed=True)["value"].sum),
        "question_ms": asked,
        "answer": answer.text,
        "value": answer.value.value if answer.value else None,
    }


def main() -> None:
    """Measure and print."""
    print(json.dumps(run(), indent=2))
