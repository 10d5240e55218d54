"""The product's broker client with the settings of the embedded stack, and the records of a sample."""

from collections.abc import Sequence

from benchmarks import sample
from benchmarks.sample import Sample
from shared.messaging.broker import Outgoing
from shared.messaging.envelope import to_record
from shared.messaging.kafka import KafkaBroker
from shared.messaging.log_identity import LogIdentity
from shared.messaging.options import MessagingOptions
from shared.messaging.partitioning import partition_of
from tests.worlds.events import stored


def options(batch: int = 2000, traced: float | None = None) -> MessagingOptions:
    """Return the defaults, but with the session times that the launcher sets: the embedded broker lets groups wait."""
    usual = MessagingOptions(session_timeout=6, heartbeat=2, batch_records=batch)
    return usual if traced is None else usual.model_copy(update={"traced_per_second": traced})


def client(servers: str) -> KafkaBroker:
    """Return the product's client; the embedded broker refuses idempotent producers."""
    return KafkaBroker(servers, idempotence=False, partitions=sample.PARTITIONS, options=options())


async def create_topics(servers: str) -> None:
    """Create the product's topics; every contender works on the same."""
    made = client(servers)
    await made.create_topics()
    await made.close()


async def identity(servers: str) -> str:
    """Return the identity of a broker's log, with all topics made."""
    made = client(servers)
    await made.create_topics()
    log = await LogIdentity(made).fresh(0)
    await made.close()
    return log


def records(samples: Sequence[Sample], identity: str) -> list[Outgoing]:
    """Return the records that the relay would make of these events."""
    log = identity.encode()
    topic, source = sample.TOPIC, sample.SOURCE
    return [to_record(stored(one.envelope, topic, one.payload), source=source, log=log) for one in samples]


def by_partition(outgoing: Sequence[Outgoing]) -> dict[int, list[Outgoing]]:
    """Sort records into the partitions of their keys."""
    sorted_: dict[int, list[Outgoing]] = {number: [] for number in range(sample.PARTITIONS)}
    for record in outgoing:
        sorted_[partition_of(record.key, sample.PARTITIONS)].append(record)
    return sorted_
