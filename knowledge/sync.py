"""Watched places: folders, feeds and sitemaps that the library is kept equal to, and what changed in each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, DateTime, String, Table, Text, delete, insert, select, update

from knowledge import sources
from knowledge.errors import SourceError
from knowledge.ingest import canonical, expand
from knowledge.library import Library
from knowledge.outcome import Outcome
from knowledge.sources import feeds
from knowledge.store import Store
from knowledge.tables import metadata

places = Table(
    "places",
    metadata,
    Column("place", Text, primary_key=True),
    Column("collection", String(200), primary_key=True),
    Column("synced_at", DateTime),
)
_P = places.c
_NESTED = 20  # sitemaps that an index lists


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, feed or sitemap and the collection that its notices are filed under."""

    place: str
    collection: str
    synced_at: datetime | None = None


class Places:
    """The watched places of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.create(places)

    def all(self) -> tuple[Place, ...]:
        """Every watched place."""
        with self.store.read() as connection:
            rows = connection.execute(select(places).order_by(_P.place, _P.collection)).mappings()
            return tuple(Place(row["place"], row["collection"], row["synced_at"]) for row in rows)

    def watch(self, place: str, collection: str) -> None:
        """Watch a place from now on. SourceError where it is neither a folder nor an address."""
        name = canonical(place)
        if not sources.is_address(name) and not Path(name).is_dir():
            raise SourceError(
                place, "is no folder and no web address", "only those are watched; `tally add` takes a file"
            )
        with self.store.write() as connection:
            here = (_P.place == name) & (_P.collection == collection)
            if connection.scalar(select(_P.place).where(here)) is None:
                connection.execute(insert(places).values(place=name, collection=collection))

    def forget(self, place: str) -> None:
        """Watch a place no more; what it gave stays."""
        with self.store.write() as connection:
            if not connection.execute(delete(places).where(_P.place == canonical(place))).rowcount:
                raise SourceError(place, "is not watched", "`tally sync --list` shows what is")

    def synced(self, place: Place, moment: datetime) -> None:
        """Note when a place was last gone through."""
        here = (_P.place == place.place) & (_P.collection == place.collection)
        with self.store.write() as connection:
            connection.execute(update(places).where(here).values(synced_at=moment.astimezone(UTC).replace(tzinfo=None)))


def sync(
    library: Library, wanted: Iterable[Place], *, progress: Callable[[Outcome], Any] | None = None
) -> tuple[Outcome, ...]:
    """Bring the library up to what the places hold now. Added, changed, unchanged, vanished and failed, one each.

    A folder's file that is gone retires its notice: its figures leave the answers, its history stays. What a feed no
    longer lists stays, as feeds list only what is new. A place that cannot be read changes nothing.
    """
    told: list[Outcome] = []
    for place in wanted:
        try:
            listed = list(listing(library, place.place))
        except SourceError as error:
            told.append(Outcome(place.place, "failed", reason=str(error)))
            if progress:
                progress(told[-1])
            continue
        told += library.add(listed, collection=place.collection, progress=progress)
        told += _vanished(library, place, set(listed), progress)
        Places(library.store).synced(place, datetime.now(UTC))
    return tuple(told)


def listing(library: Library, place: str) -> Iterator[str]:
    """What a place holds: files of a folder, addresses of a feed or sitemap. SourceError where it cannot be read."""
    if sources.is_address(place):
        yield from addresses(library, place)
    elif Path(place).is_dir():
        yield from expand([place])
    else:
        raise SourceError(place, "is gone", "nothing was removed; `tally sync --forget` ends the watch")


def addresses(library: Library, address: str, depth: int = 1) -> Iterator[str]:
    """The addresses that a feed, a sitemap or an index of sitemaps lists; the address itself where it is none."""
    from knowledge.sources.sandbox import shared

    fetched = library.fetcher.get(address)
    data = fetched.data or b""
    if not feeds.is_listing(data):
        yield address
        return
    found = shared().call("knowledge.sources.feeds:links", data, {"base": fetched.url, "source": address}, address)
    nested = 0
    for kind, url, _stamp in found:
        if kind == "item":
            yield url
        elif depth and nested < _NESTED:
            nested += 1
            yield from addresses(library, url, depth - 1)


def _vanished(
    library: Library, place: Place, listed: set[str], progress: Callable[[Outcome], Any] | None
) -> tuple[Outcome, ...]:
    if sources.is_address(place.place):
        return ()
    inside = place.place.rstrip("/") + "/"
    held = library.shelves.sources_in(place.collection)
    gone = [source for source in held if source.startswith(inside) and source not in listed]
    return library.retire(gone, collection=place.collection, progress=progress) if gone else ()
