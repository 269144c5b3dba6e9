"""The figures as a DataFrame: categorical columns, a row a figure, indexed by figure_id."""

from collections.abc import Sequence
from dataclasses import fields

import pandas as pd

from knowledge.figure import Figure

COLUMNS = tuple(f.name for f in fields(Figure) if f.name != "figure_id")
_CATEGORIES = (
    "indicator label unit notice_id source ref_area time_period qualifier scenario change_kind base_period "
    "obs_status extracted_by status"
).split()


def frame(figures: Sequence[Figure]) -> pd.DataFrame:
    """One row a figure, columns as Figure's fields, in the order given; empty where there are none."""
    columns = {name: [getattr(figure, name) for figure in figures] for name in COLUMNS}
    index = pd.Index([figure.figure_id for figure in figures], name="figure_id", dtype="object")
    table = pd.DataFrame({name: pd.Series(values, index=index, dtype=_dtype(name)) for name, values in columns.items()})
    for name in _CATEGORIES:
        table[name] = table[name].map(_plain, na_action="ignore").astype("category")
    return table


def _dtype(name: str) -> str:
    return {"value": "float64", "start": "int64", "end": "int64", "comparable_basis": "bool"}.get(name, "object")


def _plain(value: object) -> str:
    return str(value)
