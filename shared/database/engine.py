"""The async engine of one service."""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

#: A connection that was used so many seconds ago is still good if its socket is open; an older one is asked.
TRUSTED_SECONDS = 5.0


def create_engine(url: str, *, application: str, pool_size: int = 10) -> AsyncEngine:
    """Return an engine on asyncpg for a `postgresql://` URL. Times are UTC; idle transactions end."""
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,  # error texts would quote what people sent
        connect_args={
            "server_settings": {
                "application_name": application,
                "timezone": "UTC",
                "idle_in_transaction_session_timeout": "60000",
                "lock_timeout": "30000",
            }
        },
    )
    _replace_dead_connections(engine)
    return engine


def _replace_dead_connections(engine: AsyncEngine) -> None:
    """Do what `pool_pre_ping` does, whose ping costs three round trips, only for connections that lay idle."""

    def note_use(connection: Any, record: Any) -> None:
        if connection is not None:
            record.info["used_at"] = time.monotonic()

    def check(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise InvalidatePoolError
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except (engine.dialect.loaded_dbapi.Error, OSError) as error:
            raise InvalidatePoolError from error

    event.listen(engine.sync_engine, "checkin", note_use)
    event.listen(engine.sync_engine, "checkout", check)
