"""Members of a consumer group come and go, or do not answer in time: partitions move, effects stay single."""

import random
import signal

import pytest

from tests.faults import ledger, tiny
from tests.faults.stage import send, stopped

pytestmark = [pytest.mark.integration, pytest.mark.slow]

EVENTS = 300
ASSIGNED = "consumer.partitions.assigned"


async def test_members_come_and_go(stage, work, dsn):
    chance = random.Random(8)
    stage.relay()
    members = [stage.consumer()]
    async with tiny.load(work, keys=12) as published:
        for number in range(3):
            members.append(stage.consumer())
            await stage.said(members[-1], ASSIGNED)
            if number:
                leaver = members.pop(chance.randrange(len(members)))
                if number % 2:
                    send(leaver, signal.SIGKILL)
                else:
                    assert await stopped(leaver) == 0
    await ledger.settled(dsn, published["events"])
    assert await ledger.findings(dsn) == []


async def test_all_are_replaced_one_after_the_other(stage, work, dsn):
    old = [stage.relay(), stage.consumer(), stage.consumer(), stage.relay()]
    async with tiny.load(work, keys=12) as published:
        for leaver in old:
            successor = stage.relay() if leaver.name.startswith("relay") else stage.consumer()
            await stage.said(successor, "ready")
            assert await stopped(leaver) == 0
    await ledger.settled(dsn, published["events"])
    assert await ledger.findings(dsn) == []


@pytest.mark.parametrize("blocks", [False, True], ids=["handler waits", "event loop blocked"])
async def test_a_handler_slower_than_the_group_waits(stage, work, dsn, tmp_path, blocks):
    """Its partitions go to another member; what it did is rolled back or refused, and it serves on."""
    stage.relay()
    release = tmp_path / "release"
    slow = stage.consumer(slow={"release": str(release), "nth": 3, "blocks": blocks})
    await tiny.publish_many(work, EVENTS, keys=12)
    await stage.said(slow, "slow")
    other = stage.consumer()
    await stage.said(other, ASSIGNED)
    release.touch()
    await ledger.settled(dsn, EVENTS)
    assert await ledger.findings(dsn) == []
    assert await stopped(other) == 0
    await tiny.publish_many(work, 50, keys=12, seed=2)
    await ledger.settled(dsn, EVENTS + 50)
    assert await ledger.findings(dsn) == []
    assert slow.is_alive()
