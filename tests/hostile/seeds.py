"""What lies in each service's database: things of the school `OWN`, which the school `OTHER` must never see."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from shared import ids
from tests.worlds import certificate, exam, grading, operations, payloads, registration

OWN, OTHER = exam.SCHOOL, UUID(int=78)


async def registration_ids(world: registration.World) -> dict[str, str]:
    """A batch with one good and one bad row, worked through."""
    own = world.caller("applications:write", "applications:read", institution=OWN)
    plan_id = await world.plan()
    content = registration.csv_of([1]) + "李四,护照,坏,,,,,\n".encode()
    batch = await world.finished_batch(own, plan_id, content)
    [application] = (await world.get("/v1/applications", own))["items"]
    made = await world.post("/v1/institutions", {"name": "示范学院", "region": "330100"})
    return {
        "plan_id": plan_id,
        "batch_id": batch["id"],
        "application_id": application["id"],
        "institution_id": made["id"],
    }


async def exam_ids(world: exam.World) -> dict[str, str]:
    """A sealed plan with a candidate of the school and one of none."""
    plan_id = await world.sealed(2)
    practical, _ = await world.sessions(plan_id)
    known = {"plan_id": plan_id, "session_id": practical["id"], "site_id": practical["site_id"]}
    return known | {"code": "xb2b", "level": "junior", "q": "单证", "from": "undated", "to": "undated"}


async def grading_ids(world: grading.World) -> dict[str, str]:
    """A published plan with a work that waits for markers."""
    candidate = payloads.Candidate(1, OWN)
    await world.tell(payloads.plan_published(world.plan_id), payloads.work_submitted(world.plan_id, candidate))
    return {"plan_id": str(world.plan_id)}


async def certificate_ids(world: certificate.World) -> dict[str, str]:
    """A certificate of the school."""
    [made] = await world.issue("欧阳若兰", institution=OWN)
    return {
        "certificate_id": made["id"],
        "plan_id": made["plan_id"],
        "application_id": made["application_id"],
        "number": made["number"],
        "token": certificate.token_of(made),
    }


async def operations_ids(world: operations.World) -> dict[str, str]:
    """A journey of one span."""
    journey, start = str(ids.new_id()), int(world.clock.now().timestamp() * 1e9)
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
    assert await world.post("/v1/traces", body, operations.TELEMETRY) == {}
    return {"journey_id": journey}


SEEDS: dict[str, Callable[[Any], Awaitable[dict[str, str]]]] = {
    "registration": registration_ids,
    "exam": exam_ids,
    "grading": grading_ids,
    "certificate": certificate_ids,
    "operations": operations_ids,
}
