"""Asks a service, after its life, what that life does not: every question, and the commands that change nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from shared import ids
from shared.clock import SystemClock
from shared.events import exam as exam_events
from shared.events.certificate import CertificateIssuedV1
from shared.events.grading import ComponentResult, MarkingClosedV1, ResultPublishedV1
from tests.repeating.lives import LIVES
from tests.repeating.sender import Sender
from tests.worlds import certificate, exam, grading, registration

_TELEMETRY = {"authorization": "Bearer telemetry"}
_STUDENT = {"major": "电子商务", "class_name": "2024级1班", "student_no": "2024000042"}
_MATERIAL = {"kind": "application_form", "sha256": "ab" * 32, "size": 20_480}


class Operations:
    """Operations does nothing but listen."""

    def __init__(self, folder: Path) -> None:
        self.staff = exam.Keys.make(folder)
        self.clock = SystemClock()
        self.settings = {"auth_issuers": [self.staff.issuer], "otlp_token": "telemetry"}

    async def live(self, send: Sender) -> None:
        pass


async def of_registration(life: Any, send: Sender) -> None:
    """A batch with a bad row, and an application that came to a certificate."""
    world = registration.World(send.service, send.http, life.keys, life.clock)
    plan_id, school = await world.plan(), await world.school()
    content = registration.csv_of([11]) + "李四,护照,坏,,,,,\n".encode()
    batch = await world.finished_batch(school, plan_id, content)
    for path in ("", f"/{batch['id']}/errors", f"/{batch['id']}/errors.csv"):
        await send.http.get(f"/v1/batches{path}", headers=school)
    single = registration.single(plan_id, 12, **_STUDENT) | {"materials": [_MATERIAL]}
    await send("POST /v1/applications", school, single)
    row, other = (await world.get("/v1/applications", school, plan_id=plan_id))["items"]
    await decided(world, [row, other])
    await certified(world, UUID(row["id"]), UUID(plan_id))
    await world.get("/v1/applications", school)
    await world.get(f"/v1/applications/{row['id']}", school)
    for path in ("/v1/plans", "/v1/institutions", "/.well-known/jwks.json"):
        await world.get(path, world.staff)


async def decided(world: registration.World, rows: list[dict[str, Any]]) -> None:
    """One is admitted, one refused, and one decision comes too late."""
    one, two = rows
    items = [
        registration.decision(one, "admit"),
        registration.decision(one, "return", reason_code="photo"),
        registration.decision(two, "refuse", reason_code="materials_incomplete"),
    ]
    await world.post("/v1/applications/decisions", {"items": items}, world.staff)


async def certified(world: registration.World, application: UUID, plan: UUID) -> None:
    """Let registration hear how it went."""
    seat = exam_events.Seat(
        session_id=ids.new_id(), site="示范站点", room="101", station="17", starts_at=registration.NOW
    )
    passed = [ComponentResult(component=each, score="88.00", passed=True) for each in ("practical", "interview")]
    common = {"application_id": application, "plan_id": plan}
    await world.receive(
        exam_events.SeatAssignedV1(
            **common, institution_id=None, practical=seat, interview=seat, assigned_at=registration.NOW
        )
    )
    await world.receive(
        ResultPublishedV1(
            **common,
            result_version=1,
            outcome="pass",
            total="88.00",
            components=tuple(passed),
            requirements=("xb2b:junior:1.1.1",),
            published_at=registration.NOW + timedelta(days=7),
        )
    )
    await world.receive(
        CertificateIssuedV1(
            application_id=application,
            certificate_id=ids.new_id(),
            number="KZXB2BJ202600000017B",
            issued_at=registration.NOW + timedelta(days=8),
        )
    )


async def of_exam(life: Any, send: Sender) -> None:
    """Everything that can be read of the plan, and of the standards."""
    world = exam.World(send.service, send.http, life.keys, life.clock)
    [plan] = (await world.get("/v1/plans"))["items"]
    await world.tell(MarkingClosedV1(plan_id=UUID(plan["id"]), works=2, closed_at=life.clock.now()))
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


async def of_grading(life: Any, send: Sender) -> None:
    """The results of the plan; and another one, in which work waits for everybody."""
    world = grading.Grading(send.service, send.http, life.staff)
    [past] = (await world.get("/v1/plans", "chief", "marking:manage")).json()["items"]
    await world.get(f"/v1/plans/{past['plan_id']}/results", "director", "results:release")
    await world.get(f"/v1/plans/{past['plan_id']}", "chief", "marking:manage")
    await world.get(f"/v1/plans/{past['plan_id']}/criteria", "one", "marks:write")
    await world.get("/v1/plans", "chief", "marking:manage")
    plan, candidate = world.plan_id, grading.Candidate(1001)
    await world.deliver([grading.published(plan), grading.seated(plan, candidate), grading.submitted(plan, candidate)])
    await world.deliver([grading.attended(plan, candidate)])
    await world.set_up(dict.fromkeys(("one", "two", "three")))
    await world.manage("allocate", {"seed": 20261122})
    for share in (20, 90, 55):
        for marker in ("one", "two", "three"):
            if codes := await world.tasks(marker):
                await world.mark(marker, dict.fromkeys(codes, share))
                break
    for examiner in range(3):
        await world.get("/v1/interview-tasks", f"p0-e{examiner}", "panels:score", plan_id=plan)
    await world.get("/v1/arbitrations", "judge", "marks:arbitrate", plan_id=plan)


async def of_certificate(life: Any, send: Sender) -> None:
    """Every way to check a certificate."""
    world = certificate.World(send.service, send.http, life.clock, life.key)
    [made] = await world.issue("欧阳若兰")
    token, number, officer = certificate.token_of(made), made["number"], world.staff("certificates:manage")
    await send.http.get(f"/v1/certificates/{made['id']}", headers=officer)
    await send.http.get("/v1/certificates/summary", params={"plan_id": made["plan_id"]}, headers=officer)
    await send.http.get(f"/v1/verifications/{number}", params={"token": token})
    await send.http.post("/v1/verifications", json={"number": number, "name": "欧阳若兰"})
    await send.http.post("/v1/verifications/bulk", json={"items": [{"number": number, "token": token}]})
    found = await send.http.get(f"/v1/certificates/{number}/credential", params={"token": token})
    await send.http.post("/v1/verifications/credential", json=found.json())
    await send.http.get(f"/v1/certificates/{number}/pdf", params={"token": token})
    for path in ("/issuers/main/did.json", "/v1/status-lists/1"):
        await send.http.get(path)


async def of_operations(life: Any, send: Sender) -> None:
    """One journey."""
    journey, start = str(ids.new_id()), int(life.clock.now().timestamp() * 1e9)
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
    body = {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": [span]}]}]}
    await send.http.post("/v1/traces", json=body, headers=_TELEMETRY)
    reader = life.staff.header("operations:read")
    await send.http.get(f"/v1/journeys/{journey}", headers=reader)
    link = await send.http.get(f"/v1/journeys/{journey}/page-link", headers=reader)
    await send.http.get(link.json()["url"])
    await send.http.get("/v1/services", headers=reader)


#: Service -> its life, and what is asked after it.
VISITS: dict[str, tuple[Callable[[Path], Any], Callable[[Any, Sender], Awaitable[None]]]] = {
    "registration": (LIVES["registration"], of_registration),
    "exam": (LIVES["exam"], of_exam),
    "grading": (LIVES["grading"], of_grading),
    "certificate": (LIVES["certificate"], of_certificate),
    "operations": (Operations, of_operations),
}
