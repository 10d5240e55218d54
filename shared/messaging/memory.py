"""A broker in the memory of one process: for trials and tests of services without a broker beside them."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from shared.messaging.broker import BrokerTrouble, Listener, Outgoing, Partition, Record
from shared.messaging.partitioning import partition_of


class MemoryBroker:
    """Topics, groups and rebalances as Kafka has them; everything is gone with the object."""

    def __init__(self, partitions: int = 12, single: Sequence[str] = ("kaozheng.log",)) -> None:
        """Give every topic so many partitions, except those named in `single`, which have one."""
        self._partitions = partitions
        self._single = frozenset(single)
        self._logs: dict[Partition, list[Record]] = defaultdict(list)
        self._groups: dict[str, _Group] = defaultdict(_Group)
        self.arrived = asyncio.Condition()

    async def create_topics(self) -> None:
        """Do nothing: a topic is there as soon as it is named."""

    async def publisher(self) -> "MemoryPublisher":
        """Return a producer."""
        return MemoryPublisher(self)

    async def subscriber(self, group: str, topics: Sequence[str], listener: Listener) -> "MemorySubscriber":
        """Return a new member of the group, after the rebalance that it causes."""
        member = MemorySubscriber(self, self._groups[group], tuple(topics), listener)
        await self._groups[group].change(self, joining=member)
        return member

    async def oldest(self, topic: str) -> Record | None:
        """Return the first record of partition 0."""
        log = self._logs[Partition(topic, 0)]
        return log[0] if log else None

    async def close(self) -> None:
        """Forget everything."""
        self._logs.clear()
        self._groups.clear()

    async def append(self, records: Sequence[Outgoing]) -> None:
        """Add records to their logs and wake those who wait."""
        for record in records:
            number = record.partition
            if number is None:
                number = partition_of(record.key, self.count(record.topic))
            partition = Partition(record.topic, number)
            log = self._logs[partition]
            log.append(Record(partition, len(log), record.key, record.value, tuple(record.headers)))
        async with self.arrived:
            self.arrived.notify_all()

    def count(self, topic: str) -> int:
        """Return how many partitions a topic has."""
        return 1 if topic in self._single else self._partitions

    def log(self, partition: Partition) -> Sequence[Record]:
        """Return the records of a partition."""
        return self._logs[partition]


@dataclass(slots=True)
class _Group:
    """The members of a consumer group, what each reads, and the committed offsets."""

    members: list["MemorySubscriber"] = field(default_factory=list)
    committed: dict[Partition, int] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def change(
        self,
        broker: MemoryBroker,
        *,
        joining: "MemorySubscriber | None" = None,
        leaving: "MemorySubscriber | None" = None,
    ) -> None:
        """Rebalance eagerly: everybody gives up everything, then the partitions are dealt out in turn."""
        async with self.lock:
            for member in self.members:
                await member.give_up()
            self.members = [member for member in self.members if member is not leaving]
            self.members += [joining] if joining else []
            dealt: dict[MemorySubscriber, list[Partition]] = {member: [] for member in self.members}
            for topic in sorted({topic for member in self.members for topic in member.topics}):
                readers = [member for member in self.members if topic in member.topics]
                for number in range(broker.count(topic)):
                    dealt[readers[number % len(readers)]].append(Partition(topic, number))
            for member, partitions in dealt.items():
                await member.take(partitions)


class MemoryPublisher:
    """A producer of the memory broker."""

    def __init__(self, broker: MemoryBroker) -> None:
        """Take the broker to append to."""
        self._broker = broker
        self._open = True

    async def prepare(self, records: Sequence[Outgoing]) -> Callable[[], Awaitable[None]]:
        """Prepare nothing."""
        return partial(self.send, records)

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Append the records; raise `BrokerTrouble` when it was closed."""
        if not self._open:
            raise BrokerTrouble("the publisher is closed")
        await self._broker.append(records)

    async def close(self) -> None:
        """Refuse further sends."""
        self._open = False


class MemorySubscriber:
    """A member of a consumer group of the memory broker."""

    def __init__(self, broker: MemoryBroker, group: _Group, topics: tuple[str, ...], listener: Listener) -> None:
        """Take part in a group; partitions come with the rebalance."""
        self.topics = topics
        self._broker = broker
        self._group = group
        self._listener = listener
        self._positions: dict[Partition, int] = {}

    async def poll(self, limit: int, timeout: float) -> Sequence[Record]:  # noqa: ASYNC109  # as the port has it
        """Return what is there, at most `limit` records, or wait for the first to come."""
        records = self._take(limit)
        if records:
            await asyncio.sleep(0)
            return records
        try:
            async with asyncio.timeout(timeout), self._broker.arrived:
                await self._broker.arrived.wait_for(self._is_behind)
        except TimeoutError:
            return []
        return self._take(limit)

    def _is_behind(self) -> bool:
        return any(position < len(self._broker.log(part)) for part, position in self._positions.items())

    def _take(self, limit: int) -> list[Record]:
        records: list[Record] = []
        for partition, position in self._positions.items():
            found = self._broker.log(partition)[position : position + limit - len(records)]
            self._positions[partition] = position + len(found)
            records.extend(found)
        return records

    def seek(self, positions: Mapping[Partition, int]) -> None:
        """Move the positions of assigned partitions."""
        self._positions.update({part: at for part, at in positions.items() if part in self._positions})

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        """Store offsets for the group."""
        self._group.committed.update(positions)

    def assignment(self) -> Sequence[Partition]:
        """Return the partitions of this member."""
        return tuple(self._positions)

    def end(self, partition: Partition) -> int | None:
        """Return the length of the log."""
        return len(self._broker.log(partition))

    def silent_for(self) -> float:
        """Memory always answers."""
        return 0.0

    async def close(self) -> None:
        """Leave the group."""
        if self in self._group.members:
            await self._group.change(self._broker, leaving=self)

    async def give_up(self) -> None:
        """Stop reading, after the listener was told."""
        if self._positions:
            await self._listener.revoked(tuple(self._positions))
        self._positions = {}

    async def take(self, partitions: Sequence[Partition]) -> None:
        """Read these partitions from where the group committed, else from the start."""
        self._positions = {part: self._group.committed.get(part, 0) for part in partitions}
        await self._listener.assigned(partitions)
        async with self._broker.arrived:
            self._broker.arrived.notify_all()
