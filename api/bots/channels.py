"""What each channel has chosen: the language of the bot's words and the collection of notices it asks."""

from dataclasses import dataclass

import sqlalchemy as sa

from knowledge.store import Store
from knowledge.tables import metadata

_channels = sa.Table(
    "bot_channels",
    metadata,
    sa.Column("channel", sa.String(200), primary_key=True),  # platform:team:channel
    sa.Column("language", sa.String(10)),
    sa.Column("collection", sa.String(200)),
)


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """None means: as the question has it, and every collection."""

    language: str | None = None
    collection: str | None = None


class Channels:
    """The settings of channels, by `platform:team:channel`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.create(_channels)

    def of(self, channel: str) -> ChannelSettings:
        """What the channel has chosen; nothing where it has not."""
        query = sa.select(_channels.c.language, _channels.c.collection).where(_channels.c.channel == channel)
        with self._store.read() as db:
            row = db.execute(query).first()
        return ChannelSettings(*row) if row else ChannelSettings()

    def change(self, channel: str, settings: ChannelSettings) -> None:
        """Replace the channel's settings."""
        with self._store.write() as db:
            db.execute(_channels.delete().where(_channels.c.channel == channel))
            values = {"channel": channel, "language": settings.language, "collection": settings.collection}
            db.execute(_channels.insert().values(**values))
