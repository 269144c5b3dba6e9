"""The tables of large tables: series, their observations, and the readable rows in blocks."""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from knowledge.tables import metadata, notices

series = Table(
    "series",
    metadata,
    Column("series_id", BigInteger, primary_key=True, autoincrement=False),
    Column("notice_id", String(64), nullable=False, index=True),
    Column("indicator", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("ref_area", Text, nullable=False),
    Column("dimensions", Text, nullable=False),
    Column("unit", String(100), nullable=False),
    Column("scenario", String(16), nullable=False),
    Column("change_kind", String(16), nullable=False),
)
observations = Table(
    "observations",
    metadata,
    Column("series_id", BigInteger, nullable=False),
    Column("time_period", String(64), nullable=False),
    Column("value", Float(53), nullable=False),
    Column("token", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("cell", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("line_start", Integer, nullable=False),
    Column("line_end", Integer, nullable=False),
)
blocks = Table(
    "blocks",
    metadata,
    Column("notice_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", LargeBinary, nullable=False),
)
Index("observations_series", observations.c.series_id, observations.c.time_period)
Index("series_named", series.c.label, series.c.ref_area)


def current(query: Any) -> Any:
    """A query over series kept to the notices that are current."""
    return query.join(notices, notices.c.notice_id == series.c.notice_id).where(notices.c.retired_at.is_(None))
