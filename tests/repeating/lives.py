"""The life of a plan, an application, a work and a certificate, command by command; events come from the others."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.clock import SettableClock
from shared.settings import TrustedIssuer
from shared.web import tokens
from tests.repeating.sender import Sender
from tests.worlds import certificate, exam, grading, registration

ONE, TWO, THREE, JUDGE = "one", "two", "three", "judge"


class Registration:
    """A school, its clients, applications and a batch; reviews, corrections and ends."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(registration.NOW)
        self.keys = registration.Keys.make(folder)
        self.settings = self.keys.settings()

    async def live(self, send: Sender) -> None:
        world = registration.World(send.service, send.http, self.keys, self.clock)
        plan_id = await world.plan()
        school = await send("POST /v1/institutions", world.staff, {"name": "示范学院", "region": "330100"})
        clients = "POST /v1/institutions/{institution_id}/clients"
        await send(clients, world.staff, {"label": "教务"}, at={"institution_id": school["id"]})
        caller = await world.school()
        made = [
            await send("POST /v1/applications", caller, registration.single(plan_id, number)) for number in range(3)
        ]
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


class Exam:
    """Sites, a plan from draft to finish, and what the devices upload."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(exam.NOW)
        self.keys = exam.Keys.make(folder)
        self.settings = {"auth_issuers": [self.keys.issuer]}

    async def live(self, send: Sender) -> None:
        world = exam.World(send.service, send.http, self.keys, self.clock)
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
        await self.sit(send, world, practical, interview, tickets)
        self.clock.advance(exam.AFTERNOON + timedelta(hours=4) - exam.NOW)
        for session in (practical, interview):
            await send("POST /v1/sessions/{session_id}/close", world.staff, at={"session_id": session["id"]})
        await send("POST /v1/plans/{plan_id}/finish", world.staff, at=at)

    async def sit(
        self, send: Sender, world: exam.World, practical: dict[str, Any], interview: dict[str, Any], tickets: list[str]
    ) -> None:
        later = exam.MORNING + timedelta(minutes=40)
        checks = [exam.item(number, ticket, exam.MORNING) for number, ticket in enumerate(tickets)]
        works = [exam.work_item(10 + number, ticket, later) for number, ticket in enumerate(tickets)]
        talks = [exam.item(20 + number, ticket, exam.AFTERNOON) for number, ticket in enumerate(tickets)]
        uploads = ((practical, "check-ins", checks), (practical, "works", works), (interview, "attendance", talks))
        for session, kind, items in uploads:
            body = {"device_id": "gate-1", "items": items}
            at = {"session_id": session["id"]}
            await send(f"POST /v1/sessions/{{session_id}}/{kind}", world.staff, body, at=at)


class Grading:
    """Markers and panels, marks up to an arbitration, interviews, the end of marking and the release."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(grading.NOW)
        self.staff = grading.Staff(folder)
        self.settings = {"auth_issuers": [self.staff.issuer]}

    async def live(self, send: Sender) -> None:
        world, candidate = grading.Grading(send.service, send.http, self.staff), grading.Candidate(1)
        plan = world.plan_id
        events = (grading.published, grading.seated, grading.submitted, grading.attended)
        await world.deliver([make(*((plan,) if make is grading.published else (plan, candidate))) for make in events])
        await world.deliver([grading.finished(plan, candidates=1, works=1, interviews=1)])
        at, chief = {"plan_id": plan}, self.staff.headers("chief", "marking:manage")
        markers = {"items": [{"subject": name} for name in (ONE, TWO, THREE)]}
        await send("POST /v1/plans/{plan_id}/markers", chief, markers, at=at)
        panels = {"panels": [{"name": "一组", "examiners": ["a", "b", "c"]}]}
        await send("POST /v1/plans/{plan_id}/panels", chief, panels, at=at)
        await send("POST /v1/plans/{plan_id}/allocate", chief, {"seed": 1}, at=at)
        await self.judge(send, world, candidate)
        await send("POST /v1/plans/{plan_id}/close-marking", chief, at=at)
        await world.deliver([grading.unsealed(plan, candidate)])
        await send("POST /v1/plans/{plan_id}/release", self.staff.headers("director", "results:release"), at=at)

    async def judge(self, send: Sender, world: grading.Grading, candidate: grading.Candidate) -> None:
        def marks(share: float) -> dict[str, Any]:
            item = {"work_code": candidate.work_code, "scores": grading.scores(grading.practical_points(share))}
            return {"plan_id": str(world.plan_id), "items": [item]}

        for share in (70, 85, 77.5):
            [marker] = [name for name in (ONE, TWO, THREE) if await world.tasks(name)][:1]
            await send("POST /v1/marks", self.staff.headers(marker, "marks:write"), marks(share))
        await send("POST /v1/arbitrations", self.staff.headers(JUDGE, "marks:arbitrate"), marks(80))
        item = {"interview_code": candidate.interview_code, "scores": grading.scores(grading.interview_points(70))}
        for examiner in ("a", "b", "c"):
            body = {"plan_id": str(world.plan_id), "items": [item]}
            await send("POST /v1/interview-scores", self.staff.headers(examiner, "panels:score"), body)


class Certificate:
    """A certificate that is revoked."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock(certificate.NOW)
        self.key = Ed25519PrivateKey.generate()
        jwks = folder / "jwks.json"
        jwks.write_text(json.dumps(tokens.jwks(self.key.public_key())))
        issuer = TrustedIssuer(issuer=certificate.ISSUER, jwks=str(jwks), audience=certificate.AUDIENCE)
        self.settings = {"auth_issuers": [issuer], "public_url": "https://kz.test"}

    async def live(self, send: Sender) -> None:
        world = certificate.World(send.service, send.http, self.clock, self.key)
        [made] = await world.issue("欧阳若兰")
        body = {"reason_code": "issued_in_error", "comment": "重复"}
        at = {"certificate_id": made["id"]}
        await send("POST /v1/certificates/{certificate_id}/revoke", world.staff("certificates:revoke"), body, at=at)


#: Service -> its life in a folder for key files: `clock`, `settings`, and what happens.
LIVES: dict[str, Callable[[Path], Any]] = {
    "registration": Registration,
    "exam": Exam,
    "grading": Grading,
    "certificate": Certificate,
}
