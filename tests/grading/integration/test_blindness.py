"""A marker cannot tell the first position from the second, nor whose work it is."""

from typing import Any
from uuid import UUID

import pytest

from tests.worlds.grading import World
from tests.worlds.payloads import Candidate, interview_attended, plan_published, seat_assigned, work_submitted

pytestmark = pytest.mark.integration

SCHOOL = UUID(int=0xABCDEF)
#: What a marker may be told about a work.
MAY_SEE = {"work_code", "artefacts"}


async def seen_by(world: World, marker: str, share: float, code: str) -> list[Any]:
    """Everything that the API tells a marker, before and after marking a work."""
    plan = world.plan_id
    seen: list[Any] = []

    async def look() -> None:
        for path in (f"/v1/plans/{plan}", f"/v1/plans/{plan}/criteria", "/v1/plans", "/v1/marking-tasks"):
            answer = await world.ask(path, world.caller("marks:write", subject=marker), plan_id=plan)
            seen.append((path, answer.status_code, sorted(answer.headers), answer.json()))

    await look()
    seen.append(await world.mark(marker, {code: share}))
    await look()
    return seen


async def test_first_and_second_marker_are_told_the_same(world: World):
    plan, candidate = world.plan_id, Candidate(1, SCHOOL)
    await world.tell(plan_published(plan), seat_assigned(plan, candidate), work_submitted(plan, candidate))
    await world.appoint({"one": None, "two": None, "three": None})
    await world.command("allocate", {"seed": 1})
    rows = await world.rows("SELECT marker FROM allocation ORDER BY position")
    first, second = (row.marker for row in rows)
    # They disagree, so that the second marker's request is the one that calls the third in.
    told_first = await seen_by(world, first, 60, candidate.work_code)
    told_second = await seen_by(world, second, 90, candidate.work_code)
    assert told_first == told_second
    third = (await world.rows("SELECT marker FROM allocation WHERE position = 3"))[0].marker
    assert await seen_by(world, third, 88, candidate.work_code) == told_first
    text = str(told_first)
    for hidden in (SCHOOL, candidate.application_id, candidate.journey_id):
        assert str(hidden) not in text
    assert set(told_first[3][3]["items"][0]) == MAY_SEE


async def test_refused_marks_sound_the_same_in_every_position(world: World):
    plan, candidate = world.plan_id, Candidate(1)
    await world.tell(plan_published(plan), work_submitted(plan, candidate))
    await world.appoint({"one": None, "two": None})
    await world.command("allocate", {"seed": 1})
    body = world.of_plan([{"work_code": candidate.work_code, "scores": {}}])
    told = [await world.post("/v1/marks", body, world.caller("marks:write", subject=name)) for name in ("one", "two")]
    assert told[0] == told[1]


async def test_panels_see_codes_only(world: World):
    plan, candidate = world.plan_id, Candidate(1, SCHOOL)
    await world.tell(plan_published(plan), interview_attended(plan, candidate))
    await world.appoint({"one": None})
    await world.command("allocate", {"seed": 1})
    found = await world.get("/v1/interview-tasks", world.caller("panels:score", subject="p0-e0"), plan_id=plan)
    assert found["items"] == [{"interview_code": candidate.interview_code}]


async def test_no_table_keeps_a_journey_or_an_application_beside_a_work_code_while_marking(world: World):
    columns = await world.rows(
        "SELECT table_name, array_agg(column_name::text) AS names FROM information_schema.columns"
        " WHERE table_schema = 'public' GROUP BY table_name"
    )
    together = [row.table_name for row in columns if {"work_code", "journey_id"} <= set(row.names)]
    assert together == []
    joined = [row.table_name for row in columns if {"work_code", "application_id"} <= set(row.names)]
    assert joined == ["unsealed_work"]
    plan, candidate = world.plan_id, Candidate(1)
    await world.tell(plan_published(plan), seat_assigned(plan, candidate), work_submitted(plan, candidate))
    assert await world.rows("SELECT * FROM unsealed_work") == []
