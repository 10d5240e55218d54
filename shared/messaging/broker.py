"""What the relay and the consumer need of a broker: order per partition, at least once, nothing more."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

#: Names and raw bytes, in their order; the same name may come twice.
Headers = Sequence[tuple[str, bytes]]


class Partition(NamedTuple):
    """One partition of a topic."""

    topic: str
    number: int


class Outgoing(NamedTuple):
    """A record to send. Records with the same topic and key keep their order; the key chooses the partition."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers
    partition: int | None = None


class Record(NamedTuple):
    """A record as it was read, byte for byte."""

    partition: Partition
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class BrokerTrouble(Exception):
    """The broker did not answer in time or refused. Close the client, make a new one, do the same again."""


class Publisher(Protocol):
    """A producer client."""

    async def prepare(self, records: Sequence[Outgoing]) -> Callable[[], Awaitable[None]]:
        """Do what can be done before sending; return what, called once, sends as `send` does."""
        ...

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Send all and return when every record is acknowledged; raise `BrokerTrouble` when that is not sure."""
        ...

    async def close(self) -> None:
        """Let go of the connections, in bounded time, whatever state they are in."""
        ...


class Listener(Protocol):
    """Is told about rebalances. New partitions start where the group committed, else at the oldest record."""

    async def assigned(self, partitions: Sequence[Partition]) -> None:
        """Learn what is read from now on; records may already be on their way."""
        ...

    async def revoked(self, partitions: Sequence[Partition]) -> None:
        """Finish or give up what is being done with these partitions."""
        ...


class Subscriber(Protocol):
    """A member of a consumer group."""

    async def poll(self, limit: int, timeout: float) -> Sequence[Record]:  # noqa: ASYNC109  # as the clients name it
        """Return records, per partition in order; none when nothing came in time."""
        ...

    def seek(self, positions: Mapping[Partition, int]) -> None:
        """Read these partitions from the given offsets on; partitions that are not assigned are ignored."""
        ...

    async def commit(self, positions: Mapping[Partition, int]) -> None:
        """Store the next offsets of the group, for lag tools; raise `BrokerTrouble` when that is not sure."""
        ...

    def assignment(self) -> Sequence[Partition]:
        """Return the partitions that this member reads now."""
        ...

    def end(self, partition: Partition) -> int | None:
        """Return the offset after the newest record, as the last fetch told; nothing before the first fetch."""
        ...

    def silent_for(self) -> float:
        """Return for how many seconds no fetch of the assigned partitions was answered; 0 when none is assigned."""
        ...

    async def close(self) -> None:
        """Leave the group, in bounded time, whatever state the connections are in."""
        ...


class Broker(Protocol):
    """Makes clients. All methods raise `BrokerTrouble` when the broker cannot be reached in time."""

    async def create_topics(self) -> None:
        """Create the topics that are missing."""
        ...

    async def publisher(self) -> Publisher:
        """Return a connected producer."""
        ...

    async def subscriber(self, group: str, topics: Sequence[str], listener: Listener) -> Subscriber:
        """Return a new member of the group. Offsets are stored only by `commit`."""
        ...

    async def oldest(self, topic: str) -> Record | None:
        """Return the oldest record of partition 0 of a topic, read from the broker now; nothing when it is empty."""
        ...

    async def close(self) -> None:
        """Close what the broker object itself holds; clients it made are closed by those who asked for them."""
        ...
