"""Values to rows of the SQL store and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

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
_FIGURE = tuple(f.name for f in fields(Figure))


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
    return figure.as_row()


def figure_of(row: Row) -> Figure:
    values = {name: row[name] for name in _FIGURE}
    values |= {name: kind(row[name]) for name, kind in _ENUMS.items()}
    return Figure(**values | {"mentions": tuple(Mention(**m) for m in row["mentions"])})


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
