"""What the broker's log holds, read to its end by two clients that share no code: aiokafka and librdkafka."""

import asyncio
import hashlib
import time
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer
from aiokafka import TopicPartition as Place
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Message, TopicPartition

from tests.worlds.waiting import PATIENCE


class Seen(NamedTuple):
    """One record of the log: what its headers tell, where it is, and a digest of all of it."""

    id: str
    topic: str
    key: str
    version: int
    partition: int = 0
    offset: int = 0
    digest: str = ""


class Unreadable(Exception):
    """A reader did not come to the end of the log in time."""


async def read(bootstrap: str, topics: list[str]) -> tuple[list[Seen], list[Seen]]:
    """Return what each of two independent readers finds, partition by partition in the order of the log."""
    first = await by_aiokafka(bootstrap, topics)
    return first, await asyncio.to_thread(by_librdkafka, bootstrap, topics)


async def by_aiokafka(bootstrap: str, topics: list[str]) -> list[Seen]:
    """Read every record of the topics."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap, auto_offset_reset="earliest", isolation_level="read_committed"
    )
    await consumer.start()
    try:
        async with asyncio.timeout(PATIENCE):
            return [record for topic in topics for record in await _topic(consumer, topic)]
    finally:
        await consumer.stop()


async def _topic(consumer: AIOKafkaConsumer, topic: str) -> list[Seen]:
    await consumer._client.add_topic(topic)
    places = [Place(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
    consumer.assign(places)
    ends = await consumer.end_offsets(places)
    await consumer.seek_to_beginning(*places)
    seen: list[Seen] = []
    while any([await consumer.position(place) < ends[place] for place in places]):
        for messages in (await consumer.getmany(timeout_ms=1000)).values():
            seen += [
                _seen(topic, message.partition, message.offset, dict(message.headers), message.key, message.value)
                for message in messages
            ]
    return seen


def by_librdkafka(bootstrap: str, topics: list[str]) -> list[Seen]:
    """Read the same with the other client, until it has met the end of every partition."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "kaozheng-chaos",  # it must have one, though it never commits
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
            "log_level": 0,
        }
    )
    try:
        known = consumer.list_topics(timeout=PATIENCE).topics
        places = [
            TopicPartition(topic, number, OFFSET_BEGINNING) for topic in topics for number in known[topic].partitions
        ]
        consumer.assign(places)
        return _to_the_end(consumer, len(places))
    finally:
        consumer.close()


def _to_the_end(consumer: Consumer, partitions: int) -> list[Seen]:
    seen, ended = [], set[tuple[str, int]]()
    deadline = time.monotonic() + PATIENCE
    while len(ended) < partitions:
        if time.monotonic() > deadline:
            raise Unreadable(f"{len(ended)} of {partitions} partitions")
        messages: list[Message] = consumer.consume(1000, timeout=0.2)  # it waits so long, unless a thousand came
        for message in messages:
            if (error := message.error()) is None:
                seen.append(_of(message))
            elif error.code() == KafkaError._PARTITION_EOF:
                ended.add((message.topic(), message.partition()))
    return sorted(seen, key=lambda record: (record.topic, record.partition, record.offset))


def _of(message: Message) -> Seen:
    headers: dict[str, Any] = dict(message.headers() or [])
    return _seen(message.topic(), message.partition(), message.offset(), headers, message.key(), message.value())


def _seen(topic: str, partition: int, offset: int, headers: dict[str, bytes], key: Any, value: Any) -> Seen:
    whole = repr((sorted(headers.items()), key, value)).encode()
    return Seen(
        headers["ce_id"].decode(),
        topic,
        key.decode(),
        int(headers["ce_aggregateversion"]),
        partition,
        offset,
        hashlib.sha256(whole).hexdigest(),
    )
