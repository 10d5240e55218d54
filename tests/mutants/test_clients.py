"""A mutant that only a Kafka broker can unmask: played on the mock cluster, by the same check as the real client."""

import pytest

from shared.messaging.broker import BrokerTrouble
from shared.messaging.kafka import KafkaBroker
from shared.messaging.kafka_clients import KafkaPublisher
from tests.faults import ledger, tiny
from tests.faults.mock_cluster import Api

pytestmark = pytest.mark.integration


class BelievesAnyAnswer(KafkaPublisher):
    """Mutant: what the client calls sent is sent, wherever it is."""

    async def _send(self, rounds):
        try:
            await super()._send(rounds)
        except BrokerTrouble as trouble:
            if trouble.__cause__ is not None:
                raise


class Believing(KafkaBroker):
    """Makes such producers."""

    async def publisher(self):
        real = await super().publisher()
        return BelievesAnyAnswer(real._producer, real._deadline)


@pytest.mark.parametrize(("broker", "lost"), [(KafkaBroker, False), (Believing, True)])
async def test_an_acknowledgement_without_a_place(kafka_rig, cluster, work, broker, lost):
    kafka_rig.broker.__class__ = broker
    async with kafka_rig.running():
        await tiny.publish(work, 0)
        await ledger.arrived(kafka_rig.dsn, 1)  # the identity of the log is known
        cluster.fail(Api.PRODUCE, 46)
        await tiny.publish_many(work, 30, keys=4)
        await ledger.all_sent(kafka_rig.dsn)
        await ledger.settled(kafka_rig.dsn, 0)
    assert any("lost" in finding for finding in await ledger.findings(kafka_rig.dsn)) is lost
