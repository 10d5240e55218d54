"""What every broker behind the port must do. A test class inherits this and gives the `broker` it is about."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import pytest

from shared.messaging.broker import Broker, Outgoing, Partition, Record, Subscriber
from tests.worlds.waiting import until

TOPIC = "conformance"


class Witness:
    """A listener that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def assigned(self, partitions: Sequence[Partition]) -> None:
        self.told.append("assigned")

    async def revoked(self, partitions: Sequence[Partition]) -> None:
        self.told.append("revoked")


def records(count: int, *, keys: int = 7, size: int = 20) -> list[Outgoing]:
    """Return numbered records over some keys."""
    return [Outgoing(TOPIC, f"k{n % keys}".encode(), f"{n:08}".encode() + b"x" * size, ()) for n in range(count)]


async def publish(broker: Broker, outgoing: Sequence[Outgoing]) -> None:
    publisher = await broker.publisher()
    await publisher.send(outgoing)
    await publisher.close()


async def take(*subscribers: Subscriber, count: int) -> list[Record]:
    """Poll all subscribers until together they have so many records."""
    found: list[Record] = []

    async def look() -> list[Record]:
        for subscriber in subscribers:
            found.extend(await subscriber.poll(500, 0.1))
        return found

    return await until(f"{count} records", look, lambda seen: len(seen) >= count)


async def all_assigned(*subscribers: Subscriber, partitions: int = 4) -> None:
    """Poll until every partition is with somebody and everybody has some."""

    async def look() -> bool:
        for subscriber in subscribers:
            await subscriber.poll(1, 0.1)
        shares = [set(subscriber.assignment()) for subscriber in subscribers]
        return all(shares) and sum(map(len, shares)) == len(set().union(*shares)) == partitions

    await until("every partition is with somebody", look)


def orders(found: Sequence[Record]) -> dict[bytes, list[bytes]]:
    """Return the values per key, in the order they came."""
    by_key: dict[bytes, list[bytes]] = defaultdict(list)
    for record in found:
        by_key[record.key or b""].append(record.value or b"")
    return by_key


class BrokerSuite:
    """The suite."""

    @pytest.fixture
    async def broker(self):
        raise NotImplementedError

    async def test_what_is_published_is_read_byte_for_byte(self, broker):
        headers = [("a", b"\x00\xff"), ("a", b"again"), ("empty", b"")]
        await publish(broker, [Outgoing(TOPIC, b"\xffkey", b"\x00value", headers)])
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        (record,) = await take(subscriber, count=1)
        assert (record.key, record.value, list(record.headers)) == (b"\xffkey", b"\x00value", headers)
        assert (record.partition.topic, record.offset) == (TOPIC, 0)
        await subscriber.close()

    async def test_order_is_kept_per_key(self, broker):
        sent = records(3000)
        for start in range(0, 3000, 250):
            await publish(broker, sent[start : start + 250])
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        found = await take(subscriber, count=3000)
        assert len(found) == 3000
        assert all(values == sorted(values) for values in orders(found).values())
        await subscriber.close()

    async def test_a_partition_has_consecutive_offsets_and_a_known_end(self, broker):
        await publish(broker, records(200))
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        offsets: dict[Partition, list[int]] = defaultdict(list)
        for record in await take(subscriber, count=200):
            offsets[record.partition].append(record.offset)
        for partition, seen in offsets.items():
            assert seen == list(range(len(seen)))
            assert subscriber.end(partition) == len(seen)
        await subscriber.close()

    async def test_large_batches_arrive_whole(self, broker):
        await publish(broker, records(4000, size=900))
        await publish(broker, [Outgoing(TOPIC, b"k", b"y" * 890_000, ())])
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        assert len(await take(subscriber, count=4001)) == 4001
        await subscriber.close()

    async def test_each_group_reads_everything(self, broker):
        await publish(broker, records(50))
        for group in ("first", "second"):
            subscriber = await broker.subscriber(group, [TOPIC], Witness())
            assert len(await take(subscriber, count=50)) == 50
            await subscriber.close()

    async def test_members_of_a_group_share_and_a_leaver_hands_over(self, broker):
        witness = Witness()
        first = await broker.subscriber("g", [TOPIC], witness)
        await all_assigned(first)
        second = await broker.subscriber("g", [TOPIC], Witness())
        await all_assigned(first, second)
        assert "revoked" in witness.told
        await publish(broker, records(100))
        found = await take(first, second, count=100)
        assert {record.value for record in found} == {record.value for record in records(100)}
        await second.close()
        await all_assigned(first)
        await first.close()

    async def test_what_was_not_committed_comes_again(self, broker):
        await publish(broker, records(40))
        crashed = await broker.subscriber("g", [TOPIC], Witness())
        found = await take(crashed, count=40)
        handled = {record.partition: record.offset for record in found if record.offset < 3}
        await crashed.commit({partition: offset + 1 for partition, offset in handled.items()})
        await crashed.close()
        successor = await broker.subscriber("g", [TOPIC], Witness())
        again = await take(successor, count=40 - sum(offset + 1 for offset in handled.values()))
        assert {record.offset for record in again} == {record.offset for record in found} - {0, 1, 2}
        await successor.close()

    async def test_seeking_reads_again_from_there(self, broker):
        await publish(broker, records(40))
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        found = await take(subscriber, count=40)
        subscriber.seek(dict.fromkeys((record.partition for record in found), 0) | {Partition("not mine", 0): 5})
        again = await take(subscriber, count=40)
        assert sorted(record.value for record in again) == sorted(record.value for record in found)
        await subscriber.close()

    async def test_a_reader_goes_on_after_closing_many_times(self, broker):
        sent = records(60)
        await publish(broker, sent)
        found: list[Record] = []
        for _ in range(3):
            subscriber = await broker.subscriber("g", [TOPIC], Witness())
            batch = await until("there are some", partial(subscriber.poll, 20, 0.1))
            found += batch
            await subscriber.commit({record.partition: record.offset + 1 for record in batch})
            await subscriber.close()
        assert len({(record.partition, record.offset) for record in found}) == len(found)
        assert all(values == sorted(values) for values in orders(found).values())

    async def test_many_publishers_at_once(self, broker):
        async with asyncio.TaskGroup() as group:
            for number in range(10):
                outgoing = [Outgoing(TOPIC, f"{number}".encode(), f"{n:04}".encode(), ()) for n in range(100)]
                group.create_task(publish(broker, outgoing))
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        found = await take(subscriber, count=1000)
        assert all(values == sorted(values) for values in orders(found).values())
        await subscriber.close()

    async def test_polling_an_empty_topic_gives_nothing(self, broker):
        subscriber = await broker.subscriber("g", [TOPIC], Witness())
        await all_assigned(subscriber)
        assert await subscriber.poll(10, 0.05) == []
        await subscriber.close()

    async def test_the_oldest_record_is_read_afresh(self, broker):
        assert await broker.oldest(TOPIC) is None
        await publish(
            broker, [Outgoing(TOPIC, b"k", b"first", (), partition=0), Outgoing(TOPIC, b"k", b"2", (), partition=0)]
        )
        for _ in range(2):
            oldest = await broker.oldest(TOPIC)
            assert oldest is not None
            assert (oldest.value, oldest.offset) == (b"first", 0)

    async def test_topics_may_be_created_twice(self, broker):
        await broker.create_topics()
        await broker.create_topics()
