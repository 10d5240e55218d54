"""A producer and a group member of aiokafka, with deadlines of our own: the client's calls can wait for ever."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from shared.messaging.broker import BrokerTrouble, Listener, Outgoing, Partition, Record
from shared.messaging.partitioning import partitions_of

_log = structlog.get_logger()

#: Closing flushes and says good-bye to brokers that may be gone.
_CLOSING = 5.0
#: A position that is not known at once is asked for again at the next poll.
_FINDING = 0.05


async def close_client(close: Callable[[], Awaitable[object]]) -> None:
    """Close in bounded time; what the client says about it only goes to the log.

    It closes in a task of its own: with a broker gone, the client lets the cancellation of its inner tasks out, which
    would pass for ours and end a relay or consumer for good.
    """
    closing = asyncio.ensure_future(close())
    try:
        await asyncio.wait([closing], timeout=_CLOSING)
    finally:
        closing.cancel()
    [failed] = await asyncio.gather(closing, return_exceptions=True)
    if isinstance(failed, BaseException):
        _log.warning("kafka.client.close_failed", error=type(failed).__name__)


class KafkaPublisher:
    """Sends whole record batches: `send()` per record is several times slower."""

    def __init__(self, producer: AIOKafkaProducer, deadline: float) -> None:
        """Take a started producer."""
        self._producer = producer
        self._deadline = deadline
        self._counts: dict[str, int] = {}

    async def prepare(self, records: Sequence[Outgoing]) -> Callable[[], Awaitable[None]]:
        """Build the record batches: that can be done while others are on their way."""
        async with self._in_time():
            return partial(self._send, await self._batches(records))

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Send one batch per partition at a time, so that a batch that fails is never overtaken by the next."""
        await (await self.prepare(records))()

    async def _send(self, rounds: list[list[tuple[Partition, object]]]) -> None:
        async with self._in_time():
            for batches in rounds:
                sent = [
                    await self._producer.send_batch(batch, place.topic, partition=place.number)
                    for place, batch in batches
                ]
                placed = await asyncio.gather(*sent)
                if any(where.offset < 0 for where in placed):  # a "duplicate" that the broker cannot show
                    raise BrokerTrouble("send: acknowledged without a place in the log")

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._deadline):
                yield
        except (KafkaError, OSError, AssertionError) as error:  # asserts that a partition still exists
            raise BrokerTrouble(f"send: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close in bounded time: with a dead broker the client's own flush would wait."""
        await close_client(self._producer.stop)

    async def _batches(self, records: Sequence[Outgoing]) -> list[list[tuple[Partition, object]]]:
        for topic in {record.topic for record in records} - self._counts.keys():
            self._counts[topic] = len(await self._producer.partitions_for(topic))
        keys: dict[str, list[bytes]] = defaultdict(list)
        for record in records:
            keys[record.topic].append(record.key)
        numbers = {topic: partitions_of(found, self._counts[topic]) for topic, found in keys.items()}
        by_partition: dict[tuple[str, int], list[Outgoing]] = defaultdict(list)
        for record in records:
            number = record.partition
            if number is None:
                number = numbers[record.topic][record.key]
            by_partition[record.topic, number].append(record)
        rounds: list[list[tuple[Partition, object]]] = []
        for place, waiting in by_partition.items():
            for number, batch in enumerate(self._filled(waiting)):
                if number == len(rounds):
                    rounds.append([])
                rounds[number].append((Partition(*place), batch))
        return rounds

    def _filled(self, records: Sequence[Outgoing]) -> list[object]:
        batch = self._producer.create_batch()
        batches = [batch]
        for _, key, value, found, _ in records:
            headers = found if type(found) is list else list(found)  # the client's demand
            if batch.append(timestamp=None, key=key, value=value, headers=headers) is None:
                batch = self._producer.create_batch()
                batches.append(batch)
                batch.append(timestamp=None, key=key, value=value, headers=headers)
        return batches


class KafkaSubscriber:
    """A member of a consumer group."""

    def __init__(self, consumer: AIOKafkaConsumer, listener: Listener, commit_deadline: float) -> None:
        """Take a started consumer."""
        self._consumer = consumer
        self._listener = listener
        self._deadline = commit_deadline
        self._heard = (0, time.monotonic())

    def subscribe(self, topics: Sequence[str]) -> None:
        """Say what to read; partitions come with the next rebalance."""
        self._consumer.subscribe(list(topics), listener=_Rebalance(self._listener))

    async def poll(self, limit: int, timeout: float) -> Sequence[Record]:  # noqa: ASYNC109  # as the port has it
        """Return the records that the client has fetched, or wait for the first."""
        try:
            fetched = await self._consumer.getmany(timeout_ms=int(timeout * 1000), max_records=limit)
        except (KafkaError, OSError) as error:
            raise BrokerTrouble(f"poll: {type(error).__name__}") from error
        return [
            Record(partition, m.offset, m.key, m.value, tuple(m.headers))
            for place, messages in fetched.items()
            for partition in [Partition(place.topic, place.partition)]
            for m in messages
        ]

    def seek(self, positions: Mapping[Partition, int]) -> None:
        """Move positions of assigned partitions."""
        mine = self._consumer.assignment()
        for partition, offset in positions.items():
            if TopicPartition(*partition) in mine:
                self._consumer.seek(TopicPartition(*partition), offset)

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        """Commit these offsets explicitly: without arguments the client would commit what was only prefetched."""
        try:
            async with asyncio.timeout(self._deadline):
                await self._consumer.commit({TopicPartition(*part): offset for part, offset in positions.items()})
        except (KafkaError, OSError) as error:
            raise BrokerTrouble(f"commit: {type(error).__name__}") from error

    def assignment(self) -> Sequence[Partition]:
        """Return the partitions of this member."""
        return tuple(Partition(place.topic, place.partition) for place in self._consumer.assignment())

    def end(self, partition: Partition) -> int | None:
        """Return the high-water mark of the last fetch; asking for end offsets is wrong on some brokers."""
        place = TopicPartition(*partition)
        end: int | None = self._consumer.highwater(place) if place in self._consumer.assignment() else None
        return end

    async def position(self, partition: Partition) -> int | None:
        """Return the client's own position: it jumps when the broker has no longer what was asked for."""
        try:
            async with asyncio.timeout(_FINDING):
                position: int = await self._consumer.position(TopicPartition(*partition))
        except (KafkaError, TimeoutError):
            return None
        return position

    def silent_for(self) -> float:
        """Return how long the newest answer to a fetch has not changed."""
        places = self._consumer.assignment()
        newest = max((self._consumer.last_poll_timestamp(place) or 0 for place in places), default=0)
        if newest != self._heard[0] or not places:
            self._heard = (newest, time.monotonic())
        return time.monotonic() - self._heard[1]

    async def close(self) -> None:
        """Leave the group, in bounded time."""
        await close_client(self._consumer.stop)


class _Rebalance(ConsumerRebalanceListener):  # type: ignore[misc]  # the client has no types
    """Hands the client's rebalances to the port's listener."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        if revoked:
            await self._listener.revoked([Partition(place.topic, place.partition) for place in revoked])

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        await self._listener.assigned([Partition(place.topic, place.partition) for place in assigned])
