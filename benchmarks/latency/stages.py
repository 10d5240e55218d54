"""Three tiny services in a row, each with state, outbox and a process of its own, as exam, grading and certificate."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from benchmarks import broker
from benchmarks.ground import Place
from shared.database.engine import create_engine
from shared.events.certificate import CertificateIssuedV1
from shared.events.exam import CandidateCheckedInV1
from shared.events.grading import ResultPublishedV1
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.ids import new_id
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.inbox.subscription import Subscription
from shared.messaging.log_identity import LogIdentity
from shared.messaging.status import WorkerStatus
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from shared.work import UnitOfWork

#: When each event's effect was committed.
MOMENTS = "SELECT application_id::text, pg_xact_commit_timestamp(xmin) FROM kept_result"
_KEEP = """
    INSERT INTO kept_result (application_id, outcome, total, version)
    SELECT id, 'kept', '', 1 FROM unnest(CAST(:ids AS uuid[])) AS id
"""
_MOMENT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def checked_in(_: int = 0, key: UUID | None = None) -> CandidateCheckedInV1:
    """Return the event that starts a chain."""
    return CandidateCheckedInV1(
        application_id=key or new_id(), plan_id=UUID(int=7), component="practical", checked_in_at=_MOMENT
    )


def _result(key: UUID) -> ResultPublishedV1:
    return ResultPublishedV1(
        application_id=key,
        plan_id=UUID(int=7),
        result_version=1,
        outcome="absent",
        total=None,
        components=(),
        requirements=(),
        published_at=_MOMENT,
    )


def _certificate(key: UUID) -> CertificateIssuedV1:
    return CertificateIssuedV1(
        application_id=key, certificate_id=key, number="B00000000000000000001", issued_at=_MOMENT
    )


async def _keep(
    following: Callable[[UUID], EventPayload] | None, work: UnitOfWork, events: Sequence[Received[CandidateCheckedInV1]]
) -> None:
    await work.execute(_KEEP, {"ids": [event.data.application_id for event in events]})
    for event in events if following else ():
        assert following is not None
        answer = following(event.data.application_id)
        work.publish(answer, version=1, journey_id=event.journey_id, cause=event)


#: In the order in which an event passes them.
SUBSCRIPTIONS = {
    "exam": Subscription("exam", {CandidateCheckedInV1: partial(_keep, _result)}),
    "grading": Subscription("grading", {ResultPublishedV1: partial(_keep, _certificate)}),
    "certificate": Subscription("certificate", {CertificateIssuedV1: partial(_keep, None)}),
}


async def run(place: Place, name: str) -> None:
    """Be one of them until cancelled: a consumer and a relay in one process, as in production."""
    client, wake = broker.client(place.servers), Wake()
    log, options = LogIdentity(client), broker.options()
    engine = create_engine(place.dsn, application=name)
    handler = BatchHandler(subscription=SUBSCRIPTIONS[name], work=lambda: UnitOfWork(engine, wake.set), options=options)
    consumer = Consumer(handler=handler, broker=client, log=log, status=WorkerStatus())
    relay = Relay(service=name, dsn=place.dsn, broker=client, log=log, wake=wake, options=options)
    stop = asyncio.Event()
    try:
        await asyncio.gather(consumer.run(stop), relay.run(stop))
    finally:
        await client.close()
        await engine.dispose()
