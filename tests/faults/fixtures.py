"""Fixtures that the tests of faults, mutants and partitions share."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.messaging.kafka import KafkaBroker
from shared.messaging.log_identity import LOG_TOPIC
from shared.work import WorkFactory
from tests.faults import tiny
from tests.faults.mock_cluster import MockCluster
from tests.faults.rig import Rig
from tests.worlds.stack import TestPostgres


@pytest.fixture
async def dsn(postgres: TestPostgres) -> str:
    """A database with the tables of the made-up service."""
    url = await postgres.create_database("tiny")
    await tiny.create_tables(url)
    return url


@pytest.fixture
async def engine(dsn: str) -> AsyncIterator[AsyncEngine]:
    engine = tiny.engine_of(dsn)
    yield engine
    await engine.dispose()


@pytest.fixture
def work(engine: AsyncEngine) -> WorkFactory:
    return tiny.work_factory(engine)


@pytest.fixture
def cluster() -> Iterator[MockCluster]:
    """Three Kafka brokers that answer as the test says."""
    cluster = MockCluster()
    cluster.create_topic(tiny.TOPIC, tiny.PARTITIONS)
    cluster.create_topic(LOG_TOPIC, 1)
    yield cluster
    cluster.close()


@pytest.fixture
async def kafka_rig(dsn: str, engine: AsyncEngine, cluster: MockCluster) -> AsyncIterator[Rig]:
    """Relay and consumer on those brokers, with an idempotent producer and little patience."""
    options = tiny.options(
        send_deadline=2, stall=5, session_timeout=2, heartbeat=0.1, backoff_limit=0.2, page_events=20
    )
    broker = KafkaBroker(
        cluster.bootstrap_servers,
        partitions=tiny.PARTITIONS,
        create_topics=False,
        topics=(tiny.TOPIC,),
        options=options,
    )
    yield Rig(dsn, engine, broker=broker, options=options)
    await broker.close()
