"""Reading the outbox while it is written: windows between snapshots lose and swap nothing, the usual cursors do."""

import asyncio

import asyncpg
import pytest

from tests.faults import ledger
from tests.mutants.readers import SequenceCursor, Snapshots, TimeCursor, TimeOrder, XminFence
from tests.mutants.writers import write

pytestmark = pytest.mark.integration

WRITERS, EVENTS = 8, 60
#: When all have written, a reader that finds nothing so often in a row has read all that it will.
EMPTY = 5


async def _read_while_written(reader_type, dsn: str, *, begins_late: bool = False) -> tuple[int, int]:
    """Return how many events the reader lost and how many came before an earlier one of their key."""
    connection = await asyncpg.connect(dsn)
    seen = []
    async with reader_type.open(dsn, connection) as reader, asyncio.TaskGroup() as group:
        writers = [group.create_task(write(dsn, n, EVENTS, 4, gives_up=n >= WRITERS - 2)) for n in range(WRITERS)]
        if begins_late:
            await asyncio.wait(writers)
        empty = 0
        while empty < EMPTY:
            is_over = all(writer.done() for writer in writers)
            page = await reader.read()
            seen += page
            empty = empty + 1 if is_over and not page else 0
    written = {tuple(row) for row in await connection.fetch("SELECT key, version FROM outbox")}
    await connection.close()
    assert len(seen) == len(set(seen))
    return len(written - set(seen)), ledger.swaps(seen)


async def test_snapshot_windows_lose_nothing_and_swap_nothing(dsn):
    assert await _read_while_written(Snapshots, dsn) == (0, 0)


@pytest.mark.parametrize("mutant", [SequenceCursor, TimeCursor])
async def test_a_cursor_is_caught_losing(dsn, mutant):
    lost, _ = await _read_while_written(mutant, dsn)
    assert lost > 0


# a reader that keeps up with the writers finds single events, in which nothing can be swapped by the clock
@pytest.mark.parametrize(("mutant", "begins_late"), [(XminFence, False), (TimeOrder, True)])
async def test_an_order_is_caught_swapping(dsn, mutant, begins_late):
    lost, swapped = await _read_while_written(mutant, dsn, begins_late=begins_late)
    assert (lost, swapped > 0) == (0, True)
