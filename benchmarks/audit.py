"""What came of events after a fault: lost, repeated, out of order; read with no code of any contender."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from benchmarks import sample
from benchmarks.sample import Sample

#: A record or effect: id of the event, its key, the version of the key.
Fact = tuple[str, str, int]

_EFFECTS = "SELECT causation_id::text, key, version FROM outbox ORDER BY seq"
_STATES = "SELECT application_id::text, version FROM kept_result"
_SILENCE_MS = 2000


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How many events are wrong in which way; `wrong_states` are keys that do not hold their newest version."""

    lost: int
    repeated: int
    out_of_order: int
    wrong_states: int | None = None


def judge(expected: Iterable[Fact], seen: Sequence[Fact], states: dict[str, int] | None = None) -> Verdict:
    """Compare what should have been with what was, in the order in which it was; repeats are not out of order."""
    wanted = {fact[0]: fact for fact in expected}
    times = Counter(fact[0] for fact in seen)
    newest: dict[str, int] = {}
    for _, key, version in wanted.values():
        newest[key] = max(version, newest.get(key, 0))
    return Verdict(
        lost=len(wanted.keys() - times.keys()),
        repeated=sum(count - 1 for count in times.values()),
        out_of_order=_swaps(seen),
        wrong_states=None if states is None else sum(states.get(key) != version for key, version in newest.items()),
    )


def _swaps(seen: Sequence[Fact]) -> int:
    """Count the events whose first occurrence came after a later one of their key."""
    met: set[str] = set()
    newest: dict[str, int] = {}
    swaps = 0
    for event, key, version in seen:
        if event in met:
            continue
        met.add(event)
        swaps += version < newest.get(key, 0)
        newest[key] = max(version, newest.get(key, 0))
    return swaps


def facts(samples: Iterable[Sample]) -> list[Fact]:
    """Return what should come of samples."""
    return [(str(one.envelope.event_id), one.envelope.key, one.envelope.version) for one in samples]


async def topic(servers: str) -> list[Fact]:
    """Return every record of the topic in the order of its partition."""
    reader = AIOKafkaConsumer(bootstrap_servers=servers, enable_auto_commit=False, auto_offset_reset="earliest")
    await reader.start()
    try:
        reader.assign([TopicPartition(sample.TOPIC, number) for number in range(sample.PARTITIONS)])
        found: list[Fact] = []
        while polled := await reader.getmany(timeout_ms=_SILENCE_MS):
            for records in polled.values():
                for record in records:
                    headers = dict(record.headers)
                    version = int(headers["ce_aggregateversion"])
                    found.append((headers["ce_id"].decode(), record.key.decode(), version))
        return found
    finally:
        await reader.stop()


async def effects(connection: asyncpg.Connection) -> tuple[list[Fact], dict[str, int]]:
    """Return the events that handlers wrote, in order, and the version that each key holds."""
    written = [(row[0], row[1], row[2]) for row in await connection.fetch(_EFFECTS)]
    return written, {row[0]: row[1] for row in await connection.fetch(_STATES)}
