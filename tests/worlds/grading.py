"""Grading with one plan, its markers, panels and the scores they give."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from shared import ids
from tests.worlds import services
from tests.worlds.callers import ENGLISH
from tests.worlds.payloads import BLUEPRINT


@dataclass
class World(services.World):
    NAME = "grading"
    STAFF = ("marking:manage", "results:release")

    plan_id: UUID = field(default_factory=ids.new_id)

    async def command(self, deed: str, body: Any = None) -> httpx.Response:
        """Let an officer do something with the plan; return the answer, good or not."""
        return await self.send(f"/v1/plans/{self.plan_id}/{deed}", body, self.staff | ENGLISH)

    async def appoint(self, markers: dict[str, UUID | None], panels: int = 1) -> None:
        """Appoint markers, and panels of three examiners named `p0-e0` and so on."""
        items = [
            {"subject": name, "institution_id": str(school) if school else None} for name, school in markers.items()
        ]
        assert (await self.command("markers", {"items": items})).status_code == 200
        named = [{"name": f"p{n}", "examiners": [f"p{n}-e{x}" for x in range(3)]} for n in range(panels)]
        assert (await self.command("panels", {"panels": named})).status_code == 200

    async def progress(self) -> dict[str, int | None]:
        """Return the counts of the plan."""
        return dict((await self.get(f"/v1/plans/{self.plan_id}"))["progress"])

    async def tasks(self, marker: str) -> list[str]:
        """Return the codes of the works that a marker has yet to mark."""
        caller = self.caller("marks:write", subject=marker)
        found = await self.get("/v1/marking-tasks", caller, plan_id=self.plan_id, limit=1000)
        return [task["work_code"] for task in found["items"]]

    async def mark(self, marker: str, percent: dict[str, str | float], scope: str = "marks:write") -> dict[str, Any]:
        """Mark works by code, each with the given share of every criterion's points."""
        path = "/v1/marks" if scope == "marks:write" else "/v1/arbitrations"
        items = [{"work_code": code, "scores": practical_scores(share)} for code, share in percent.items()]
        return dict(await self.post(path, self.of_plan(items), self.caller(scope, subject=marker)))

    async def score_interviews(self, examiner: str, percent: dict[str, float]) -> dict[str, Any]:
        """Score interviews by code, likewise; return what the answer says, good or not."""
        items = [{"interview_code": code, "scores": interview_scores(share)} for code, share in percent.items()]
        caller = self.caller("panels:score", subject=examiner)
        return dict((await self.send("/v1/interview-scores", self.of_plan(items), caller)).json())

    def of_plan(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the body of a request on items of the plan."""
        return {"plan_id": str(self.plan_id), "items": items}


def practical_scores(percent: str | float) -> dict[str, str]:
    """Give every criterion the same share, moved to the nearest steps so that the total is right."""
    return _scores([(criterion.code, 20) for criterion in BLUEPRINT.component("practical").criteria], float(percent))


def interview_scores(percent: float) -> dict[str, str]:
    """Give every criterion of the interview the same share, likewise."""
    return _scores([(criterion.code, 60) for criterion in BLUEPRINT.component("interview").criteria], percent)


def _scores(criteria: list[tuple[str, int]], percent: float) -> dict[str, str]:
    left, given = round(sum(steps for _, steps in criteria) * percent / 100), {}
    for code, steps in criteria:
        given[code] = str(min(left, steps) / 2)
        left -= min(left, steps)
    return given
