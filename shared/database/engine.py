"""The async engine of one service."""

import time
from functools import partial
from typing import Any

from asyncpg import InterfaceError, InternalClientError, PostgresError
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from shared.clock import UNMOVED, Clock, MovableClock
from shared.database import clock as database_clock

#: A connection that was used less than so many seconds ago is still good if its socket is open; an older one is asked.
TRUSTED_SECONDS = 1.0
#: A server that does not answer an empty question in so many seconds is not at the other end any more.
_PING_SECONDS = 5.0


def create_engine(
    url: str, *, application: str, pool_size: int = 10, deadline: float = 120.0, clock: Clock | None = None
) -> AsyncEngine:
    """Return an engine on asyncpg for a `postgresql://` URL. Times are UTC; idle transactions end.

    A line may be dead without a word, and nothing else would ever say so: one that lay idle is tried before use, and a
    statement not answered after `deadline` seconds raises TimeoutError. Keep that above what one may wait for a lock.
    Where `clock` can be moved, the database's `clock_now()` moves with it, from one use of a connection to the next.
    """
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,  # error texts would quote what people sent
        connect_args={
            "command_timeout": deadline,
            "server_settings": {
                "application_name": application,
                "timezone": "UTC",
                "idle_in_transaction_session_timeout": "60000",
                "lock_timeout": "30000",
            }
            | database_clock.AT_START,
        },
    )
    event.listen(engine.sync_engine, "checkin", _note_use)
    event.listen(engine.sync_engine, "checkout", _try_line)
    event.listen(engine.sync_engine, "handle_error", _give_up_lines)
    if isinstance(clock, MovableClock):
        event.listen(engine.sync_engine, "checkout", partial(_follow, clock))
    return engine


def _note_use(connection: Any, record: ConnectionPoolEntry) -> None:
    if connection is not None:
        record.info["used_at"] = time.monotonic()  # forgotten whenever the pool connects anew


def _try_line(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a line that lay idle; the pool's own ping takes three round trips at every use, and waits for ever."""
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError
    used_at = record.info.get("used_at")
    if used_at is None or time.monotonic() - used_at < TRUSTED_SECONDS:
        return
    try:
        connection.run_async(lambda line: line.execute("SELECT 1", timeout=_PING_SECONDS))
    except (OSError, PostgresError, InterfaceError, InternalClientError) as error:
        raise InvalidatePoolError from error


def _follow(clock: MovableClock, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Move the session's clock if ours was moved since its last use."""
    ahead = clock.ahead()
    if record.info.get("ahead", UNMOVED) == ahead:
        return
    try:
        connection.run_async(lambda line: line.execute(database_clock.moving(ahead), timeout=_PING_SECONDS))
    except (OSError, PostgresError, InterfaceError, InternalClientError) as error:
        raise InvalidatePoolError from error
    record.info["ahead"] = ahead


def _give_up_lines(context: ExceptionContext) -> None:
    """Let the pool make all lines anew: where one died, without a word or just now, its neighbours did too."""
    error = context.original_exception
    if isinstance(error, TimeoutError) or isinstance(error.__cause__, InternalClientError):
        context.is_disconnect = True
