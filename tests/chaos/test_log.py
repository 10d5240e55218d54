"""Both readers find the same in a log: every record, with the same digest, at the same place."""

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from shared.ids import new_id
from tests.chaos import agreement
from tests.chaos.log import read


@pytest.mark.integration
async def test_two_readers_find_the_same(broker: str):
    topic = f"t{new_id().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 3, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=broker) as producer:
        for number in range(50):
            headers = [("ce_id", b"e%d" % number), ("ce_aggregateversion", b"1")]
            await producer.send_and_wait(topic, b"v%d" % number, key=b"k%d" % number, headers=headers)
    first, second = await read(broker, [topic])
    assert {seen.id for seen in first} == {f"e{number}" for number in range(50)}
    assert len({seen.partition for seen in first}) == 3
    assert agreement.disagreements(first, second) == []
    assert sorted(first) == sorted(second)
