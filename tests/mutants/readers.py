"""The relay's way to read the outbox, and three that are often published and wrong."""

from contextlib import asynccontextmanager
from typing import Any

from shared.outbox.cursor import lead

Seen = list[tuple[str, int]]


class Snapshots:
    """The real one."""

    cursor: Any

    @classmethod
    @asynccontextmanager
    async def open(cls, dsn, _connection):
        async with lead(dsn, application="test", idle_limit=60) as cursor:
            reader = cls()
            reader.cursor = cursor
            yield reader

    async def read(self) -> Seen:
        page = await self.cursor.read(self.cursor.position, 100, 1_000_000)
        if page is None:
            return []
        await self.cursor.save(page.after)
        return [(event.key.decode(), int(event.version)) for event in page.events]


class SequenceCursor:
    """Mutant: `seq > last`. Loses what commits after a later number was read."""

    connection: Any
    last: Any

    @classmethod
    @asynccontextmanager
    async def open(cls, _dsn, connection):
        reader = cls()
        reader.connection, reader.last = connection, 0
        yield reader

    async def read(self) -> Seen:
        rows = await self.connection.fetch(
            "SELECT seq, key, version FROM outbox WHERE seq > $1 ORDER BY seq", self.last
        )
        self.last = rows[-1]["seq"] if rows else self.last
        return [(row["key"], row["version"]) for row in rows]


class XminFence(SequenceCursor):
    """Mutant: below the oldest open transaction, by transaction id. Swaps events of a key."""

    async def read(self) -> Seen:
        self.last = self.last or (0, 0)
        rows = await self.connection.fetch(
            """SELECT tx, seq, key, version FROM outbox
                WHERE (tx, seq) > ($1::text::xid8, $2) AND tx < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY outbox.tx, seq""",
            str(self.last[0]),
            self.last[1],
        )
        self.last = (rows[-1]["tx"], rows[-1]["seq"]) if rows else self.last
        return [(row["key"], row["version"]) for row in rows]


class TimeCursor(SequenceCursor):
    """Mutant: `occurred_at > last`. Loses what commits later or when the clock was set back."""

    async def read(self) -> Seen:
        rows = await self.connection.fetch(
            """SELECT occurred_at, key, version FROM outbox
                WHERE $1::timestamptz IS NULL OR occurred_at > $1 ORDER BY occurred_at""",
            self.last or None,
        )
        self.last = rows[-1]["occurred_at"] if rows else self.last
        return [(row["key"], row["version"]) for row in rows]


class TimeOrder(Snapshots):
    """Mutant: reads windows, but puts the events in the order of the clock."""

    async def read(self) -> Seen:
        page = await self.cursor.read(self.cursor.position, 100, 1_000_000)
        if page is None:
            return []
        await self.cursor.save(page.after)
        events = sorted(page.events, key=lambda event: event.occurred_at)
        return [(event.key.decode(), int(event.version)) for event in events]


class DeletesWhatItRead(SequenceCursor):
    """Mutant: a queue that takes rows away. While vacuum is held up it walks over all that it ever took."""

    async def read(self) -> Seen:
        rows = await self.connection.fetch(
            """DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox ORDER BY seq LIMIT 100 FOR UPDATE SKIP LOCKED)
               RETURNING key, version"""
        )
        return [(row["key"], row["version"]) for row in rows]
