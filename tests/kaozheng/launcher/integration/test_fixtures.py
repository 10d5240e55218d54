"""The stack that tests run on: as closed between services as the real one."""

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from shared.messaging.kafka import KafkaBroker
from tests.worlds.brokers import IDEMPOTENT
from tests.worlds.stack import TestPostgres

pytestmark = pytest.mark.integration


async def test_plain_databases_are_apart(postgres: TestPostgres):
    first, second = await postgres.create_database(), await postgres.create_database()
    assert first != second
    connection = await asyncpg.connect(first)
    assert await connection.fetchval("SHOW server_version") >= "18"
    await connection.close()


async def test_a_services_role_cannot_reach_another_services_database(postgres: TestPostgres):
    exam = await postgres.create_unmigrated_database("exam")
    await postgres.create_unmigrated_database("grading")
    for role in ("kz_grading_app", "kz_grading_owner"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(postgres.dsn(exam.name, role))
    connection = await asyncpg.connect(exam.url)
    await connection.close()


async def test_the_broker_carries_a_message(broker: str):
    await KafkaBroker(broker, idempotence=IDEMPOTENT, topics=("fixture-topic",)).create_topics()
    producer = AIOKafkaProducer(bootstrap_servers=broker, enable_idempotence=IDEMPOTENT)
    await producer.start()
    await producer.send_and_wait("fixture-topic", b"hello")
    await producer.stop()
    consumer = AIOKafkaConsumer("fixture-topic", bootstrap_servers=broker, auto_offset_reset="earliest")
    await consumer.start()
    message = await consumer.getone()
    await consumer.stop()
    assert message.value == b"hello"


async def test_a_service_database_is_migrated_and_open_to_rows_only(database):
    operations = await database("operations")
    connection = await asyncpg.connect(operations.url)
    assert await connection.fetchval("SELECT version_num FROM alembic_version")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("CREATE TABLE mine ()")
    await connection.close()


async def test_settings_point_to_a_fresh_database(settings_for):
    settings = await settings_for("operations", kafka_bootstrap_servers="127.0.0.1:1")
    connection = await asyncpg.connect(settings.database_url)
    await connection.close()
