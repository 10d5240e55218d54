"""What lies in each service's database: things of the school `OWN`, which the school `OTHER` must never see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared import ids
from shared.clock import SettableClock
from shared.events.received import Received
from shared.service import Service
from shared.settings import TrustedIssuer
from shared.web import tokens
from tests.worlds import certificate, exam, grading, registration

OWN, OTHER = exam.SCHOOL, UUID(int=78)
#: The issuers that the worlds of the integration tests sign for; here all of them have one key.
ISSUERS = ("kaozheng-staff", certificate.ISSUER)
AUDIENCE = "kaozheng"


@dataclass(frozen=True)
class Ground:
    """A service before anybody has called it."""

    service: Service
    http: httpx.AsyncClient
    key: Ed25519PrivateKey
    clock: SettableClock
    folder: Path


def school_headers(key: Ed25519PrivateKey, institution: UUID, scopes: str) -> dict[str, str]:
    """Return the header of a school's machine."""
    token = tokens.issue(key, ISSUERS[0], AUDIENCE, "school", scopes.split(), institution, timedelta(hours=1))
    return {"authorization": f"Bearer {token}"}


async def registration_ids(ground: Ground) -> dict[str, str]:
    """A batch with one good and one bad row, worked through."""
    world = registration.World(ground.service, ground.http, registration.Keys(ground.key, ground.folder), ground.clock)
    own = school_headers(ground.key, OWN, "applications:write applications:read")
    plan_id = await world.plan()
    content = registration.csv_of([1]) + "李四,护照,坏,,,,,\n".encode()
    batch = await world.finished_batch(own, plan_id, content)
    [application] = (await world.get("/v1/applications", own))["items"]
    made = await world.post("/v1/institutions", {"name": "示范学院", "region": "330100"}, world.staff)
    return {
        "plan_id": plan_id,
        "batch_id": batch["id"],
        "application_id": application["id"],
        "institution_id": made["id"],
    }


async def exam_ids(ground: Ground) -> dict[str, str]:
    """A sealed plan with a candidate of the school and one of none."""
    trusted = TrustedIssuer(issuer=ISSUERS[0], jwks="", audience=AUDIENCE)
    world = exam.World(ground.service, ground.http, exam.Keys(ground.key, trusted), ground.clock)
    plan_id = await world.sealed(2)
    practical, _ = await world.sessions(plan_id)
    ids = {"plan_id": plan_id, "session_id": practical["id"], "site_id": practical["site_id"]}
    return ids | {"code": "xb2b", "level": "junior", "q": "单证", "from": "undated", "to": "undated"}


async def grading_ids(ground: Ground) -> dict[str, str]:
    """A published plan with a work that waits for markers."""
    plan_id, candidate = ids.new_id(), grading.Candidate(1, OWN)
    for payload in (grading.published(plan_id), grading.submitted(plan_id, candidate)):
        event: Any = Received(ids.new_id(), payload.key, 1, grading.NOW, None, None, payload)
        async with ground.service.work() as work:
            await ground.service.subscription.handlers[type(payload)](work, [event])
    return {"plan_id": str(plan_id)}


async def certificate_ids(ground: Ground) -> dict[str, str]:
    """A certificate of the school."""
    world = certificate.World(ground.service, ground.http, ground.clock, ground.key)
    [made] = await world.issue("欧阳若兰", institution=OWN)
    return {
        "certificate_id": made["id"],
        "plan_id": made["plan_id"],
        "application_id": made["application_id"],
        "number": made["number"],
        "token": certificate.token_of(made),
    }


async def operations_ids(ground: Ground) -> dict[str, str]:
    """A journey of one span."""
    journey, start = str(ids.new_id()), int(ground.clock.now().timestamp() * 1e9)
    span = {
        "traceId": "5b8efff798038103d269b633813fc60c",
        "spanId": "eee19b7ec3c1b174",
        "name": "exam.assign_seat",
        "kind": 1,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 1_000),
        "attributes": [{"key": "cert.journey.id", "value": {"stringValue": journey}}],
    }
    body = {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}
    answer = await ground.http.post("/v1/traces", json=body, headers={"authorization": "Bearer telemetry"})
    assert answer.json() == {}, answer.text
    return {"journey_id": journey}


SEEDS: dict[str, Callable[[Ground], Awaitable[dict[str, str]]]] = {
    "registration": registration_ids,
    "exam": exam_ids,
    "grading": grading_ids,
    "certificate": certificate_ids,
    "operations": operations_ids,
}
