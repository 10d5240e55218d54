"""A marker cannot tell the first position from the second, nor whose work it is."""

from typing import Any
from uuid import UUID

import pytest

from tests.worlds.grading import Candidate, Grading, attended, published, seated, submitted

pytestmark = pytest.mark.integration

SCHOOL = UUID(int=0xABCDEF)
#: What a marker may be told about a work.
MAY_SEE = {"work_code", "artefacts"}


async def seen_by(grading: Grading, marker: str, share: float, code: str) -> list[Any]:
    """Everything that the API tells a marker, before and after marking a work."""
    plan = grading.plan_id
    seen: list[Any] = []

    async def look() -> None:
        for path in (f"/v1/plans/{plan}", f"/v1/plans/{plan}/criteria", "/v1/plans", "/v1/marking-tasks"):
            answer = await grading.get(path, marker, "marks:write", plan_id=plan)
            seen.append((path, answer.status_code, sorted(answer.headers), answer.json()))

    await look()
    seen.append(await grading.mark(marker, {code: share}))
    await look()
    return seen


async def test_first_and_second_marker_are_told_the_same(grading: Grading):
    plan, candidate = grading.plan_id, Candidate(1, SCHOOL)
    await grading.deliver([published(plan), seated(plan, candidate), submitted(plan, candidate)])
    await grading.set_up({"one": None, "two": None, "three": None})
    await grading.manage("allocate", {"seed": 1})
    rows = await grading.rows("SELECT marker FROM allocation ORDER BY position")
    first, second = (row.marker for row in rows)
    # They disagree, so that the second marker's request is the one that calls the third in.
    told_first = await seen_by(grading, first, 60, candidate.work_code)
    told_second = await seen_by(grading, second, 90, candidate.work_code)
    assert told_first == told_second
    third = (await grading.rows("SELECT marker FROM allocation WHERE position = 3"))[0].marker
    assert await seen_by(grading, third, 88, candidate.work_code) == told_first
    text = str(told_first)
    for hidden in (SCHOOL, candidate.application_id, candidate.journey_id):
        assert str(hidden) not in text
    assert set(told_first[3][3]["items"][0]) == MAY_SEE


async def test_refused_marks_sound_the_same_in_every_position(grading: Grading):
    plan, candidate = grading.plan_id, Candidate(1)
    await grading.deliver([published(plan), submitted(plan, candidate)])
    await grading.set_up({"one": None, "two": None})
    await grading.manage("allocate", {"seed": 1})
    body = {"plan_id": str(plan), "items": [{"work_code": candidate.work_code, "scores": {}}]}
    first, second = [(await grading.post("/v1/marks", marker, "marks:write", body)).json() for marker in ("one", "two")]
    assert first == second


async def test_panels_see_codes_only(grading: Grading):
    plan, candidate = grading.plan_id, Candidate(1, SCHOOL)
    await grading.deliver([published(plan), attended(plan, candidate)])
    await grading.set_up({"one": None})
    await grading.manage("allocate", {"seed": 1})
    answer = await grading.get("/v1/interview-tasks", "p0-e0", "panels:score", plan_id=plan)
    assert answer.json()["items"] == [{"interview_code": candidate.interview_code}]


async def test_no_table_keeps_a_journey_or_an_application_beside_a_work_code_while_marking(grading: Grading):
    columns = await grading.rows(
        "SELECT table_name, array_agg(column_name::text) AS names FROM information_schema.columns"
        " WHERE table_schema = 'public' GROUP BY table_name"
    )
    together = [row.table_name for row in columns if {"work_code", "journey_id"} <= set(row.names)]
    assert together == []
    joined = [row.table_name for row in columns if {"work_code", "application_id"} <= set(row.names)]
    assert joined == ["unsealed_work"]
    plan, candidate = grading.plan_id, Candidate(1)
    journeys = {candidate.application_id: candidate.journey_id}
    await grading.deliver([published(plan), seated(plan, candidate), submitted(plan, candidate)], journeys)
    assert await grading.rows("SELECT * FROM unsealed_work") == []
