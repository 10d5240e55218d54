"""Blind double marking through the API."""

import asyncio
from uuid import UUID

import pytest

from shared.web.pages import encode_cursor
from tests.worlds.callers import NOBODY
from tests.worlds.grading import World, practical_scores
from tests.worlds.payloads import Candidate, plan_finished, plan_published, work_submitted

pytestmark = pytest.mark.integration

MARKERS: dict[str, UUID | None] = {f"marker-{number}": None for number in range(4)}


async def in_marking(world: World, works: int = 1, markers: dict[str, UUID | None] | None = None) -> None:
    plan = world.plan_id
    works_in = [work_submitted(plan, Candidate(number)) for number in range(works)]
    await world.tell(plan_published(plan), *works_in, plan_finished(plan, candidates=works, works=works, interviews=0))
    await world.appoint(markers or MARKERS)
    answer = await world.command("allocate", {"seed": 1})
    assert answer.json() == {"works": works, "allocated": works, "interviews": 0}


async def markers_of(world: World, code: str = "W000000") -> list[str]:
    rows = await world.rows(f"SELECT marker FROM allocation WHERE work_code = '{code}' ORDER BY position")
    return [row.marker for row in rows]


async def state_of(world: World, code: str = "W000000") -> tuple[str, str | None]:
    row = (await world.rows(f"SELECT state, score FROM work WHERE work_code = '{code}'"))[0]
    return row.state, None if row.score is None else f"{row.score:.2f}"


async def test_marks_within_tolerance_agree_and_repeats_add_nothing(world: World):
    await in_marking(world)
    first, second = await markers_of(world)
    assert await world.tasks(first) == ["W000000"]
    assert (await world.mark(first, {"W000000": 70}))["items"] == [{"index": 0, "ok": True, "status": "recorded"}]
    assert await world.tasks(first) == []
    assert await state_of(world) == ("marking", None)
    await world.mark(first, {"W000000": 70})
    await world.mark(second, {"W000000": 75})
    assert await state_of(world) == ("agreed", "72.50")
    assert [row.revision for row in await world.rows("SELECT revision FROM mark")] == [1, 1]


async def test_disagreement_goes_to_a_third_marker_at_once_and_then_to_an_arbitrator(world: World):
    await in_marking(world)
    first, second = await markers_of(world)
    await world.mark(first, {"W000000": 70})
    await world.mark(second, {"W000000": 85})
    assert (await state_of(world))[0] == "third_needed"
    third = (await markers_of(world))[2]
    assert third not in {first, second}
    assert await world.tasks(third) == ["W000000"]
    await world.mark(third, {"W000000": 77.5})
    assert await state_of(world) == ("arbitration", None)
    arbiter = world.caller("marks:arbitrate", subject="arbiter")
    waiting = await world.get("/v1/arbitrations", arbiter, plan_id=world.plan_id)
    assert [item["work_code"] for item in waiting["items"]] == ["W000000"]
    refused = await world.mark(first, {"W000000": 80}, scope="marks:arbitrate")
    assert refused["items"][0]["error"]["code"] == "not-yours"
    await world.mark("arbiter", {"W000000": 80}, scope="marks:arbitrate")
    assert await state_of(world) == ("arbitrated", "80.00")
    late = await world.mark(first, {"W000000": 71})
    assert late["items"][0]["error"]["code"] == "already-closed"
    await world.mark("arbiter", {"W000000": 81.25}, scope="marks:arbitrate")
    assert await state_of(world) == ("arbitrated", "81.25")


async def test_agreement_is_never_stale_when_a_mark_is_revised(world: World):
    await in_marking(world)
    first, second = await markers_of(world)
    await world.mark(first, {"W000000": 70})
    await world.mark(second, {"W000000": 75})
    await world.mark(first, {"W000000": 50})
    assert await state_of(world) == ("third_needed", None)
    third = (await markers_of(world))[2]
    assert await world.tasks(third) == ["W000000"]
    await world.mark(first, {"W000000": 72.5})
    assert await state_of(world) == ("agreed", "73.75")
    assert await world.tasks(third) == []
    revisions = await world.rows("SELECT position, revision, score FROM mark ORDER BY position, revision")
    assert [(row.position, row.revision) for row in revisions] == [(1, 1), (1, 2), (1, 3), (2, 1)]


async def test_a_late_repeat_does_not_undo_a_revision(world: World):
    """As when a process thaws with a request in its hands that the marker has sent again and revised since."""
    await in_marking(world)
    [marker, _] = await markers_of(world)

    async def send(share: float, key: str) -> bytes:
        body = world.of_plan([{"work_code": "W000000", "scores": practical_scores(share)}])
        caller = world.caller("marks:write", subject=marker) | {"idempotency-key": key}
        return (await world.send("/v1/marks", body, caller)).content

    first = await send(70, "first")
    await send(75, "revised")
    assert await send(70, "first") == first
    assert [f"{row.score:.2f}" for row in await world.rows("SELECT score FROM mark ORDER BY revision")] == [
        "70.00",
        "75.00",
    ]


async def test_two_markers_at_the_same_moment_never_miss_each_other(world: World):
    await in_marking(world, works=30, markers={"one": None, "two": None, "three": None})
    codes = [f"W{number:06}" for number in range(30)]
    own = {marker: await world.tasks(marker) for marker in ("one", "two", "three")}
    assert sorted(code for tasks in own.values() for code in tasks) == sorted(codes * 2)
    await asyncio.gather(*(world.mark(marker, dict.fromkeys(tasks, 70)) for marker, tasks in own.items()))
    progress = await world.progress()
    assert (progress["agreed"], progress["marked_once"]) == (30, 0)


async def test_each_item_has_its_own_answer(world: World):
    await in_marking(world, works=6, markers={"one": None, "two": None})
    good = practical_scores(70)
    code = next(iter(good))
    bodies = [
        ("W000000", good),
        ("W999999", good),
        ("W000001", good | {code: "10.5"}),
        ("W000002", good | {code: "-1"}),
        ("W000003", good | {code: "8.3"}),
        ("W000004", {key: value for key, value in good.items() if key != code}),
        ("W000005", good | {"a/b~c": "1"}),
        ("W000000", good),
    ]
    items = [{"work_code": work, "scores": given} for work, given in bodies]
    marker = world.caller("marks:write", subject="one")
    reply = await world.post("/v1/marks", world.of_plan(items), marker)
    assert (reply["ok"], reply["failed"]) == (1, 7)
    assert [(item["error"]["code"], item["error"]["pointer"]) for item in reply["items"] if not item["ok"]] == [
        ("unknown-code", "/items/1/work_code"),
        ("above-maximum", f"/items/2/scores/{code}"),
        ("negative", f"/items/3/scores/{code}"),
        ("not-a-step", f"/items/4/scores/{code}"),
        ("missing-criterion", f"/items/5/scores/{code}"),
        ("unknown-criterion", "/items/6/scores/a~1b~0c"),
        ("given-twice", "/items/7"),
    ]
    stranger = await world.mark("three", {"W000000": 70})
    assert stranger["items"][0]["error"]["code"] == "not-yours"
    chinese = await world.post("/v1/marks", world.of_plan(items[1:2]), marker)
    assert chinese["items"][0]["error"]["message"] == "没有该编号。"


async def test_nobody_marks_works_of_the_own_school(world: World):
    plan, school = world.plan_id, UUID(int=1)
    await world.tell(plan_published(plan), *(work_submitted(plan, Candidate(n, school)) for n in range(10)))
    await world.appoint({"own": school, "one": None})
    refused = await world.command("allocate", {"seed": 1})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:kaozheng:problem:allocation-impossible")
    assert "10 of institution" in refused.json()["detail"]
    await world.appoint({"two": UUID(int=2), "three": None})
    assert (await world.command("allocate", {"seed": 1})).json()["allocated"] == 10
    assert (await world.command("allocate", {"seed": 1})).json()["allocated"] == 0
    assert await world.tasks("own") == []


async def test_third_marker_is_found_by_the_next_allocation_when_there_was_none(world: World):
    await in_marking(world, markers={"one": None, "two": None})
    await world.mark("one", {"W000000": 70})
    await world.mark("two", {"W000000": 90})
    assert (await world.progress())["third_without_marker"] == 1
    await world.appoint({"three": None})
    await world.command("allocate", {"seed": 2})
    assert await world.tasks("three") == ["W000000"]


async def test_marks_cannot_be_rewritten(world: World):
    await in_marking(world)
    await world.mark((await markers_of(world))[0], {"W000000": 70})
    for statement in ("UPDATE mark SET score = 100", "DELETE FROM mark"):
        with pytest.raises(Exception, match="append-only"):
            await world.rows(statement)


async def test_scopes_are_asked_for(world: World):
    await in_marking(world)
    body = world.of_plan([{"work_code": "W", "scores": {}}])
    stranger, marker = world.caller("plans:read"), world.caller("marks:write")
    for path in ("/v1/marks", "/v1/arbitrations", "/v1/interview-scores"):
        assert (await world.send(path, body, stranger)).status_code == 403
    for deed in ("markers", "panels", "allocate", "close-marking", "release"):
        answer = await world.send(f"/v1/plans/{world.plan_id}/{deed}", {"seed": 1}, marker)
        assert answer.status_code == 403
    assert (await world.ask("/v1/plans", NOBODY)).status_code == 401


async def test_texts_that_no_database_keeps_are_refused(world: World):
    await in_marking(world)
    nul = [{"subject": "a\0b"}]
    assert (await world.command("markers", {"items": nul})).status_code == 422
    cursor = encode_cursor("\0")
    marker = world.caller("marks:write", subject="one")
    answer = await world.ask("/v1/marking-tasks", marker, plan_id=world.plan_id, cursor=cursor)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:kaozheng:problem:cursor-invalid")
    assert (await world.command("allocate", {"seed": 2**63})).status_code == 422


async def test_tasks_and_plans_come_in_pages(world: World):
    await in_marking(world, works=7, markers={"one": None, "two": None})
    found, cursor, marker = [], None, world.caller("marks:write", subject="one")
    while True:
        page = {"plan_id": world.plan_id, "limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = await world.get("/v1/marking-tasks", marker, **page)
        found += [item["work_code"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert found == [f"W{number:06}" for number in range(7)]
    plans = await world.get("/v1/plans", marker)
    assert [plan["state"] for plan in plans["items"]] == ["marking"]
