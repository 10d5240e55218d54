"""What a benchmark asks the database and the broker while something else works."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import asyncpg

from benchmarks.child import Child, ContenderFailed

_WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
_PAUSE = 0.02

#: Says how far something is.
Progress = Callable[[], Awaitable[int]]


async def reach(target: int, progress: Progress, child: Child, *, seconds: float = 60) -> None:
    """Return once the target is reached, to within a fiftieth of a second. Raises ContenderFailed."""
    deadline = time.monotonic() + seconds
    while (done := await progress()) < target:
        child.check()
        if time.monotonic() > deadline:
            raise ContenderFailed(f"{done} of {target} after {seconds:.0f} s")
        await asyncio.sleep(_PAUSE)


async def until(connection: asyncpg.Connection, question: str) -> None:
    """Return once the answer is yes, to within a fiftieth of a second."""
    while not await connection.fetchval(question):  # noqa: ASYNC110  # what happens, happens in the database
        await asyncio.sleep(_PAUSE)


async def wal_bytes(connection: asyncpg.Connection) -> int:
    """Return how many bytes the write-ahead log has grown to."""
    written: int = await connection.fetchval(_WAL)
    return written
