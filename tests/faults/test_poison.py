"""A bad event parks its key and nothing else; an operator replays or discards; too many stop the consumer."""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest

from shared.inbox import parking
from shared.messaging.broker import Outgoing
from shared.messaging.memory import MemoryBroker, MemoryPublisher
from tests.faults import ledger, tiny
from tests.faults.rig import Rig
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration


@pytest.fixture
def rig(dsn, engine) -> Rig:
    return Rig(dsn, engine)


async def poison(dsn: str, *places: tuple[int, int]) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.executemany("INSERT INTO poison VALUES ($1, $2)", [(str(tiny.key(n)), v) for n, v in places])
    await connection.close()


async def heal(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("DELETE FROM poison")
    await connection.close()


async def test_poison_in_a_busy_key_parks_that_key_only(rig, dsn, work, engine):
    await poison(dsn, (1, 4))
    for _ in range(10):
        for number in range(5):
            await tiny.publish(work, number)
    async with rig.running():
        await ledger.settled(dsn, 50)
    assert await ledger.findings(dsn, parked=7) == []
    (waiting,) = await parking.parked(engine, "tiny")
    assert (waiting.key, waiting.events, waiting.reason) == (str(tiny.key(1)), 7, "failed")
    assert waiting.error.startswith("Poisoned")


async def test_replay_goes_in_order_and_leaves_nothing_behind_while_more_arrive(rig, dsn, work, engine):
    await poison(dsn, (1, 4))
    for _ in range(20):
        await tiny.publish(work, 1)
    async with rig.running():
        await ledger.settled(dsn, 20)
        await heal(dsn)
        async with asyncio.TaskGroup() as group:
            for _ in range(40):
                await tiny.publish(work, 1)
                group.create_task(parking.replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1))))
        await ledger.settled(dsn, 60)
        last = await parking.replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1)))
    assert last.error == ""
    assert await parking.parked(engine, "tiny") == []
    assert await ledger.findings(dsn) == []


async def test_replay_of_an_event_that_still_fails_stops_there(rig, dsn, work, engine):
    await poison(dsn, (1, 2), (1, 3))
    await tiny.publish(work, 1, times=4)
    async with rig.running():
        await ledger.settled(dsn, 4)
    failed = await parking.replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1)))
    assert failed.applied == 0
    (waiting,) = await parking.parked(engine, "tiny")
    assert (waiting.events, waiting.attempts) == (3, 3)
    assert await parking.discard(work, "tiny", waiting.first_id)
    assert not await parking.discard(work, "tiny", waiting.first_id)
    failed = await parking.replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1)))
    assert failed.error.startswith("Poisoned")
    await heal(dsn)
    assert (await parking.replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1)))).applied == 2


async def test_many_bad_events_in_one_batch_are_each_found(rig, dsn, work):
    await poison(dsn, *((number, 2) for number in range(0, 20, 2)))
    for _ in range(3):
        for number in range(20):
            await tiny.publish(work, number)
    async with rig.running():
        await ledger.settled(dsn, 60)
    assert await ledger.findings(dsn, parked=20) == []


async def test_too_many_parked_keys_stop_the_consumer_until_operators_act(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(parked_keys_limit=2, batch_records=5))
    await poison(dsn, *((number, 1) for number in range(30)))
    for number in range(30):
        await tiny.publish(work, number)
    async with rig.running():
        await ledger.arrived(dsn, 3)
        await until("the consumer has stopped", lambda: not rig.status.is_ready)
        stopped_with = await parking.parked(engine, "tiny")
        assert len(stopped_with) <= 7  # the limit and one batch
        await heal(dsn)
        for waiting in stopped_with:
            await parking.replay(work, tiny.subscription(), waiting.topic, waiting.key)
        await ledger.settled(dsn, 30)
    assert rig.status.is_ready
    assert await ledger.findings(dsn) == []


class _Broken(MemoryBroker):
    """Changes what the relay sends."""

    def __init__(self, change) -> None:
        super().__init__(4)
        self._change = change

    async def publisher(self) -> MemoryPublisher:
        publisher = await super().publisher()
        send = publisher.send

        async def changed(records: Sequence[Outgoing]) -> None:
            await send([changed for record in records for changed in self._change(record)])

        publisher.send = changed  # type: ignore[method-assign]
        return publisher


async def test_every_event_published_twice_has_its_effect_once(dsn, engine, work):
    rig = Rig(dsn, engine, broker=_Broken(lambda record: [record, record] if record.headers else [record]))
    await tiny.publish_many(work, 200, keys=5)
    async with rig.running():
        await ledger.settled(dsn, 200)
    assert await ledger.findings(dsn) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_id", b"\xff\xfe"),
        ("ce_id", b""),
        ("ce_time", b"yesterday"),
        ("ce_aggregateversion", b"-1"),
        ("ce_aggregateversion", "１".encode()),
        ("ce_journeyid", b"\xff"),
        ("ce_type", b"exam.candidate_checked_in.v9"),
        ("ce_type", b"exam.candidate_\xff.v1"),
    ],
)
async def test_unreadable_headers_are_parked_with_the_reason(dsn, engine, work, name, value):
    def change(record: Outgoing) -> list[Outgoing]:
        headers = [(n, value if n == name else v) for n, v in record.headers]
        return [Outgoing(record.topic, record.key, record.value, headers, record.partition)]

    rig = Rig(dsn, engine, broker=_Broken(change))
    await tiny.publish(work, 1)
    async with rig.running():
        await ledger.arrived(dsn, 1)
    (waiting,) = await parking.parked(engine, "tiny")
    assert waiting.reason == "schema"
    assert waiting.error.startswith(name)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b"{", b'{"added_later": 1, ', None),
        (b'"checked_in_at":', b'"checked_in_at": [], "": ', "checked_in_at: datetime_type"),
        (b'"practical"', b'"oral"', "component: "),
        (b'"plan_id":', b'"plan":', "plan_id: missing"),
        (b"}", b"", "json_invalid"),
        (b"}", b"\xff}", "json_invalid"),
        (b"{", b"[{", "json_invalid"),
    ],
)
async def test_a_payload_is_read_or_parked_with_the_place_of_its_fault(dsn, engine, work, before, after, reason):
    def change(record: Outgoing) -> list[Outgoing]:
        return [record._replace(value=record.value.replace(before, after) if record.headers else record.value)]

    rig = Rig(dsn, engine, broker=_Broken(change))
    await tiny.publish(work, 1)
    async with rig.running():
        await ledger.arrived(dsn, 1)
    parked = await parking.parked(engine, "tiny")
    assert [waiting.reason for waiting in parked] == (["schema"] if reason else [])
    assert all(waiting.error.startswith(waiting.type or "?") and reason in waiting.error for waiting in parked)


async def test_a_payload_that_does_not_fit_is_kept_byte_for_byte(dsn, engine, work):
    def change(record: Outgoing) -> list[Outgoing]:
        value = b'{"truncat\x00' if record.headers else record.value
        return [Outgoing(record.topic, record.key, value, [*record.headers, ("x\x00", b"\x00\xff")], record.partition)]

    rig = Rig(dsn, engine, broker=_Broken(change))
    await tiny.publish(work, 1)
    async with rig.running():
        await ledger.arrived(dsn, 1)
    connection = await asyncpg.connect(dsn)
    row = await connection.fetchrow("SELECT reason, payload, headers::text FROM parked_event")
    await connection.close()
    assert (row["reason"], row["payload"]) == ("schema", b'{"truncat\x00')
    assert '"x\\u0000", "AP8="' in row["headers"]


async def test_events_of_no_interest_are_passed_over(dsn, engine, work):
    def change(record: Outgoing) -> list[Outgoing]:
        headers = [(n, b"exam.something_else.v1" if n == "ce_type" else v) for n, v in record.headers]
        return [Outgoing(record.topic, record.key, record.value, headers, record.partition), record]

    rig = Rig(dsn, engine, broker=_Broken(change))
    await tiny.publish_many(work, 30, keys=3)
    async with rig.running():
        await ledger.settled(dsn, 30)
    assert await ledger.findings(dsn) == []
