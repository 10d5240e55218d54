"""Processes that die, freeze or run twice at the worst moments: every event still has its effect once, in order."""

import signal

import pytest

from tests.faults import ledger, tiny
from tests.faults.stage import frozen, send, status, stopped

pytestmark = [pytest.mark.integration, pytest.mark.slow]

EVENTS = 300


@pytest.mark.parametrize("moment", ["relay.page_read", "relay.page_sent", "relay.page_saved"])
async def test_relay_killed(stage, work, dsn, moment):
    await tiny.publish_many(work, EVENTS, keys=12)
    relay = stage.relay(fail={"at": moment, "nth": 2})
    stage.consumer()
    assert await status(relay) == -signal.SIGKILL
    stage.relay()
    await tiny.publish_many(work, 20, keys=12, seed=2)
    await ledger.settled(dsn, EVENTS + 20)
    assert await ledger.findings(dsn) == []


@pytest.mark.parametrize(
    "moment", ["consumer.remembered", "consumer.handled", "consumer.committed", "consumer.broker_committed"]
)
async def test_consumer_killed(stage, work, dsn, moment):
    await tiny.publish_many(work, EVENTS, keys=12)
    stage.relay()
    consumer = stage.consumer(fail={"at": moment, "nth": 2})
    assert await status(consumer) == -signal.SIGKILL
    stage.consumer()
    await ledger.settled(dsn, EVENTS)
    assert await ledger.findings(dsn) == []


async def test_two_relays_and_two_consumers_at_once(stage, work, dsn):
    first = stage.relay()
    relays, consumers = [first, stage.relay()], [stage.consumer(), stage.consumer()]
    await tiny.publish_many(work, EVENTS, keys=12)
    await ledger.settled(dsn, EVENTS)
    assert await stopped(first) == 0  # the other takes over
    await tiny.publish_many(work, EVENTS, keys=12, seed=2)
    await ledger.settled(dsn, 2 * EVENTS)
    assert await ledger.findings(dsn) == []
    for process in (relays[1], *consumers):
        assert await stopped(process) == 0


async def test_frozen_leader_is_replaced_and_may_thaw(stage, work, dsn):
    """The server ends the frozen leader's idle connection; thawed, it finds that it was deposed."""
    leader = stage.relay(
        fail={"at": "relay.page_sent", "nth": 2, "signal": "SIGSTOP"}, options={"send_deadline": 1, "lead_idle": 2}
    )
    await tiny.publish_many(work, EVENTS, keys=12)
    await frozen(leader)
    stage.consumer()
    stage.relay()
    await ledger.settled(dsn, EVENTS)
    send(leader, signal.SIGCONT)
    await tiny.publish_many(work, 50, keys=12, seed=2)
    await ledger.settled(dsn, EVENTS + 50)
    assert await ledger.findings(dsn) == []
    assert leader.is_alive()


@pytest.mark.parametrize("moment", ["consumer.handled", "consumer.committed"])
async def test_frozen_consumer_loses_its_partitions_and_does_no_harm(stage, work, dsn, moment):
    stage.relay()
    zombie = stage.consumer(fail={"at": moment, "nth": 2, "signal": "SIGSTOP"})
    await tiny.publish_many(work, EVENTS, keys=12)
    await frozen(zombie)
    await stage.has_all_partitions(stage.consumer())
    send(zombie, signal.SIGCONT)
    await tiny.publish_many(work, 50, keys=12, seed=2)
    await ledger.settled(dsn, EVENTS + 50)
    assert await ledger.findings(dsn) == []
