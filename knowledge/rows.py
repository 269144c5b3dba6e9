"""Values to rows of the SQL store and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from sys import intern
from typing import Any

from knowledge import tables
from knowledge.figure import ChangeKind, Figure, FigureStatus, Mention, ObsStatus, Qualifier, Scenario
from knowledge.ledger.correction import Correction
from knowledge.ledger.flag import Flag
from knowledge.notice import Notice, Passage

Row = Mapping[str, Any]
_ENUMS = {
    "qualifier": Qualifier,
    "scenario": Scenario,
    "change_kind": ChangeKind,
    "obs_status": ObsStatus,
    "status": FigureStatus,
}
_NOTICE = tuple(f.name for f in fields(Notice))
_SHARED = ("indicator", "label", "unit", "notice_id", "source", "ref_area", "time_period", "extracted_by")
_FIGURE = tuple(f.name for f in fields(Figure))
FIGURE_COLUMNS = [tables.figures.c[name] for name in _FIGURE]
_SHARED_AT = [_FIGURE.index(name) for name in _SHARED]
_ENUMS_AT = [(_FIGURE.index(name), {m.value: m for m in kind}) for name, kind in _ENUMS.items()]
_MENTIONS_AT = _FIGURE.index("mentions")


def naive(moment: datetime) -> datetime:
    """A moment as the store keeps it: UTC without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def notice_row(notice: Notice) -> dict[str, Any]:
    return asdict(notice) | {"pages": list(notice.pages), "retired_at": None}


def notice_of(row: Row) -> Notice:
    return Notice(**{name: row[name] for name in _NOTICE} | {"pages": tuple(row["pages"])})


def passage_of(row: Row) -> Passage:
    return Passage(row["passage_id"], row["notice_id"], row["start"], row["end"], row["text"])


def figure_row(figure: Figure) -> dict[str, Any]:
    row = {name: getattr(figure, name) for name in _FIGURE}
    row |= {name: str(row[name]) for name in _ENUMS}
    return row | {"mentions": [asdict(mention) for mention in figure.mentions]}


def figure_of(row: Sequence[Any]) -> Figure:
    """The figure of a row of FIGURE_COLUMNS; texts that many figures share are held once."""
    values = list(row)
    for at in _SHARED_AT:
        values[at] = intern(values[at])
    for at, members in _ENUMS_AT:
        values[at] = members[values[at]]
    values[_MENTIONS_AT] = tuple(Mention(**mention) for mention in values[_MENTIONS_AT])
    return Figure(*values)


def flag_row(flag: Flag) -> dict[str, Any]:
    return asdict(flag) | {"figure_ids": list(flag.figure_ids)}


def flag_of(row: Row) -> Flag:
    return Flag(row["code"], tuple(row["figure_ids"]), row["explanation"], row["notice_id"], row["severity"])


def correction_row(correction: Correction) -> dict[str, Any]:
    source, token, quote = correction.anchor
    row = {name: getattr(correction, name) for name in ("figure_id", "field", "before", "after", "who", "reason")}
    return row | {
        "when": naive(correction.when),
        "anchor_source": source,
        "anchor_token": token,
        "anchor_quote": quote,
    }


def correction_of(row: Row) -> Correction:
    return Correction(
        row["figure_id"],
        row["field"],
        row["before"],
        row["after"],
        row["who"],
        row["when"].replace(tzinfo=UTC),
        (row["anchor_source"], row["anchor_token"], row["anchor_quote"]),
        row["reason"],
    )
