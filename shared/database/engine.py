"""The async engine of one service."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


def create_engine(url: str, *, application: str, pool_size: int = 10, deadline: float = 120.0) -> AsyncEngine:
    """Return an engine on asyncpg for a `postgresql://` URL. Times are UTC; idle transactions end.

    A statement not answered after `deadline` seconds raises TimeoutError and costs its connection: the line may be dead
    without a word, and nothing else would ever say so. Keep it above the time that a statement may wait for a lock.
    """
    return create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
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
