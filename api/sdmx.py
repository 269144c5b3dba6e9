"""Figures as SDMX-CSV 2.0: the words of SDMX where it has them, ours as attributes."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from knowledge.figure import Figure, ObsStatus

STRUCTURE = "TALLY:FIGURES(1.0)"
_FIXED = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "INDICATOR",
    "REF_AREA",
    "SCENARIO",
    "CHANGE_KIND",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "OBS_STATUS",
    "QUALIFIER",
    "BASE_PERIOD",
    "PUBLISHED_AS",
    "TITLE",
    "SOURCE",
    "FIGURE_ID",
)
_STATUS = {ObsStatus.NORMAL: "A", ObsStatus.PRELIMINARY: "P", ObsStatus.REVISED: "A"}  # SDMX has no code for revised
_MONTHS = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})")


def as_csv(figures: Sequence[Figure]) -> bytes:
    """One observation a row; each dimension of a figure is a column of its own."""
    extra = sorted({name for figure in figures for name in figure.dimensions})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_FIXED, *(_column(name) for name in extra)])
    for figure in figures:
        writer.writerow([*_row(figure), *(figure.dimensions.get(name, "") for name in extra)])
    return out.getvalue().encode()


def time_period(period: str) -> str:
    """A period of ours in SDMX's spelling: half-years are semesters, ranges have a start and a length.

    `2023-H1` -> `2023-S1`; `2021-01/2021-05` -> `2021-01-01/P5M`; `to 2023-04-30` -> `2023-04-30`.
    """
    if period.startswith("to "):
        return period.removeprefix("to ")
    if match := _MONTHS.fullmatch(period):
        year, month, last_year, last_month = map(int, match.groups())
        months = (last_year - year) * 12 + last_month - month + 1
        return f"{date(year, month, 1).isoformat()}/P{months}M"
    return re.sub(r"^(\d{4})-H([12])$", r"\1-S\2", period)


def _row(figure: Figure) -> list[str]:
    return [
        "dataflow",
        STRUCTURE,
        "I",
        figure.indicator,
        figure.ref_area,
        str(figure.scenario),
        str(figure.change_kind),
        time_period(figure.time_period),
        format(figure.value, ".15g"),
        figure.unit,
        _STATUS[figure.obs_status],
        str(figure.qualifier),
        figure.base_period or "",
        figure.published_as,
        figure.label,
        figure.source,
        figure.figure_id,
    ]


def _column(name: str) -> str:
    return re.sub(r"\W", "_", name.upper())
