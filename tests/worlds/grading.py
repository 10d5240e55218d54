"""Drives a grading service in a test: events as its consumer hands them over, requests as people send them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event

from shared import ids
from shared.events import exam
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.service import Service
from shared.settings import TrustedIssuer
from shared.standards import Blueprint, default_blueprint, load_standard
from shared.web import tokens

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ISSUER, AUDIENCE = "https://staff.test", "kaozheng"
BLUEPRINT = default_blueprint(load_standard("xb2b"), "junior")
SEAT = exam.Seat(session_id=UUID(int=7), site="一号考点", room="301", station="12", starts_at=NOW)


@dataclass(frozen=True)
class Candidate:
    """A candidate of a test, with the codes under which grading meets the work and the interview."""

    number: int
    institution_id: UUID | None = None
    application_id: UUID = field(default_factory=ids.new_id)
    journey_id: UUID = field(default_factory=ids.new_id)

    @property
    def work_code(self) -> str:
        return f"W{self.number:06}"

    @property
    def interview_code(self) -> str:
        return f"I{self.number:06}"


class Staff:
    """Signs tokens for people."""

    def __init__(self, folder: Path) -> None:
        self._key = Ed25519PrivateKey.generate()
        path = folder / "jwks.json"
        path.write_text(json.dumps(tokens.jwks(self._key.public_key())))
        self.issuer = TrustedIssuer(issuer=ISSUER, jwks=str(path), audience=AUDIENCE)

    def headers(self, subject: str, *scopes: str, language: str = "en") -> dict[str, str]:
        token = tokens.issue(self._key, ISSUER, AUDIENCE, subject, scopes, None, timedelta(hours=1))
        return {"authorization": f"Bearer {token}", "accept-language": language}


class Grading:
    """A grading service under test."""

    def __init__(self, service: Service, client: httpx.AsyncClient, staff: Staff) -> None:
        self.service, self.client, self.staff = service, client, staff
        self.plan_id = ids.new_id()

    async def deliver(self, payloads: Sequence[EventPayload], journeys: dict[UUID, UUID] | None = None) -> None:
        """Hand events to the handlers in this order, a call per run of one type, as the consumer does."""
        assert self.service.subscription
        for kind, run in groupby(payloads, type):
            received = [self._received(payload, journeys or {}) for payload in run]
            async with self.service.work() as work:
                await self.service.subscription.handlers[kind](work, received)

    def _received(self, payload: EventPayload, journeys: dict[UUID, UUID]) -> Received[Any]:
        journey = journeys.get(getattr(payload, "application_id", self.plan_id))
        return Received(ids.new_id(), payload.key, 1, NOW, journey, None, payload)

    async def get(self, path: str, subject: str, *scopes: str, **parameters: Any) -> httpx.Response:
        return await self.client.get(path, params=parameters, headers=self.staff.headers(subject, *scopes))

    async def post(self, path: str, subject: str, scope: str, body: Any = None) -> httpx.Response:
        return await self.client.post(path, json=body, headers=self.staff.headers(subject, scope))

    async def manage(self, deed: str, body: Any = None) -> httpx.Response:
        return await self.post(f"/v1/plans/{self.plan_id}/{deed}", "chief", "marking:manage", body)

    async def release(self) -> httpx.Response:
        return await self.post(f"/v1/plans/{self.plan_id}/release", "director", "results:release")

    async def progress(self) -> dict[str, int | None]:
        answer = await self.get(f"/v1/plans/{self.plan_id}", "chief", "marking:manage")
        progress: dict[str, int | None] = answer.json()["progress"]
        return progress

    async def tasks(self, marker: str) -> list[str]:
        answer = await self.get("/v1/marking-tasks", marker, "marks:write", plan_id=self.plan_id, limit=1000)
        return [task["work_code"] for task in answer.json()["items"]]

    async def mark(self, marker: str, percent: dict[str, str | float], scope: str = "marks:write") -> dict[str, Any]:
        """Mark works by code, each with the given share of every criterion's points."""
        items = [{"work_code": code, "scores": scores(practical_points(share))} for code, share in percent.items()]
        path = "/v1/marks" if scope == "marks:write" else "/v1/arbitrations"
        answer = await self.post(path, marker, scope, {"plan_id": str(self.plan_id), "items": items})
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    async def score_interviews(self, examiner: str, percent: dict[str, float]) -> dict[str, Any]:
        items = [{"interview_code": code, "scores": scores(interview_points(share))} for code, share in percent.items()]
        body = {"plan_id": str(self.plan_id), "items": items}
        answer = await self.post("/v1/interview-scores", examiner, "panels:score", body)
        reply: dict[str, Any] = answer.json()
        return reply

    async def rows(self, sql: str) -> list[Any]:
        async with self.service.work() as work:
            return list(await work.rows(sql))

    async def outbox(self, kind: str) -> list[Any]:
        rows = await self.rows("SELECT key, type, version, journey_id, payload FROM outbox ORDER BY seq")
        return [row for row in rows if row.type == kind]

    async def set_up(self, markers: dict[str, UUID | None], panels: int = 1) -> None:
        """Appoint markers, and panels of three examiners named `p0-e0` and so on."""
        items = [
            {"subject": name, "institution_id": str(school) if school else None} for name, school in markers.items()
        ]
        assert (await self.manage("markers", {"items": items})).status_code == 200
        named = [{"name": f"p{n}", "examiners": [f"p{n}-e{x}" for x in range(3)]} for n in range(panels)]
        assert (await self.manage("panels", {"panels": named})).status_code == 200

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SQL statements that the service runs."""
        seen: list[str] = []

        def keep(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        engine = self.service.engine.sync_engine
        event.listen(engine, "before_cursor_execute", keep)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", keep)


def published(plan_id: UUID, blueprint: Blueprint = BLUEPRINT) -> exam.PlanPublishedV1:
    return exam.PlanPublishedV1(
        plan_id=plan_id,
        title="十一月初级考核",
        standard=blueprint.standard,
        level=blueprint.level,
        unit=blueprint.unit,
        requires_materials=False,
        entry_opens_at=NOW,
        entry_closes_at=NOW,
        blueprint=blueprint.model_dump(mode="json"),
        published_at=NOW,
    )


def finished(plan_id: UUID, *, candidates: int, works: int, interviews: int) -> exam.PlanFinishedV1:
    return exam.PlanFinishedV1(
        plan_id=plan_id,
        candidates=candidates,
        works=works,
        interviews=interviews,
        absent_practical=candidates - works,
        absent_interview=candidates - interviews,
        finished_at=NOW,
    )


def seated(plan_id: UUID, candidate: Candidate) -> exam.SeatAssignedV1:
    return exam.SeatAssignedV1(
        application_id=candidate.application_id,
        plan_id=plan_id,
        institution_id=candidate.institution_id,
        practical=SEAT,
        interview=SEAT,
        assigned_at=NOW,
    )


def submitted(plan_id: UUID, candidate: Candidate) -> exam.WorkSubmittedV1:
    return exam.WorkSubmittedV1(
        work_code=candidate.work_code,
        plan_id=plan_id,
        institution_id=candidate.institution_id,
        artefacts=(exam.Artefact(task_code="xb2b:junior:1.1", sha256="0" * 64, size=10),),
        submitted_at=NOW,
    )


def attended(plan_id: UUID, candidate: Candidate) -> exam.InterviewAttendedV1:
    return exam.InterviewAttendedV1(
        application_id=candidate.application_id,
        plan_id=plan_id,
        interview_code=candidate.interview_code,
        institution_id=candidate.institution_id,
        attended_at=NOW,
    )


def absent(plan_id: UUID, candidate: Candidate, component: exam.Component) -> exam.CandidateAbsentV1:
    return exam.CandidateAbsentV1(
        application_id=candidate.application_id, plan_id=plan_id, component=component, absent_at=NOW
    )


def unsealed(plan_id: UUID, candidate: Candidate) -> exam.WorkUnsealedV1:
    return exam.WorkUnsealedV1(
        application_id=candidate.application_id, plan_id=plan_id, work_code=candidate.work_code, unsealed_at=NOW
    )


def practical_points(percent: str | float) -> dict[str, float]:
    """Give every criterion the same share, moved to the nearest steps so that the total is right."""
    return _points([(criterion.code, 20) for criterion in BLUEPRINT.practical.criteria], float(percent))


def interview_points(percent: float) -> dict[str, float]:
    return _points([(criterion.code, 60) for criterion in BLUEPRINT.interview.criteria], percent)


def _points(criteria: list[tuple[str, int]], percent: float) -> dict[str, float]:
    left, given = round(sum(steps for _, steps in criteria) * percent / 100), {}
    for code, steps in criteria:
        given[code] = min(left, steps) / 2
        left -= min(left, steps)
    return given


def scores(points: dict[str, float]) -> dict[str, str]:
    return {code: str(value) for code, value in points.items()}
