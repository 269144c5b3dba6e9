"""Figures for readers of tables: filters, order, pages, and the formats they are written in."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.datastructures import URL
from starlette.responses import Response

from api import sdmx
from api.fields import Short
from api.problems import Fault, Problem
from knowledge.figure import ChangeKind, Figure, FigureStatus, Scenario

Format = Literal["json", "csv", "parquet", "sdmx-csv"]
Pair = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^=\x00]+=[^\x00]*$")]
MEDIA: dict[Format, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sdmx-csv": "application/vnd.sdmx.data+csv",
}
FORMATS: dict[str, dict[str, Any]] = {
    "text/csv": {"schema": {"type": "string"}},
    "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
    "application/vnd.sdmx.data+csv": {"schema": {"type": "string"}},
}
_SORTS = ("indicator", "ref_area", "time_period", "value", "unit", "label", "notice_id")


class FigureQuery(BaseModel):
    """Filters of `GET /v1/figures`; those given all hold."""

    model_config = ConfigDict(extra="forbid")
    indicator: Short | None = None
    text: Short | None = Field(None, description="Shorts of the label or the sentence.")
    ref_area: Short | None = None
    time_period: Short | None = Field(None, description="SDMX period, or a year to match its parts: `2023`.")
    unit: Short | None = None
    scenario: Scenario | None = None
    change_kind: ChangeKind | None = None
    status: FigureStatus | None = None
    notice_id: Short | None = None
    source: Short | None = None
    dimension: list[Pair] = Field(
        default_factory=list, max_length=20, description="`name=value`, e.g. `ownership=foreign-funded`; repeatable."
    )
    collection: Short | None = None
    sort: Annotated[str, Query(pattern=rf"^-?({'|'.join(_SORTS)})$")] | None = Field(
        None, description="A column; with `-` in front, largest first."
    )
    limit: int = Field(100, ge=1, le=10_000)
    offset: int = Field(0, ge=0, le=10_000_000)
    format: Format | None = None

    def matches(self, figure: Figure) -> bool:
        """Whether a figure passes every filter."""
        exact = ("indicator", "ref_area", "unit", "scenario", "change_kind", "status", "notice_id", "source")
        if any(getattr(self, name) not in (None, getattr(figure, name)) for name in exact):
            return False
        if self.time_period and not _within(figure.time_period, self.time_period):
            return False
        if self.text and self.text.casefold() not in f"{figure.label} {figure.quote}".casefold():
            return False
        return all(figure.dimensions.get(k) == v for k, v in map(_pair, self.dimension))

    def sorted(self, figures: Iterable[Figure]) -> list[Figure]:
        """In the order asked for; else as the library keeps them."""
        if not self.sort:
            return list(figures)
        column = self.sort.lstrip("-")
        return sorted(figures, key=lambda f: getattr(f, column), reverse=self.sort.startswith("-"))


def page_of(found: Sequence[Figure], query: FigureQuery, url: URL) -> tuple[Sequence[Figure], str | None]:
    """The page, and the address (path and query) of the next one."""
    end = query.offset + query.limit
    link = url.include_query_params(offset=end, limit=query.limit) if end < len(found) else None
    return found[query.offset : end], f"{link.path}?{link.query}" if link else None


def chosen_format(asked: Format | None, accept: str) -> Format:
    """By `format=`, else by Accept, else JSON. Problem 406 where Accept takes none of ours."""
    if asked or not accept:
        return asked or "json"
    ranges = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for name in ranges:
        if name in ("*/*", "application/*"):
            return "json"
        form = next((f for f, media in MEDIA.items() if name == media or name == media.split("/")[0] + "/*"), None)
        if form:
            return form
    remedy = "accept one of " + ", ".join(MEDIA.values())
    raise Problem(406, remedy, errors=[Fault(field="header.accept", value=accept[:100], remedy=remedy)])


def written(figures: Sequence[Figure], form: Format, headers: Mapping[str, str]) -> Response:
    """The figures in a format that is not JSON, as a download."""
    name = {"csv": "figures.csv", "parquet": "figures.parquet"}.get(form, "figures.sdmx.csv")
    body = {"csv": as_csv, "parquet": as_parquet, "sdmx-csv": sdmx.as_csv}[form](figures)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA[form], headers={**headers, **disposition})


def as_csv(figures: Sequence[Figure]) -> bytes:
    """One row a figure, columns as Figure; compound columns hold JSON. Text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: _cell(v) for k, v in f.as_row().items()} for f in figures)
    return out.getvalue().encode()


def as_parquet(figures: Sequence[Figure]) -> bytes:
    """One row a figure, columns as in the CSV, values typed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{k: _json(v) for k, v in f.as_row().items()} for f in figures]
    kinds = {"value": pa.float64(), "start": pa.int64(), "end": pa.int64(), "comparable_basis": pa.bool_()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
    return bytes(sink.getvalue().to_pybytes())


COLUMNS = tuple(Figure.__dataclass_fields__)


def _cell(value: Any) -> Any:
    value = _json(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _json(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | tuple) else value


def _within(period: str, asked: str) -> bool:
    return period == asked or (len(asked) == 4 and asked.isdigit() and period.startswith(f"{asked}-"))


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value
