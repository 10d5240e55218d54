"""Retention took events before the consumer read them: a loud alarm, and a way back while the outboxes hold them."""

import asyncio
from collections import Counter

import asyncpg
import pytest
from structlog.testing import capture_logs

from shared.messaging.partitioning import partition_of
from shared.telemetry import metrics
from shared.work import WorkFactory
from tests.faults import ledger, tiny
from tests.faults.rig import Rig
from tests.worlds.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.slow]

#: What an operator does (docs/adr/0003): the new epoch deposes the relay that leads.
EVENTS = 60
PUBLISH_AGAIN = "UPDATE outbox_cursor SET epoch = epoch + 1, prev = '1:1:', win = NULL, seq = 0"


class Counted:
    """Stands where the counter of the metric stands."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, count: int, _labels: object) -> None:
        self.total += count


@pytest.fixture
def skipped(monkeypatch) -> Counted:
    counted = Counted()
    monkeypatch.setattr(metrics, "offsets_skipped", counted)
    return counted


async def _sent(rig: Rig, work: WorkFactory) -> Counter[int]:
    """Have a relay send events that nobody reads; return how many each partition has."""
    await tiny.publish_many(work, EVENTS, keys=12)
    stop = asyncio.Event()
    running = asyncio.ensure_future(rig.relay().run(stop))
    await ledger.all_sent(rig.dsn)
    stop.set()
    await running
    connection = await asyncpg.connect(rig.dsn)
    keys = [row["key"] for row in await connection.fetch("SELECT key FROM outbox")]
    await connection.close()
    return Counter(partition_of(key.encode(), tiny.PARTITIONS) for key in keys)


@pytest.mark.parametrize("kept", [2, 0])
async def test_what_is_gone_is_told_and_can_be_published_again(kafka_rig, cluster, work, skipped, kept):
    """Also where nothing is left behind the gap: no later event shows it, and the client seems to be stuck."""
    ends = await _sent(kafka_rig, work)
    for number, end in ends.items():
        cluster.forget(tiny.TOPIC, number, end - kept)
    gone = EVENTS - kept * len(ends)
    with capture_logs() as lines:
        async with kafka_rig.running():
            await _alarm(kafka_rig)
            await ledger.arrived(kafka_rig.dsn, EVENTS - gone)
            told = {line["partition"]: line["count"] for line in lines if line["event"] == "consumer.offsets.gone"}
            assert told == {number: end - kept for number, end in ends.items()}
            assert skipped.total == gone
            await _publish_again(kafka_rig.dsn)
            await tiny.publish(work, 1)
            await ledger.settled(kafka_rig.dsn, EVENTS + 1)
    assert not [line for line in lines if line["event"] == "consumer.client.rebuilt"]
    assert not kafka_rig.status.is_ready
    wrong = await ledger.findings(kafka_rig.dsn)
    assert all("swapped" in finding for finding in wrong)  # what was gone comes after what was left


async def _alarm(rig: Rig) -> None:
    await until("the offsets are in trouble", lambda: rig.status.troubles.get("offsets"))


async def _publish_again(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(PUBLISH_AGAIN)
    await connection.close()


async def test_a_relay_with_nothing_to_do_notices_that_all_is_to_be_published_again(kafka_rig, work):
    """It only looks for new events then, and looks where it stopped: no saving of a position tells it."""
    await tiny.publish_many(work, EVENTS, keys=12)
    async with kafka_rig.running():
        await ledger.arrived(kafka_rig.dsn, EVENTS)
        await _publish_again(kafka_rig.dsn)
        await ledger.all_sent(kafka_rig.dsn)
