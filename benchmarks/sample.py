"""The made-up service that is measured: results come in, each is kept in one table and answered with one event."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from shared.clock import SystemClock
from shared.database import messaging_tables
from shared.events.certificate import CertificateIssuedV1
from shared.events.grading import ComponentResult, ResultPublishedV1
from shared.events.received import Received
from shared.events.registry import encode
from shared.ids import new_id
from shared.inbox.subscription import Subscription
from shared.messaging.envelope import Envelope
from shared.work import UnitOfWork

SERVICE = "bench"
TOPIC = ResultPublishedV1.topic
PARTITIONS = 12
SOURCE = f"/kaozheng/{SERVICE}".encode()

#: How many candidates the events are about: several events each, so that order per key has a meaning.
KEYS = 1000
_MOMENT = datetime(2026, 11, 22, 9, tzinfo=UTC)

TABLES = (
    "CREATE TABLE kept_result (application_id uuid PRIMARY KEY, outcome text, total text, version bigint NOT NULL)",
)

_KEEP = """
    INSERT INTO kept_result AS k (application_id, outcome, total, version)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:outcomes AS text[]), CAST(:totals AS text[]),
                         CAST(:versions AS bigint[]))
        ON CONFLICT (application_id)
        DO UPDATE SET outcome = excluded.outcome, total = excluded.total, version = excluded.version
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One event as a service would have written it."""

    envelope: Envelope
    payload: bytes


class Statements:
    """Takes the place of Alembic's `op` and keeps what a migration would run."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def execute(self, statement: str) -> None:
        self.all.append(statement)


def schema() -> list[str]:
    """Return every statement that makes the service's database."""
    collected = Statements()
    messaging_tables.upgrade(collected)
    return [*collected.all, *TABLES]


class Skew(StrEnum):
    """How events are spread over keys."""

    UNIFORM = "uniform"
    #: Four fifths of the events are about one fifth of the keys.
    SKEWED = "80/20"


@dataclass(frozen=True, slots=True)
class Load:
    """How many events, spread how."""

    events: int
    skew: Skew = Skew.UNIFORM
    #: Whoever leases rows is to lease them for seconds, not for a minute: it will be killed, and the lease waited for.
    short_lease: bool = False


#: Sent before the clock starts: enough for every partition, so that everybody is connected and prepared.
WARM_UP = Load(20 * PARTITIONS)


@lru_cache(maxsize=8)
def results(load: Load) -> Sequence[Sample]:
    """Return different events of about 400 bytes; each load has keys of its own, repeatably drawn."""
    chance = random.Random(load.events)
    keys, plan = [new_id() for _ in range(KEYS)], new_id()
    versions = dict.fromkeys(keys, 0)
    made = []
    for _ in range(load.events):
        hot = KEYS // 5 if load.skew is Skew.SKEWED and chance.random() < 0.75 else KEYS  # 0.75 + 0.25 / 5 = 0.8
        key = keys[chance.randrange(hot)]
        versions[key] += 1
        made.append(_result(key, plan, versions[key]))
    return made


def _result(application_id: UUID, plan_id: UUID, version: int) -> Sample:
    payload = ResultPublishedV1(
        application_id=application_id,
        plan_id=plan_id,
        result_version=version,
        outcome="pass",
        total="78.25",
        components=(
            ComponentResult(component="practical", score="80.50", passed=True),
            ComponentResult(component="interview", score="73.00", passed=True),
        ),
        requirements=("xb2b:junior:1.1.1", "xb2b:junior:1.2.3"),
        published_at=_MOMENT,
    )
    trace = f"00-{new_id().hex}-{new_id().hex[16:]}-01"
    now = SystemClock().now()  # the age of an event decides how it is traced
    envelope = Envelope(new_id(), payload.event_type, payload.key, version, now, new_id(), None, trace)
    return Sample(envelope, encode(payload))


async def keep(work: UnitOfWork, events: Sequence[Received[ResultPublishedV1]]) -> None:
    """Keep the results with one statement and answer each with an event."""
    await work.execute(
        _KEEP,
        {
            "ids": [event.data.application_id for event in events],
            "outcomes": [event.data.outcome for event in events],
            "totals": [event.data.total for event in events],
            "versions": [event.version for event in events],
        },
    )
    for event in events:
        work.publish(answer(event.data), version=event.version, journey_id=event.journey_id, cause=event)


def answer(result: ResultPublishedV1) -> CertificateIssuedV1:
    """Return the event that follows from a result."""
    return CertificateIssuedV1(
        application_id=result.application_id,
        certificate_id=result.application_id,
        number="B00000000000000000001",
        issued_at=result.published_at,
    )


SUBSCRIPTION = Subscription(SERVICE, {ResultPublishedV1: keep})


async def forever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()
