"""Which channel wants to hear of which indicators, and what it has been told: rows beside the library's."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa

from knowledge.figure import Figure
from knowledge.store import Store
from knowledge.tables import metadata

Every = Literal["notice", "day", "week"]

_subscriptions = sa.Table(
    "bot_subscriptions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("channel", sa.String(200), nullable=False, index=True),  # platform:team:channel
    sa.Column("indicators", sa.Text, nullable=False),  # JSON list of codes; empty for all
    sa.Column("every", sa.String(10), nullable=False),
    sa.Column("hour", sa.Integer, nullable=False),  # UTC, of digests
    sa.Column("language", sa.String(10)),
    sa.Column("collection", sa.String(200)),
    sa.Column("last", sa.String(10), nullable=False),  # day of the last digest
)
_told = sa.Table(
    "bot_told",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("fact", sa.String(64), primary_key=True),
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One channel's wish. `indicators` empty means all of them."""

    number: int
    channel: str
    indicators: tuple[str, ...]
    every: Every
    hour: int
    language: str | None
    collection: str | None
    last: str

    def wants(self, figure: Figure) -> bool:
        """Whether a figure is of its indicators."""
        return not self.indicators or figure.indicator in self.indicators


def fact(figure: Figure) -> str:
    """What a figure says, whichever notice says it: a fact that was told is not told again."""
    parts = (
        figure.indicator, figure.ref_area, sorted(figure.dimensions.items()), figure.time_period, figure.value,
        figure.unit, str(figure.qualifier), str(figure.scenario), str(figure.change_kind),
    )  # fmt: skip
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class Subscriptions:
    """The subscriptions of every platform."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.create(_subscriptions, _told)

    def add(self, wish: Subscription, known: Iterable[Figure]) -> int:
        """A new subscription, its number given here; it is not told what is known already."""
        values = {
            "channel": wish.channel, "indicators": json.dumps(wish.indicators), "every": wish.every,
            "hour": wish.hour, "language": wish.language, "collection": wish.collection, "last": wish.last,
        }  # fmt: skip
        with self._store.write() as db:
            row = _subscriptions.insert().values(**values).returning(_subscriptions.c.number)
            number = int(db.execute(row).scalar_one())
            told(db, number, {fact(figure) for figure in known if wish.wants(figure)})
        return number

    def remove(self, number: int, channel: str) -> bool:
        """End a subscription of this channel; False where it has none of that number."""
        mine = (_subscriptions.c.number == number, _subscriptions.c.channel == channel)
        with self._store.write() as db:
            gone = bool(db.execute(_subscriptions.delete().where(*mine)).rowcount)
            if gone:
                db.execute(_told.delete().where(_told.c.number == number))
        return gone

    def of(self, channel: str) -> tuple[Subscription, ...]:
        """The channel's subscriptions."""
        return tuple(s for s in self.all() if s.channel == channel)

    def all(self) -> tuple[Subscription, ...]:
        """Every subscription, oldest first."""
        with self._store.read() as db:
            rows = db.execute(sa.select(_subscriptions).order_by(_subscriptions.c.number)).mappings().all()
        return tuple(Subscription(**{**row, "indicators": tuple(json.loads(row["indicators"]))}) for row in rows)

    def digest_done(self, number: int, day: str) -> None:
        """Note the day of a digest."""
        with self._store.write() as db:
            db.execute(_subscriptions.update().where(_subscriptions.c.number == number).values(last=day))

    def untold(self, number: int, figures: Iterable[Figure]) -> tuple[Figure, ...]:
        """Those of the figures that the subscription has not been told, one for each fact."""
        with self._store.read() as db:
            known = set(db.scalars(sa.select(_told.c.fact).where(_told.c.number == number)))
        fresh = {key: figure for figure in figures if (key := fact(figure)) not in known}
        return tuple(fresh.values())


def told(db: sa.Connection, number: int, facts: Iterable[str]) -> None:
    """Note that a subscription is told these facts. IntegrityError where another worker was first."""
    rows = [{"number": number, "fact": key} for key in sorted(facts)]
    if rows:
        db.execute(_told.insert(), rows)
