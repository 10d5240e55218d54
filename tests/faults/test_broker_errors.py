"""Every error that a Kafka broker may answer with, one after the other: relay and consumer get over it by themselves.

The brokers are librdkafka's mock cluster, the producer is idempotent. What is asked of a client that went wrong is only
that the same events, sent or read again by a new one, still have their effect once and in order.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.work import WorkFactory
from tests.faults import ledger, tiny
from tests.faults.mock_cluster import Api, MockCluster
from tests.faults.rig import Rig
from tests.worlds.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.slow]

DISCONNECT = -195
#: Events around each fault.
EVENTS = 24

Errors = Mapping[Api, tuple[int, ...]]
#: Waits until a fault has been felt.
Felt = Callable[[], Awaitable[None]]


async def _used_up(cluster: MockCluster, errors: Errors) -> None:
    """Have the brokers answer with these errors, and wait until they have."""
    for api, codes in errors.items():
        cluster.fail(api, *codes)
    await asyncio.gather(*(_asked(cluster, api, len(codes)) for api, codes in errors.items()))


async def _asked(cluster: MockCluster, api: Api, times: int) -> None:
    """Wait until the brokers were asked for this so many times more."""
    before = cluster.requests()[api]
    await until(f"{times} more of {api.name}", lambda: cluster.requests()[api] - before, lambda more: more >= times)


#: A rebalance makes members ask for the coordinator, join and synchronise again.
MOVED, REBALANCED, FENCED = {Api.HEARTBEAT: (16,)}, {Api.HEARTBEAT: (27,)}, {Api.PRODUCE: (47,)}

ANSWERS: dict[str, dict[str, Errors]] = {
    "produce": {
        "out of sequence": {Api.PRODUCE: (45,)},
        "out of sequence, also to the next producers": {Api.PRODUCE: (45,) * 4},
        "a duplicate that was none": {Api.PRODUCE: (46,)},
        "the producer is fenced": {Api.PRODUCE: (47,)},
        "not the leader": {Api.PRODUCE: (6,)},
        "no leader": {Api.PRODUCE: (5, 5)},
        "timed out": {Api.PRODUCE: (7, 7)},
        "timed out beyond the deadline": {Api.PRODUCE: (7,) * 15},
        "not enough replicas": {Api.PRODUCE: (19,)},
        "not enough replicas after the append": {Api.PRODUCE: (20,)},
        "the message is too large": {Api.PRODUCE: (10,)},
        "unknown topic": {Api.PRODUCE: (3,)},
        "corrupt": {Api.PRODUCE: (2,)},
        "disk error": {Api.PRODUCE: (56,)},
        "not allowed": {Api.PRODUCE: (29,)},
        "an unknown error": {Api.PRODUCE: (-1,)},
        "the connection ends": {Api.PRODUCE: (DISCONNECT, 0, DISCONNECT)},
        "one of everything": {Api.PRODUCE: (6, 45, 7, 47, 19, 10, DISCONNECT, 3, 46, 20)},
        "no producer id: the coordinator is loading, away, another": FENCED | {Api.INIT_PRODUCER_ID: (14, 15, 16)},
        "no producer id: refused": FENCED | {Api.INIT_PRODUCER_ID: (53, -1)},
    },
    "group": {
        "heartbeat: unknown member": {Api.HEARTBEAT: (25,)},
        "heartbeat: rebalance, twice": {Api.HEARTBEAT: (27, 27)},
        "heartbeat: not allowed": {Api.HEARTBEAT: (30,)},
        "coordinator: loading, away, another": MOVED | {Api.FIND_COORDINATOR: (14, 15, 16)},
        "coordinator: an unknown error": MOVED | {Api.FIND_COORDINATOR: (-1,)},
        "join: loading, away, another": REBALANCED | {Api.JOIN_GROUP: (14, 15, 16)},
        "join: unknown member, old generation": REBALANCED | {Api.JOIN_GROUP: (25, 22)},
        "join: inconsistent protocol": REBALANCED | {Api.JOIN_GROUP: (23,)},
        "join: the connection ends": REBALANCED | {Api.JOIN_GROUP: (DISCONNECT,)},
        "sync: rebalance, old generation": REBALANCED | {Api.SYNC_GROUP: (27, 22)},
        "sync: away, another": REBALANCED | {Api.SYNC_GROUP: (15, 16)},
    },
    "offsets": {
        "commit: loading, away, another": {Api.OFFSET_COMMIT: (14, 15, 16)},
        "commit: old generation": {Api.OFFSET_COMMIT: (22,)},
        "commit: rebalance": {Api.OFFSET_COMMIT: (27,)},
        "commit: timed out, then not allowed": {Api.OFFSET_COMMIT: (7, 30)},
        "read: loading, another": REBALANCED | {Api.OFFSET_FETCH: (14, 16)},
        "read: an unknown error": REBALANCED | {Api.OFFSET_FETCH: (-1,)},
    },
    "fetch": {
        "not the leader": {Api.FETCH: (6,)},
        "unknown topic": {Api.FETCH: (3, 3)},
        "offset out of range": {Api.FETCH: (1,)},
        "an old or unknown epoch of the leader": {Api.FETCH: (74, 76)},
        "corrupt, disk error, unknown": {Api.FETCH: (2, 56, -1)},
        "not allowed": {Api.FETCH: (29,)},
        "the connection ends": {Api.FETCH: (DISCONNECT,) * 3},
    },
}


async def answers_later_than_the_deadline(cluster: MockCluster, felt: Felt) -> None:
    cluster.delay(3000)
    await felt()
    cluster.delay(0)


async def slow_answers(cluster: MockCluster, _: Felt) -> None:
    cluster.delay(200)
    await _asked(cluster, Api.PRODUCE, 3)
    cluster.delay(0)


async def one_broker_away(cluster: MockCluster, felt: Felt) -> None:
    cluster.down(1)
    await felt()
    cluster.up(1)


async def all_brokers_away(cluster: MockCluster, felt: Felt) -> None:
    cluster.down()
    await felt()
    cluster.up()


async def leaders_move(cluster: MockCluster, _: Felt) -> None:
    for turn in range(12):
        cluster.lead(tiny.TOPIC, turn % tiny.PARTITIONS, turn % 3 + 1)
        await _asked(cluster, Api.FETCH, 2)


async def no_leader(cluster: MockCluster, felt: Felt) -> None:
    cluster.lead(tiny.TOPIC, 1, -1)
    await felt()
    cluster.lead(tiny.TOPIC, 1, 2)


async def the_coordinator_moves(cluster: MockCluster, _: Felt) -> None:
    for broker in (1, 2, 3):
        cluster.coordinate("tiny", broker)
        await _asked(cluster, Api.HEARTBEAT, 2)


SITUATIONS = (
    slow_answers,
    answers_later_than_the_deadline,
    one_broker_away,
    all_brokers_away,
    leaders_move,
    no_leader,
    the_coordinator_moves,
)


@pytest.mark.parametrize("faults", ANSWERS.values(), ids=ANSWERS)
async def test_an_error(kafka_rig, work, cluster, subtests, faults):
    async with kafka_rig.running():
        for number, (name, errors) in enumerate(faults.items()):
            with subtests.test(name):
                await _survives(kafka_rig, work, _used_up(cluster, errors), number)


async def test_a_situation(kafka_rig, work, cluster, subtests):
    with capture_logs() as lines:
        async with kafka_rig.running():
            for number, situation in enumerate(SITUATIONS):
                with subtests.test(situation.__name__):
                    await _survives(kafka_rig, work, situation(cluster, _felt(lines)), number)


def _felt(lines: Sequence[Mapping[str, object]]) -> Felt:
    """Return what waits until the relay has given up once more."""

    def ended() -> int:
        return sum(line["event"] == "relay.term.ended" for line in lines)

    async def felt() -> None:
        before = ended()
        await until("the relay gives up", ended, lambda times: times > before)

    return felt


async def _survives(rig: Rig, work: WorkFactory, fault: Coroutine[Any, Any, None], number: int) -> None:
    """Let a fault strike while events flow, and see all that was published so far arrive."""
    await asyncio.gather(fault, tiny.publish_many(work, EVENTS - 1, keys=6, seed=number))
    await tiny.publish(work, 1)
    await ledger.arrived(rig.dsn, EVENTS * (number + 1))
    assert await ledger.findings(rig.dsn) == []
    await until("all is well", lambda: rig.status.is_ready)
