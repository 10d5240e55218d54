"""Where the relay stands in the outbox, and how it reads on without losing an event or swapping two of a key.

A cursor over `seq` loses rows that commit late; one over transaction ids breaks the order per key. So the relay reads
windows: all rows visible in one snapshot and not in the one before, in the order of `seq`. Every committed row is in
exactly one window, and when one event was committed before another of its key was written, it is in the same or an
earlier window, before it.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from asyncpg import Connection, Record

from shared.messaging.envelope import Stored

#: Advisory lock of the leader, per database.
_LEADER = 0x6B7A0B0C

_LEAD = "UPDATE outbox_cursor SET epoch = epoch + 1 RETURNING epoch, prev::text, win::text, seq, log_identity"

# Begins a window when none is given: with what this statement sees, at the first row that the one before did not.
# Whatever the planner knows, it must not look for the smallest `seq` along the primary key: there everything old comes
# first. `seq + 0` bars that way, and a transaction's own first row is found in the index by `tx`. What is the same for
# the whole page is given with its first row only.
_PAGE = """
    WITH place AS MATERIALIZED (
        SELECT $1::text::pg_snapshot AS prev,
               coalesce($2::text::pg_snapshot, pg_current_snapshot()) AS win,
               CASE WHEN $2 IS NOT NULL THEN $3
                    ELSE least((SELECT min(seq + 0) FROM outbox WHERE tx >= pg_snapshot_xmax($1::text::pg_snapshot)),
                               (SELECT min(first.seq) FROM pg_snapshot_xip($1::text::pg_snapshot) AS open (tx),
                                       LATERAL (SELECT seq FROM outbox o WHERE o.tx = open.tx
                                                 ORDER BY seq LIMIT 1) AS first)) - 1
               END AS seq,
               coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'seq')::regclass), 0) AS newest
    )
    SELECT convert_to(event_id::text, 'UTF8'), convert_to(type, 'UTF8'), convert_to(key, 'UTF8'),
           convert_to(version::text, 'UTF8'),
           convert_to(to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8'),
           convert_to(journey_id::text, 'UTF8'), convert_to(causation_id::text, 'UTF8'),
           convert_to(traceparent, 'UTF8'), topic, payload, seq, bytes,
           CASE WHEN bytes = octet_length(payload) THEN (SELECT win::text FROM place) END AS win,
           CASE WHEN bytes = octet_length(payload) THEN (SELECT newest FROM place) END AS newest
      FROM (
        SELECT *, sum(octet_length(payload)) OVER (ORDER BY seq) AS bytes
          FROM (SELECT * FROM outbox
                 WHERE seq > (SELECT seq FROM place) AND pg_visible_in_snapshot(tx, (SELECT win FROM place))
                   AND NOT pg_visible_in_snapshot(tx, (SELECT prev FROM place))
                 ORDER BY seq LIMIT $4) AS rows) AS sized
     WHERE bytes - octet_length(payload) < $5
     ORDER BY seq
"""
#: Where the event ends in a row of a page.
_EVENT = len(Stored._fields)

_SAVE = """
    UPDATE outbox_cursor SET prev = $2::text::pg_snapshot, win = $3::text::pg_snapshot, seq = $4 WHERE epoch = $1
"""

_RESTART = """
    UPDATE outbox_cursor
       SET prev = '1:1:', win = pg_current_snapshot(), log_identity = $2, sent = known.sent,
           seq = (SELECT coalesce(min(o.seq) - 1, outbox_cursor.seq) FROM outbox o
                   WHERE o.occurred_at > clock_timestamp() - $3::interval
                      OR NOT pg_visible_in_snapshot(o.tx, known.sent))
      FROM (SELECT CASE WHEN prev::text = '1:1:' THEN sent ELSE prev END AS sent FROM outbox_cursor) AS known
     WHERE epoch = $1
    RETURNING outbox_cursor.prev::text, win::text, seq
"""


class Deposed(Exception):
    """Another relay leads now; what this one read may already have been sent."""


@dataclass(frozen=True, slots=True)
class Position:
    """Everything visible in `prev` was sent; of what is also visible in `win`, everything up to `seq`."""

    prev: str
    win: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class Page:
    """Events to send, in order; the position to save when all are acknowledged; how many were written after them."""

    events: Sequence[Stored]
    after: Position
    behind: int = 0


class Cursor:
    """The leader's cursor, on the connection that holds the leader's lock: without the one the other is gone too."""

    def __init__(self, connection: Connection, row: Record) -> None:
        """Take over from the last leader."""
        self._connection = connection
        self._epoch: int = row["epoch"]
        self.position = Position(row["prev"], row["win"], row["seq"])
        self.log_identity: str | None = row["log_identity"]

    async def read(self, position: Position, events: int, size: int) -> Page | None:
        """Return the page after a position, bounded in events and (softly) in bytes; nothing when all is read.

        A page without events only says that its window is finished: its position is to be saved all the same.
        """
        rows = await self._connection.fetch(_PAGE, position.prev, position.win, position.seq, events, size)
        if not rows:
            return Page([], Position(position.win, None, position.seq)) if position.win else None
        win, seq = rows[0]["win"], rows[-1]["seq"]
        is_last = len(rows) < events and rows[-1]["bytes"] < size
        after = Position(win, None, seq) if is_last else Position(position.prev, win, seq)
        return Page([Stored._make(row[:_EVENT]) for row in rows], after, rows[0]["newest"] - seq)

    async def save(self, position: Position) -> None:
        """Remember what is acknowledged; raise `Deposed` when another leads."""
        done = await self._connection.execute(_SAVE, self._epoch, position.prev, position.win, position.seq)
        if done != "UPDATE 1":
            raise Deposed
        self.position = position

    async def confirm(self) -> None:
        """Raise `Deposed` when another leads, or the outbox is to be published again: who only reads never knew."""
        if await self._connection.fetchval("SELECT epoch FROM outbox_cursor") != self._epoch:
            raise Deposed

    async def restart(self, log_identity: str, retention: timedelta) -> None:
        """Begin again for a log that knows nothing: what was never sent, and what is within the retention."""
        row = await self._connection.fetchrow(_RESTART, self._epoch, log_identity, retention)
        if row is None:
            raise Deposed
        self.position = Position(row["prev"], row["win"], row["seq"])
        self.log_identity = log_identity


@asynccontextmanager
async def lead(dsn: str, *, application: str, idle_limit: float) -> AsyncIterator[Cursor | None]:
    """Lead until the block ends, on a direct connection of its own; gives nothing when another relay leads.

    The server ends the connection of a leader that shows no life for `idle_limit` seconds, so a frozen one is replaced.
    A leader that hears nothing from the server for so long raises TimeoutError: others may lead by then.
    """
    settings = {
        "application_name": application,
        "timezone": "UTC",
        "idle_session_timeout": str(int(idle_limit * 1000)),
        # the planner would read all that wait and sort it, page by page: it knows little of the newest rows
        "enable_seqscan": "off",
        "enable_sort": "off",
        "plan_cache_mode": "force_generic_plan",  # no planning for each page either
    }
    connection = await asyncpg.connect(dsn, server_settings=settings, timeout=10, command_timeout=idle_limit)
    try:
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LEADER):
            row = await connection.fetchrow(_LEAD)
            yield Cursor(connection, row) if row else None
        else:
            yield None
    finally:
        await _close(connection)


async def _close(connection: Connection) -> None:
    try:
        await connection.close(timeout=5)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
