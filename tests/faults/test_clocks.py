"""Clocks that jump or stand still while events flow: order, single effects and the inbox do not depend on them."""

import asyncpg
import pytest

from shared.ids import milliseconds_of
from tests.faults import ledger
from tests.faults.stage import status, stopped

pytestmark = [pytest.mark.integration, pytest.mark.slow]

EVENTS = 240
HOUR, DAY = 3_600.0, 86_400.0
AGAIN = "UPDATE outbox_cursor SET prev = '1:1:', win = NULL, seq = 0"


async def published_again(dsn) -> None:
    """Wait until the relay has sent the whole outbox once more, and the consumers have read it."""
    await ledger.all_sent(dsn)
    await ledger.settled(dsn, 0)


@pytest.mark.parametrize(
    ("jumps", "spread"),
    [
        ([(90, DAY), (200, -HOUR), (300, 0.0)], DAY + HOUR),
        ([(90, None)], 0.0),
    ],
    ids=["a day ahead, an hour back, right again", "standing still"],
)
async def test_events_flow_while_clocks_jump(stage, dsn, jumps, spread):
    worker = stage.worker(clock=[jump for jump in jumps if jump[1] is not None])
    writers = [stage.publisher(clock=jumps, events=EVENTS, keys=6), stage.publisher(events=60, keys=6)]
    for writer in writers:
        assert await status(writer) == 0
    await ledger.settled(dsn, EVENTS + 60)
    connection = await asyncpg.connect(dsn)
    made = [milliseconds_of(row[0]) for row in await connection.fetch("SELECT event_id FROM outbox")]
    assert (max(made) - min(made)) / 1000 > spread - 1  # the clock did jump
    assert spread or len(made) - len(set(made)) > EVENTS / 2  # or stand still
    assert await ledger.findings(dsn) == []
    assert await stopped(worker) == 0
    await connection.execute(AGAIN)
    await connection.close()
    stage.worker(clock=[(0, -HOUR)])
    await published_again(dsn)
    assert await ledger.findings(dsn) == []


async def test_what_the_inbox_remembers_does_not_depend_on_the_clock_of_a_worker(stage, dsn):
    """A worker whose clock is weeks ahead must not throw away what protects against repeats."""
    worker = stage.worker()
    assert await status(stage.publisher(events=EVENTS, keys=6)) == 0
    await ledger.settled(dsn, EVENTS)
    assert await stopped(worker) == 0
    connection = await asyncpg.connect(dsn)
    await connection.execute(AGAIN)
    await connection.close()
    stage.worker(clock=[(0, 30 * DAY)])
    await published_again(dsn)
    assert await ledger.findings(dsn) == []
