"""What is remembered of fetched addresses, so that the next fetch can ask for changes only."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, String, Table, Text, delete, insert, select

from knowledge.sources.fetch import Fetched
from knowledge.store import Store
from knowledge.tables import metadata

visits = Table(
    "visits",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("modified", String(100), nullable=False),
    Column("stamp", String(100), nullable=False),  # what the feed or sitemap said of it
    Column("checked_at", DateTime, nullable=False),
)


class Visits:
    """The visits kept in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.create(visits)

    def last(self, url: str) -> tuple[str, str, str]:
        """(etag, last-modified, stamp) of the last visit, empty where there was none."""
        with self.store.read() as connection:
            row = connection.execute(
                select(visits.c.etag, visits.c.modified, visits.c.stamp).where(visits.c.url == url)
            ).first()
        return (row.etag, row.modified, row.stamp) if row else ("", "", "")

    def keep(self, url: str, fetched: Fetched, stamp: str = "") -> None:
        """Remember a visit whose document has been taken in."""
        with self.store.write() as connection:
            connection.execute(delete(visits).where(visits.c.url == url))
            connection.execute(
                insert(visits).values(
                    url=url,
                    etag=fetched.etag,
                    modified=fetched.modified,
                    stamp=stamp,
                    checked_at=datetime.now(UTC).replace(tzinfo=None),
                )
            )

    def forget(self, url: str) -> None:
        """Forget an address that has been removed."""
        with self.store.write() as connection:
            connection.execute(delete(visits).where(visits.c.url == url))
