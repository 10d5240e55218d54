"""Asks a service, after its life, what that life does not: every question, and the commands that change nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared import ids
from tests.repeating.lives import LIVES
from tests.repeating.sender import Sender
from tests.worlds import certificate, exam, grading, operations, payloads, registration
from tests.worlds.callers import NOBODY

_STUDENT = {"major": "电子商务", "class_name": "2024级1班", "student_no": "2024000042"}
_MATERIAL = {"kind": "application_form", "sha256": "ab" * 32, "size": 20_480}


async def of_registration(send: Sender, world: registration.World) -> None:
    """A batch with a bad row, and an application that came to a certificate."""
    plan_id, school = await world.plan(), await world.school()
    content = registration.csv_of([11]) + "李四,护照,坏,,,,,\n".encode()
    batch = await world.finished_batch(school, plan_id, content)
    for path in ("", f"/{batch['id']}/errors", f"/{batch['id']}/errors.csv"):
        await world.ask(f"/v1/batches{path}", school)
    single = registration.single(plan_id, 12, **_STUDENT) | {"materials": [_MATERIAL]}
    await send("POST /v1/applications", school, single)
    row, other = (await world.get("/v1/applications", school, plan_id=plan_id))["items"]
    await decided(world, [row, other])
    await certified(world, UUID(plan_id), registration.candidate(row))
    await world.get("/v1/applications", school)
    await world.get(f"/v1/applications/{row['id']}", school)
    for path in ("/v1/plans", "/v1/institutions", "/.well-known/jwks.json"):
        await world.get(path)


async def decided(world: registration.World, rows: list[dict[str, Any]]) -> None:
    """One is admitted, one refused, and one decision comes too late."""
    one, two = rows
    items = [
        registration.decision(one, "admit"),
        registration.decision(one, "return", reason_code="photo"),
        registration.decision(two, "refuse", reason_code="materials_incomplete"),
    ]
    await world.post("/v1/applications/decisions", {"items": items})


async def certified(world: registration.World, plan_id: UUID, who: payloads.Candidate) -> None:
    """Let registration hear how it went."""
    await world.tell(
        payloads.seat_assigned(plan_id, who),
        payloads.result_published(plan_id, who, published_at=world.NOW + timedelta(days=7)),
        payloads.certificate_issued(who, ids.new_id(), at=world.NOW + timedelta(days=8)),
    )


async def of_exam(_: Sender, world: exam.World) -> None:
    """Everything that can be read of the plan, and of the standards."""
    [plan] = (await world.get("/v1/plans"))["items"]
    await world.tell(payloads.marking_closed(UUID(plan["id"]), works=2))
    await world.get("/v1/sites")
    await world.get(f"/v1/plans/{plan['id']}")
    for session in await world.sessions(plan["id"]):
        await world.roster(session)
    await world.get("/v1/tickets", plan_id=plan["id"])
    for path in ("/v1/standards", "/v1/standards/xb2b", "/v1/standards/xb2b/levels/junior", "/v1/blueprints"):
        await world.get(path)
    await world.get("/v1/standards/xb2b/levels/junior/blueprint")
    await world.get("/v1/standards/xb2b/difference?from=undated&to=undated")
    await world.get("/v1/requirements", q="单证")
    await world.get("/v1/requirements/xb2b:junior:1.1.1")
    [blueprint] = (await world.get("/v1/blueprints"))["items"]
    await world.get(f"/v1/blueprints/{blueprint['code']}")


async def of_grading(_: Sender, world: grading.World) -> None:
    """The results of the plan; and another one, in which work waits for everybody."""
    for path in ("", "/results"):
        await world.get(f"/v1/plans/{world.plan_id}{path}")
    await world.get(f"/v1/plans/{world.plan_id}/criteria", world.caller("marks:write", subject="one"))
    await world.get("/v1/plans")
    world.plan_id, candidate = ids.new_id(), payloads.Candidate(1001)
    plan = world.plan_id
    await world.tell(payloads.plan_published(plan), payloads.seat_assigned(plan, candidate))
    await world.tell(payloads.work_submitted(plan, candidate), payloads.interview_attended(plan, candidate))
    await world.appoint(dict.fromkeys(("one", "two", "three")))
    await world.command("allocate", {"seed": 20261122})
    for share in (20, 90, 55):
        for marker in ("one", "two", "three"):
            if codes := await world.tasks(marker):
                await world.mark(marker, dict.fromkeys(codes, share))
                break
    for examiner in range(3):
        await world.get("/v1/interview-tasks", world.caller("panels:score", subject=f"p0-e{examiner}"), plan_id=plan)
    await world.get("/v1/arbitrations", world.caller("marks:arbitrate", subject="judge"), plan_id=plan)


async def of_certificate(_: Sender, world: certificate.World) -> None:
    """Every way to check a certificate."""
    [made] = await world.issue("欧阳若兰")
    token, number = certificate.token_of(made), made["number"]
    await world.get(f"/v1/certificates/{made['id']}")
    await world.get("/v1/certificates/summary", plan_id=made["plan_id"])
    await world.verify(made)
    await world.post("/v1/verifications", {"number": number, "name": "欧阳若兰"}, NOBODY)
    await world.post("/v1/verifications/bulk", {"items": [{"number": number, "token": token}]}, NOBODY)
    await world.post("/v1/verifications/credential", await world.credential(made), NOBODY)
    await world.document(made, "pdf")
    for path in ("/issuers/main/did.json", "/v1/status-lists/1"):
        await world.get(path, NOBODY)


async def nothing(_: Sender, __: operations.World) -> None:
    """Operations does nothing but listen."""


async def of_operations(_: Sender, world: operations.World) -> None:
    """One journey."""
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
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "exam"}}]}
    await world.post(
        "/v1/traces",
        {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": [span]}]}]},
        operations.TELEMETRY,
    )
    await world.get(f"/v1/journeys/{journey}")
    link = await world.get(f"/v1/journeys/{journey}/page-link")
    await world.ask(link["url"], NOBODY)
    await world.get("/v1/services")


Visit = Callable[[Sender, Any], Awaitable[None]]
#: Service -> its life, and what is asked after it.
VISITS: dict[str, tuple[Visit, Visit]] = {
    "registration": (LIVES["registration"], of_registration),
    "exam": (LIVES["exam"], of_exam),
    "grading": (LIVES["grading"], of_grading),
    "certificate": (LIVES["certificate"], of_certificate),
    "operations": (nothing, of_operations),
}
