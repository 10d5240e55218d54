"""Kafka behind the broker's port: topics and how clients are made. Nothing else in the system imports aiokafka."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from shared.events.topics import TOPICS
from shared.messaging.broker import BrokerTrouble, Listener, Partition, Record
from shared.messaging.kafka_clients import KafkaPublisher, KafkaSubscriber, close_client
from shared.messaging.log_identity import LOG_TOPIC
from shared.messaging.options import MessagingOptions

#: A broker that does not answer within so many seconds is in trouble; the caller waits and tries again.
_ANSWER = 10.0
_LOOK = 0.1


class KafkaBroker:
    """Makes aiokafka clients with the settings that keep the promises of this layer."""

    def __init__(  # noqa: PLR0913  # all by name, each a setting of the operator
        self,
        bootstrap_servers: str,
        *,
        idempotence: bool = True,
        partitions: int = 12,
        replication: int = 1,
        create_topics: bool = True,
        topics: Sequence[str] = tuple(TOPICS),
        options: MessagingOptions | None = None,
    ) -> None:
        """Connect to nothing yet. Brokers without `InitProducerId` need `idempotence=False`."""
        self._servers = bootstrap_servers
        self._idempotence = idempotence
        self._topics = [NewTopic(name, partitions, replication) for name in topics]
        self._topics.append(NewTopic(LOG_TOPIC, 1, replication, topic_configs={"retention.ms": "-1"}))
        self._may_create = create_topics
        self._options = options or MessagingOptions()
        self._reader: AIOKafkaConsumer | None = None
        self._reading = asyncio.Lock()

    async def create_topics(self) -> None:
        """Create the topics that are missing, if the settings let us, and wait until they can be used."""
        if not self._may_create:
            return
        admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
        try:
            async with asyncio.timeout(_ANSWER):
                await admin.start()
                answer = await admin.create_topics(self._topics)
                for name, code, *_ in answer.topic_errors:
                    if code and not issubclass(for_code(code), TopicAlreadyExistsError):
                        raise BrokerTrouble(f"create topic {name}: {for_code(code).__name__}")
                while not await self._have_leaders(admin):  # noqa: ASYNC110  # the broker tells nobody
                    await asyncio.sleep(_LOOK)
        except (KafkaError, OSError) as error:
            raise BrokerTrouble(f"create topics: {type(error).__name__}") from error
        finally:
            await close_client(admin.close)

    async def _have_leaders(self, admin: AIOKafkaAdminClient) -> bool:
        """Say whether every partition has a leader: a consumer that joins before then is assigned nothing."""
        told = await admin.describe_topics([topic.name for topic in self._topics])
        return all(
            topic["error_code"] == 0
            and topic["partitions"]
            and all(partition["leader"] >= 0 for partition in topic["partitions"])
            for topic in told
        )

    async def publisher(self) -> KafkaPublisher:
        """Return a producer that has every replica acknowledge."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self._servers,
            acks="all",
            enable_idempotence=self._idempotence,
            max_batch_size=1_000_000,
            linger_ms=0,
            request_timeout_ms=int(self._options.send_deadline * 1000),
        )
        await self._start(producer)
        return KafkaPublisher(producer, self._options.send_deadline)

    async def subscriber(self, group: str, topics: Sequence[str], listener: Listener) -> KafkaSubscriber:
        """Return a group member that never commits by itself and starts with the oldest record."""
        await self.create_topics()
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=int(self._options.session_timeout * 1000),
            heartbeat_interval_ms=int(self._options.heartbeat * 1000),
            rebalance_timeout_ms=int((self._options.drain + self._options.session_timeout) * 1000),
            fetch_max_wait_ms=int(self._options.fetch_wait * 1000),
            max_partition_fetch_bytes=2_000_000,
            metadata_max_age_ms=30_000,
        )
        await self._start(consumer)
        subscriber = KafkaSubscriber(consumer, listener, self._options.commit_deadline)
        subscriber.subscribe(topics)  # only now: else starting would wait for the first assignment
        return subscriber

    async def oldest(self, topic: str) -> Record | None:
        """Read the oldest record with a client kept for this, without a group."""
        async with self._reading:
            try:
                async with asyncio.timeout(_ANSWER / 2):
                    return await self._read_oldest(TopicPartition(topic, 0))
            except (KafkaError, OSError) as error:
                await self._drop_reader()
                raise BrokerTrouble(f"read {topic}: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the client that reads the log's identity."""
        async with self._reading:
            await self._drop_reader()

    async def _start(self, client: Any) -> None:
        try:
            async with asyncio.timeout(_ANSWER):
                await client.start()
        except (KafkaError, OSError) as error:
            await close_client(client.stop)
            raise BrokerTrouble(f"connect: {type(error).__name__}") from error
        except BaseException:
            await close_client(client.stop)
            raise

    async def _read_oldest(self, place: TopicPartition) -> Record | None:
        if self._reader is None:
            await self.create_topics()  # a client that asks for a topic that is missing waits for it
            self._reader = AIOKafkaConsumer(
                bootstrap_servers=self._servers, auto_offset_reset="earliest", fetch_max_wait_ms=50
            )
            await self._reader.start()
            self._reader.assign([place])
        self._reader.resume(place)
        try:
            return await self._fetch_first(self._reader, place)
        finally:
            self._reader.pause(place)

    @staticmethod
    async def _fetch_first(reader: AIOKafkaConsumer, place: TopicPartition) -> Record | None:
        asked_at = time.time() * 1000  # the client's own time stamps are of this clock
        reader.seek(place, 0)
        while True:
            for message in (await reader.getmany(place, timeout_ms=100, max_records=1)).get(place, ()):
                part = Partition(message.topic, message.partition)
                return Record(part, message.offset, message.key, message.value, tuple(message.headers))
            if reader.highwater(place) == 0 and (reader.last_poll_timestamp(place) or 0) > asked_at:
                return None

    async def _drop_reader(self) -> None:
        if self._reader is not None:
            reader, self._reader = self._reader, None
            with contextlib.suppress(KafkaError):
                await close_client(reader.stop)
