"""Old and new instances at once, as in a rolling restart: each reads what the other sends."""

import asyncio
import random

import asyncpg
import pytest

from shared.events import registry
from shared.inbox import parking
from tests.faults import editions, ledger, tiny
from tests.faults.stage import stopped

pytestmark = [pytest.mark.integration, pytest.mark.slow]

CHECKED_IN = "exam.candidate_checked_in"
EVENTS = 120


@pytest.fixture
async def database(dsn):
    connection = await asyncpg.connect(dsn)
    await connection.execute(editions.NOTED)
    yield connection
    await connection.close()


@pytest.fixture
def known(monkeypatch):
    """Keep what this process knows of events as it is."""
    monkeypatch.setattr(registry, "EVENTS", dict(registry.EVENTS))


async def publish(work, sayings: tuple[str, ...], *, events: int, keys: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(events):
        await editions.publish(work, chance.choice(sayings), chance.randrange(keys))


async def test_publishers_and_consumers_are_replaced_one_by_one(stage, work, dsn, database):
    stage.relay()
    old = [stage.consumer(edition="old"), stage.consumer(edition="old")]
    stages = (("old",), ("old", "new"), ("old", "new"), ("new",))
    for seed, sayings in enumerate(stages):
        writing = asyncio.gather(*(publish(work, sayings, events=30, keys=10, seed=4 * seed + n) for n in range(4)))
        if 0 < seed < 3:
            await stage.said(stage.consumer(edition="new"), "ready")
            assert await stopped(old.pop()) == 0
        await writing
        await ledger.arrived(dsn, (seed + 1) * EVENTS)  # each stage is handled by those who run during it
    assert await ledger.findings(dsn) == []
    read = {tuple(row) for row in await database.fetch("SELECT DISTINCT edition, type, gate FROM noted")}
    assert read == {
        ("old", f"{CHECKED_IN}.v1", "unheard of"),  # a field that it does not know is passed over
        ("new", f"{CHECKED_IN}.v1", None),  # one that an old publisher does not send has its default
        ("new", f"{CHECKED_IN}.v1", "east"),
    }
    assert await database.fetchval("SELECT count(*) FROM outbox WHERE type LIKE '%.v2'") > 0
    # when nobody publishes the old major any more, all consumers are new
    await publish(work, ("newest",), events=20, keys=10, seed=99)
    await ledger.settled(dsn, 4 * EVENTS + 20)
    assert await ledger.findings(dsn) == []
    assert await database.fetchval("SELECT count(*) FROM noted WHERE type LIKE '%.v2'") == 20


async def test_a_major_that_came_too_early_waits_for_the_new_version(stage, work, dsn, database, known):
    stage.relay()
    old = stage.consumer(edition="old")
    await publish(work, ("newest",), events=2, keys=1, seed=1)
    await publish(work, ("old",), events=40, keys=10, seed=2)
    await ledger.settled(dsn, 42)
    waiting = await database.fetch("SELECT reason, error, key FROM parked_event ORDER BY id")
    assert {row["key"] for row in waiting} == {str(tiny.key(0))}  # the other keys went on
    assert [(row["reason"], row["error"]) for row in waiting[:1]] == [
        ("schema", "ce_type: a major version that is not known here")
    ]
    assert {row["reason"] for row in waiting[1:]} == {"behind"}
    assert await ledger.findings(dsn, parked=len(waiting)) == []
    assert await stopped(old) == 0
    replay = await parking.replay(work, editions.subscription("new"), tiny.TOPIC, str(tiny.key(0)))
    assert (replay.applied, replay.error) == (len(waiting), "")
    assert await ledger.findings(dsn) == []


async def test_a_consumer_does_not_mind_in_which_batch_the_second_major_comes(stage, work, dsn, database):
    stage.relay(options={"page_events": 1})
    stage.consumer(edition="old", options={"batch_records": 1})
    await publish(work, ("new",), events=30, keys=3, seed=1)
    await ledger.settled(dsn, 30)
    assert await ledger.findings(dsn) == []


async def test_two_majors_of_one_event_have_one_key(work):
    one, other = (editions.SAYINGS["newest"](tiny.key(number))[0] for number in (1, 2))
    with pytest.raises(ValueError, match="same topic and key"):
        async with work() as open_work:
            open_work.publish(one, version=1, journey_id=None, newer=other)
