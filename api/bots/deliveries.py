"""What arrived, kept before it is acknowledged, so that each is answered once: whoever asks twice, whatever dies.

taken ----> answered ----> done          a lease says whose turn it is; a worker that dies loses its lease,
  |             |                        and another takes the delivery up where it was left
  +-------------+--------> failed        after too many attempts
"""

import json
import os
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from knowledge.store import Store
from knowledge.tables import metadata

ATTEMPTS = 5
LEASE_SECONDS = 30.0

_deliveries = sa.Table(
    "bot_deliveries",
    metadata,
    sa.Column("delivery_id", sa.String(250), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("result", sa.Text),
    sa.Column("room", sa.String(250), nullable=False),  # channel and thread: where the conversation is
    sa.Column("asker", sa.String(100), nullable=False),
    sa.Column("owner", sa.String(120), nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
)
_seen = sa.Table(
    "bot_seen",
    metadata,
    sa.Column("key", sa.String(120), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
_OPEN = ("taken", "answered")
Also = Callable[[sa.Connection], None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to answer. `result` is what an earlier attempt has made; `attempts` counts from 1."""

    delivery_id: str
    kind: str
    payload: dict[str, Any]
    result: dict[str, Any] | None = None
    attempts: int = 1
    room: str = ""
    asker: str = ""


class Deliveries:
    """The deliveries of one store. Safe for several processes; `clock` gives seconds since the epoch."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = store, clock
        self.owner = f"{_host()}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        _here.add(self.owner)
        store.create(_deliveries, _seen)

    def accept(self, delivery: Delivery, also: Also | None = None) -> Delivery | None:
        """The delivery, now ours to answer; None where somebody has answered it or is about to.

        `also` writes in the same transaction: with the delivery, or not at all.
        """
        try:
            with self._store.write() as db:
                db.execute(_deliveries.insert().values(**self._row(delivery)))
                if also is not None:
                    also(db)
        except sa.exc.IntegrityError:
            return self._retake(delivery.delivery_id)
        return delivery

    def accept_all(self, deliveries: Sequence[Delivery]) -> list[Delivery | None]:
        """The same for many at once, in one transaction: a storm waits for the disk once, not once each."""
        wanted = {delivery.delivery_id: delivery for delivery in reversed(deliveries)}
        query = sa.select(_deliveries.c.delivery_id).where(_deliveries.c.delivery_id.in_(wanted))
        with self._store.read() as db:
            known = set(db.scalars(query))
        fresh = [delivery for delivery_id, delivery in wanted.items() if delivery_id not in known]
        try:
            if fresh:
                with self._store.write() as db:
                    db.execute(_deliveries.insert(), [self._row(delivery) for delivery in fresh])
        except sa.exc.IntegrityError:  # another worker has just taken one of them
            return [self.accept(delivery) for delivery in deliveries]
        taken = {
            delivery_id: self._retake(delivery_id) if delivery_id in known else wanted[delivery_id]
            for delivery_id in wanted
        }
        return [taken.pop(delivery.delivery_id, None) for delivery in deliveries]

    def saved(self, delivery_id: str, result: dict[str, Any]) -> bool:
        """Keep what was made, before it is posted. False where another worker has taken it over: post nothing."""
        return self._set(delivery_id, state="answered", result=json.dumps(result))

    def done(self, delivery_id: str, *, keep: bool = False) -> None:
        """It was answered: only its identity is kept, not what was said, unless `keep` says so."""
        self._set(delivery_id, state="done", **({} if keep else {"payload": "{}", "result": None}))

    def failed(self, delivery: Delivery) -> bool:
        """An attempt failed: to be tried again, later each time. True where that was the last."""
        if delivery.attempts >= ATTEMPTS:
            self._set(delivery.delivery_id, state="failed", payload="{}", result=None)
            return True
        self._set(delivery.delivery_id, owner="", lease=self._clock() + 2.0**delivery.attempts)
        return False

    def abandoned(self) -> list[Delivery]:
        """Open deliveries whose worker is gone, now ours."""
        with self._store.read() as db:
            query = sa.select(_deliveries.c.delivery_id, _deliveries.c.owner, _deliveries.c.lease)
            rows = db.execute(query.where(_deliveries.c.state.in_(_OPEN), _deliveries.c.owner != self.owner)).all()
        free = [row.delivery_id for row in rows if row.lease < self._clock() or self._dead(row.owner)]
        return [taken for delivery_id in free if (taken := self._retake(delivery_id)) is not None]

    def renew(self) -> None:
        """Keep the leases of everything that this worker has under way."""
        self._update(_deliveries.c.owner == self.owner, lease=self._clock() + LEASE_SECONDS)

    def release(self) -> None:
        """Give back what is not finished: this worker ends."""
        self._update(_deliveries.c.owner == self.owner, owner="", lease=0.0)
        _here.discard(self.owner)

    def first_seen(self, key: str) -> bool:
        """Whether `key` was never seen before; from now on it was."""
        try:
            with self._store.write() as db:
                db.execute(_seen.insert().values(key=key, at=self._clock()))
        except sa.exc.IntegrityError:
            return False
        return True

    def kept(self, delivery_id: str) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
        """The payload and the result of a delivery, where it is known."""
        query = sa.select(_deliveries.c.payload, _deliveries.c.result).where(_deliveries.c.delivery_id == delivery_id)
        with self._store.read() as db:
            row = db.execute(query).first()
        return (json.loads(row.payload), json.loads(row.result) if row.result else None) if row else None

    def known(self, delivery_id: str) -> bool:
        """Whether a delivery of that id has come before."""
        query = sa.select(_deliveries.c.delivery_id).where(_deliveries.c.delivery_id == delivery_id)
        with self._store.read() as db:
            return db.execute(query).first() is not None

    def took_part(self, room: str, asker: str) -> bool:
        """Whether this person has asked in this conversation before."""
        query = sa.select(_deliveries.c.delivery_id).where(_deliveries.c.room == room, _deliveries.c.asker == asker)
        with self._store.read() as db:
            return db.execute(query.limit(1)).first() is not None

    def forget(self, days: float) -> None:
        """Delete what is older than `days`; signatures older than an hour."""
        with self._store.write() as db:
            db.execute(_deliveries.delete().where(_deliveries.c.created < self._clock() - days * 86_400))
            db.execute(_seen.delete().where(_seen.c.at < self._clock() - 3600))

    def states(self) -> dict[str, int]:
        """How many deliveries are in each state."""
        query = sa.select(_deliveries.c.state, sa.func.count()).group_by(_deliveries.c.state)
        with self._store.read() as db:
            return dict(map(tuple, db.execute(query)))

    def _row(self, delivery: Delivery) -> dict[str, Any]:
        now = self._clock()
        return {
            "delivery_id": delivery.delivery_id, "kind": delivery.kind, "state": "taken",
            "payload": json.dumps(delivery.payload), "result": None, "room": delivery.room, "asker": delivery.asker,
            "owner": self.owner, "lease": now + LEASE_SECONDS, "attempts": 1, "created": now,
        }  # fmt: skip

    def _retake(self, delivery_id: str) -> Delivery | None:
        with self._store.read() as db:
            row = db.execute(sa.select(_deliveries).where(_deliveries.c.delivery_id == delivery_id)).mappings().first()
        if row is None or row["state"] not in _OPEN or row["owner"] == self.owner:
            return None
        if row["lease"] >= self._clock() and not self._dead(row["owner"]):
            return None
        same = (
            _deliveries.c.delivery_id == delivery_id,
            _deliveries.c.owner == row["owner"],
            _deliveries.c.lease == row["lease"],
            _deliveries.c.state == row["state"],
        )
        values = {"owner": self.owner, "lease": self._clock() + LEASE_SECONDS, "attempts": row["attempts"] + 1}
        with self._store.write() as db:
            if not db.execute(_deliveries.update().where(*same).values(**values)).rowcount:
                return None
        result = json.loads(row["result"]) if row["result"] else None
        return Delivery(
            delivery_id, row["kind"], json.loads(row["payload"]), result, row["attempts"] + 1, row["room"], row["asker"]
        )

    def _set(self, delivery_id: str, **values: Any) -> bool:
        """Change a delivery that is ours; one that was taken from us is left alone."""
        ours = (_deliveries.c.delivery_id == delivery_id, _deliveries.c.owner == self.owner)
        with self._store.write() as db:
            return bool(db.execute(_deliveries.update().where(*ours).values(**values)).rowcount)

    def _update(self, condition: sa.ColumnElement[bool], **values: Any) -> None:
        with self._store.write() as db:
            db.execute(_deliveries.update().where(condition, _deliveries.c.state.in_(_OPEN)).values(**values))

    def _dead(self, owner: str) -> bool:
        """Whether the owner was a process of this machine that runs no more."""
        if not owner:
            return False
        host, pid, _ = owner.split(":")
        if host != _host():
            return False
        if int(pid) == os.getpid():
            return owner not in _here
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


def _host() -> str:
    return socket.gethostname().replace(":", "-")[:60]


_here: set[str] = set()  # the owners of this process; any other of the same number is a predecessor
