"""The life of a plan, an application, a work and a certificate, command by command; events come from the others."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from tests.repeating.sender import Sender
from tests.worlds import certificate, exam, grading, payloads, registration

ONE, TWO, THREE, JUDGE = "one", "two", "three", "judge"


async def of_applications(send: Sender, world: registration.World) -> None:
    """A school, its clients, applications and a batch; reviews, corrections and ends."""
    plan_id = await world.plan()
    school = await send("POST /v1/institutions", world.staff, {"name": "示范学院", "region": "330100"})
    clients = "POST /v1/institutions/{institution_id}/clients"
    await send(clients, world.staff, {"label": "教务"}, at={"institution_id": school["id"]})
    caller = await world.school()
    made = [await send("POST /v1/applications", caller, registration.single(plan_id, number)) for number in range(3)]
    reviewed = [
        registration.decision(made[0], "return", reason_code="photo"),
        registration.decision(made[1], "admit"),
    ]
    done = await send("POST /v1/applications/decisions", world.staff, {"items": reviewed})
    content = registration.single(plan_id, 0, name="章三")
    del content["plan_id"]
    first, second, third = ({"application_id": each["id"]} for each in made)
    version = {"if-match": f'"{done["items"][0]["version"]}"'}
    await send("PUT /v1/applications/{application_id}", caller, content, at=first, headers=version)
    await send("POST /v1/applications/{application_id}/withdraw", caller, at=third)
    await send(
        "POST /v1/applications/{application_id}/void", world.staff, {"reason_code": "false_materials"}, at=second
    )
    upload = {"content": registration.csv_of([7, 8]), "headers": {"content-type": "text/csv"}}
    await send("POST /v1/batches", caller, params={"plan_id": plan_id}, **upload)


async def of_a_plan(send: Sender, world: exam.World) -> None:
    """Sites, a plan from draft to finish, and what the devices upload."""
    rooms = [{"name": "101考场", "stations": 10}]
    site = await send("POST /v1/sites", world.staff, {"name": "站点", "address": "考试路1号", "rooms": rooms})
    plan = await send("POST /v1/plans", world.staff, exam.plan_body([site["id"]]))
    at = {"plan_id": plan["id"]}
    await send("POST /v1/plans/{plan_id}/publish", world.staff, at=at)
    await world.tell(*(world.admitted(plan["id"]) for _ in range(3)))
    await send("POST /v1/plans/{plan_id}/close-entry", world.staff, at=at)
    await send("POST /v1/plans/{plan_id}/arrange", world.staff, {"seed": "s"}, at=at)
    practical, interview = await world.sessions(plan["id"])
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)][:2]
    await sit(send, world, practical, interview, tickets)
    world.clock.advance(exam.AFTERNOON + timedelta(hours=4) - world.NOW)
    for session in (practical, interview):
        await send("POST /v1/sessions/{session_id}/close", world.staff, at={"session_id": session["id"]})
    await send("POST /v1/plans/{plan_id}/finish", world.staff, at=at)


async def sit(
    send: Sender, world: exam.World, practical: dict[str, Any], interview: dict[str, Any], tickets: list[str]
) -> None:
    """Upload who came, what they handed in, and who was heard."""
    later = exam.MORNING + timedelta(minutes=40)
    checks = [exam.item(number, ticket, exam.MORNING) for number, ticket in enumerate(tickets)]
    works = [exam.work_item(10 + number, ticket, later) for number, ticket in enumerate(tickets)]
    talks = [exam.item(20 + number, ticket, exam.AFTERNOON) for number, ticket in enumerate(tickets)]
    uploads = ((practical, "check-ins", checks), (practical, "works", works), (interview, "attendance", talks))
    for session, kind, items in uploads:
        at = {"session_id": session["id"]}
        await send(f"POST /v1/sessions/{{session_id}}/{kind}", world.staff, exam.records(items), at=at)


async def of_a_work(send: Sender, world: grading.World) -> None:
    """Markers and panels, marks up to an arbitration, interviews, the end of marking and the release."""
    plan, candidate = world.plan_id, payloads.Candidate(1)
    await world.tell(
        payloads.plan_published(plan),
        payloads.seat_assigned(plan, candidate),
        payloads.work_submitted(plan, candidate),
        payloads.interview_attended(plan, candidate),
        payloads.plan_finished(plan, candidates=1, works=1, interviews=1),
    )
    at = {"plan_id": plan}
    markers = {"items": [{"subject": name} for name in (ONE, TWO, THREE)]}
    await send("POST /v1/plans/{plan_id}/markers", world.staff, markers, at=at)
    panels = {"panels": [{"name": "一组", "examiners": ["a", "b", "c"]}]}
    await send("POST /v1/plans/{plan_id}/panels", world.staff, panels, at=at)
    await send("POST /v1/plans/{plan_id}/allocate", world.staff, {"seed": 1}, at=at)
    await judge(send, world, candidate)
    await send("POST /v1/plans/{plan_id}/close-marking", world.staff, at=at)
    await world.tell(payloads.work_unsealed(plan, candidate))
    await send("POST /v1/plans/{plan_id}/release", world.staff, at=at)


async def judge(send: Sender, world: grading.World, candidate: payloads.Candidate) -> None:
    """Let three markers disagree, an arbitrator end it, and a panel score the interview."""

    def marks(share: float) -> dict[str, Any]:
        return world.of_plan([{"work_code": candidate.work_code, "scores": grading.practical_scores(share)}])

    for share in (70, 85, 77.5):
        [marker] = [name for name in (ONE, TWO, THREE) if await world.tasks(name)][:1]
        await send("POST /v1/marks", world.caller("marks:write", subject=marker), marks(share))
    await send("POST /v1/arbitrations", world.caller("marks:arbitrate", subject=JUDGE), marks(80))
    heard = world.of_plan([{"interview_code": candidate.interview_code, "scores": grading.interview_scores(70)}])
    for examiner in ("a", "b", "c"):
        await send("POST /v1/interview-scores", world.caller("panels:score", subject=examiner), heard)


async def of_a_certificate(send: Sender, world: certificate.World) -> None:
    """A certificate that is revoked."""
    [made] = await world.issue("欧阳若兰")
    body = {"reason_code": "issued_in_error", "comment": "重复"}
    await send("POST /v1/certificates/{certificate_id}/revoke", world.staff, body, at={"certificate_id": made["id"]})


#: Service -> its life: every command that it has, sent to its world.
LIVES: dict[str, Callable[[Sender, Any], Awaitable[None]]] = {
    "registration": of_applications,
    "exam": of_a_plan,
    "grading": of_a_work,
    "certificate": of_a_certificate,
}
