"""Rows of large tables on their way out: observations as figures that stand in their blocks."""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from knowledge import rows
from knowledge.figure import ChangeKind, Figure, ObsStatus, Scenario
from knowledge.large.schema import blocks, observations
from knowledge.notice import Notice
from knowledge.tables import notices

IN = 400  # ids in one statement
_O, _B = observations.c, blocks.c


def observed(connection: Connection, ids: Sequence[int], years: Sequence[str], limit: int) -> Iterator[RowMapping]:
    """Observations of the series, latest first, at most `limit` in all."""
    left = limit
    for begin in range(0, len(ids), IN):
        if left <= 0:
            return
        query = select(observations).where(_O.series_id.in_(ids[begin : begin + IN]))
        if years:
            query = query.where(func.substr(_O.time_period, 1, 4).in_(years))
        found = connection.execute(query.order_by(_O.time_period.desc()).limit(left)).mappings().all()
        left -= len(found)
        yield from found


def in_blocks(
    connection: Connection, found: Sequence[RowMapping], chosen: Mapping[int, RowMapping]
) -> Iterator[tuple[Figure, Notice]]:
    """Observations of the chosen series as figures, each with the block that it stands in."""
    read: dict[tuple[str, int], Notice] = {}
    for row in found:
        of = chosen[row["series_id"]]
        place = (of["notice_id"], row["block"])
        if place not in read:
            read[place] = block_of(connection, *place)
        yield figure_of(row, of, read[place]), read[place]


def block_of(connection: Connection, notice_id: str, number: int) -> Notice:
    """A block of rows as a notice of its own."""
    of = connection.execute(select(notices).where(notices.c.notice_id == notice_id)).mappings().one()
    packed = connection.scalar(select(_B.text).where(_B.notice_id == notice_id, _B.number == number))
    text = zlib.decompress(packed or b"").decode()
    return replace(rows.notice_of(dict(of)), notice_id=f"{notice_id}.{number}", text=text)


def series_fields(of: RowMapping) -> dict[str, Any]:
    """What a series says of each of its figures."""
    return {
        "indicator": of["indicator"],
        "label": of["label"],
        "unit": of["unit"],
        "ref_area": of["ref_area"],
        "dimensions": json.loads(of["dimensions"]),
        "scenario": Scenario(of["scenario"]),
        "change_kind": ChangeKind(of["change_kind"]),
    }


def figure_of(row: RowMapping, of: RowMapping, block: Notice) -> Figure:
    """The figure of an observation and its series, in its block."""
    return Figure(
        **series_fields(of),
        figure_id=f"{block.notice_id}:{row['start']}",
        value=row["value"],
        published_as=row["token"],
        notice_id=block.notice_id,
        source=block.source,
        quote=block.text[row["line_start"] : row["line_end"]],
        start=row["start"],
        end=row["end"],
        time_period=row["time_period"],
        obs_status=ObsStatus(row["status"]),
        extracted_by="table",
        cell=row["cell"],
    )
