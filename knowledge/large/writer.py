"""Rows of a large table on their way into the store."""

import json
import zlib
from typing import Any

from sqlalchemy import insert

from knowledge.large.schema import blocks, observations, series
from knowledge.sources.observations import Observation
from knowledge.sources.rowlines import Placed
from knowledge.sources.tabular import Block
from knowledge.store import Store

CHUNK = 20_000
Key = tuple[str, str, str, str, str, str, str]
KEY = ("indicator", "label", "ref_area", "dimensions", "unit", "scenario", "change_kind")


class Writer:
    """Collects rows and writes them chunk by chunk, each chunk with the series that are new in it."""

    def __init__(self, store: Store, notice_id: str) -> None:
        self.store, self.notice_id = store, notice_id
        self.count = 0
        self._first = int(notice_id[:8], 16) << 22  # a range of ids for each notice
        self._known: dict[Key, int] = {}
        self._series: list[dict[str, Any]] = []
        self._observations: list[dict[str, Any]] = []
        self._blocks: list[dict[str, Any]] = []

    def take(self, block: Block) -> None:
        """Add the rows of a block."""
        text = zlib.compress(block.text.encode(), 3)
        self._blocks.append({"notice_id": self.notice_id, "number": block.number, "text": text})
        for placed in block.placed:
            self._observations.append(self._row(placed, block.number))
        if len(self._observations) >= CHUNK:
            self.flush()

    def _row(self, placed: Placed, block: int) -> dict[str, Any]:
        seen = placed.observation
        return {
            "series_id": self._series_of(seen),
            "time_period": seen.time_period,
            "value": float(seen.value),
            "token": seen.token,
            "status": str(seen.obs_status),
            "cell": placed.cell,
            "block": block,
            "start": placed.start,
            "end": placed.end,
            "line_start": placed.line[0],
            "line_end": placed.line[1],
        }

    def _series_of(self, seen: Observation) -> int:
        dimensions = json.dumps(seen.dimensions, ensure_ascii=False, sort_keys=True)
        kinds = (seen.unit, str(seen.scenario), str(seen.change_kind))
        key = (seen.indicator, seen.label, seen.ref_area, dimensions, *kinds)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._first + len(self._known)
            named = dict(zip(KEY, key, strict=True))
            self._series.append({"series_id": number, "notice_id": self.notice_id} | named)
        return number

    def flush(self) -> None:
        """Write what has been collected, in one transaction."""
        with self.store.write() as connection:
            for table, rows in ((series, self._series), (observations, self._observations), (blocks, self._blocks)):
                if rows:
                    connection.execute(insert(table), rows)
        self.count += len(self._observations)
        self._series, self._observations, self._blocks = [], [], []
