"""The async engine of one service."""

from typing import Any

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

#: A server that does not answer an empty question in so many seconds is not at the other end any more.
_PING_SECONDS = 5.0


def create_engine(url: str, *, application: str, pool_size: int = 10, deadline: float = 120.0) -> AsyncEngine:
    """Return an engine on asyncpg for a `postgresql://` URL. Times are UTC; idle transactions end.

    A line may be dead without a word, and nothing else would ever say so: it is tried before each use, and a statement
    not answered after `deadline` seconds raises TimeoutError. Keep that above the time one may wait for a lock.
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
            },
        },
    )
    event.listen(engine.sync_engine, "checkout", _try_line)
    event.listen(engine.sync_engine, "handle_error", _give_up_lines)
    return engine


def _try_line(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask before each use but the first; the pool's own ping takes three round trips and waits for ever."""
    if not record.info.get("used"):  # forgotten whenever the pool connects anew
        record.info["used"] = True
        return
    try:
        connection.run_async(lambda line: line.execute("SELECT 1", timeout=_PING_SECONDS))
    except (OSError, PostgresError, InterfaceError) as error:
        raise InvalidatePoolError from error


def _give_up_lines(context: ExceptionContext) -> None:
    """Where one line died without a word, its neighbours did too: let the pool make all of them anew."""
    if isinstance(context.original_exception, TimeoutError):
        context.is_disconnect = True
