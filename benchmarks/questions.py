"""What a benchmark asks the database while something else works."""

import asyncio

import asyncpg

_WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"


async def until(connection: asyncpg.Connection, question: str) -> None:
    """Return once the answer is yes, to within a hundredth of a second."""
    while not await connection.fetchval(question):  # noqa: ASYNC110  # what happens, happens in the database
        await asyncio.sleep(0.01)


async def wal_bytes(connection: asyncpg.Connection) -> int:
    """Return how many bytes the write-ahead log has grown to."""
    written: int = await connection.fetchval(_WAL)
    return written
