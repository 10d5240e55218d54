"""Blind double marking through the API."""

import asyncio
from uuid import UUID

import pytest

from shared.web.pages import encode_cursor
from tests.worlds.grading import Candidate, Grading, finished, practical_points, published, scores, submitted

pytestmark = pytest.mark.integration

MARKERS: dict[str, UUID | None] = {f"marker-{number}": None for number in range(4)}


async def in_marking(grading: Grading, works: int = 1, markers: dict[str, UUID | None] | None = None) -> None:
    plan = grading.plan_id
    works_in = [submitted(plan, Candidate(number)) for number in range(works)]
    await grading.deliver([published(plan), *works_in, finished(plan, candidates=works, works=works, interviews=0)])
    await grading.set_up(markers or MARKERS)
    answer = await grading.manage("allocate", {"seed": 1})
    assert answer.json() == {"works": works, "allocated": works, "interviews": 0}


async def markers_of(grading: Grading, code: str = "W000000") -> list[str]:
    rows = await grading.rows(f"SELECT marker FROM allocation WHERE work_code = '{code}' ORDER BY position")
    return [row.marker for row in rows]


async def state_of(grading: Grading, code: str = "W000000") -> tuple[str, str | None]:
    row = (await grading.rows(f"SELECT state, score FROM work WHERE work_code = '{code}'"))[0]
    return row.state, None if row.score is None else str(row.score)


async def test_marks_within_tolerance_agree_and_repeats_add_nothing(grading: Grading):
    await in_marking(grading)
    first, second = await markers_of(grading)
    assert await grading.tasks(first) == ["W000000"]
    assert (await grading.mark(first, {"W000000": 70}))["items"] == [{"index": 0, "ok": True, "status": "recorded"}]
    assert await grading.tasks(first) == []
    assert await state_of(grading) == ("marking", None)
    await grading.mark(first, {"W000000": 70})
    await grading.mark(second, {"W000000": 75})
    assert await state_of(grading) == ("agreed", "72.50")
    assert [row.revision for row in await grading.rows("SELECT revision FROM mark")] == [1, 1]


async def test_disagreement_goes_to_a_third_marker_at_once_and_then_to_an_arbitrator(grading: Grading):
    await in_marking(grading)
    first, second = await markers_of(grading)
    await grading.mark(first, {"W000000": 70})
    await grading.mark(second, {"W000000": 85})
    assert (await state_of(grading))[0] == "third_needed"
    third = (await markers_of(grading))[2]
    assert third not in {first, second}
    assert await grading.tasks(third) == ["W000000"]
    await grading.mark(third, {"W000000": 77.5})
    assert await state_of(grading) == ("arbitration", None)
    answer = await grading.get("/v1/arbitrations", "arbiter", "marks:arbitrate", plan_id=grading.plan_id)
    assert [item["work_code"] for item in answer.json()["items"]] == ["W000000"]
    refused = await grading.mark(first, {"W000000": 80}, scope="marks:arbitrate")
    assert refused["items"][0]["error"]["code"] == "not-yours"
    await grading.mark("arbiter", {"W000000": 80}, scope="marks:arbitrate")
    assert await state_of(grading) == ("arbitrated", "80.00")
    late = await grading.mark(first, {"W000000": 71})
    assert late["items"][0]["error"]["code"] == "already-closed"
    await grading.mark("arbiter", {"W000000": 81.25}, scope="marks:arbitrate")
    assert await state_of(grading) == ("arbitrated", "81.25")


async def test_agreement_is_never_stale_when_a_mark_is_revised(grading: Grading):
    await in_marking(grading)
    first, second = await markers_of(grading)
    await grading.mark(first, {"W000000": 70})
    await grading.mark(second, {"W000000": 75})
    await grading.mark(first, {"W000000": 50})
    assert await state_of(grading) == ("third_needed", None)
    third = (await markers_of(grading))[2]
    assert await grading.tasks(third) == ["W000000"]
    await grading.mark(first, {"W000000": 72.5})
    assert await state_of(grading) == ("agreed", "73.75")
    assert await grading.tasks(third) == []
    revisions = await grading.rows("SELECT position, revision, score FROM mark ORDER BY position, revision")
    assert [(row.position, row.revision) for row in revisions] == [(1, 1), (1, 2), (1, 3), (2, 1)]


async def test_a_late_repeat_does_not_undo_a_revision(grading: Grading):
    """As when a process thaws with a request in its hands that the marker has sent again and revised since."""
    await in_marking(grading)
    [marker, _] = await markers_of(grading)

    async def send(share: float, key: str) -> bytes:
        item = {"work_code": "W000000", "scores": scores(practical_points(share))}
        headers = grading.staff.headers(marker, "marks:write") | {"idempotency-key": key}
        body = {"plan_id": str(grading.plan_id), "items": [item]}
        return (await grading.client.post("/v1/marks", json=body, headers=headers)).content

    first = await send(70, "first")
    await send(75, "revised")
    assert await send(70, "first") == first
    assert [str(row.score) for row in await grading.rows("SELECT score FROM mark ORDER BY revision")] == [
        "70.00",
        "75.00",
    ]


async def test_two_markers_at_the_same_moment_never_miss_each_other(grading: Grading):
    await in_marking(grading, works=30, markers={"one": None, "two": None, "three": None})
    codes = [f"W{number:06}" for number in range(30)]
    own = {marker: await grading.tasks(marker) for marker in ("one", "two", "three")}
    assert sorted(code for tasks in own.values() for code in tasks) == sorted(codes * 2)
    await asyncio.gather(*(grading.mark(marker, dict.fromkeys(tasks, 70)) for marker, tasks in own.items()))
    progress = await grading.progress()
    assert (progress["agreed"], progress["marked_once"]) == (30, 0)


async def test_each_item_has_its_own_answer(grading: Grading):
    await in_marking(grading, works=6, markers={"one": None, "two": None})
    good = scores(practical_points(70))
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
    answer = await grading.post("/v1/marks", "one", "marks:write", {"plan_id": str(grading.plan_id), "items": items})
    reply = answer.json()
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
    stranger = await grading.mark("three", {"W000000": 70})
    assert stranger["items"][0]["error"]["code"] == "not-yours"
    chinese = await grading.client.post(
        "/v1/marks",
        json={"plan_id": str(grading.plan_id), "items": items[1:2]},
        headers=grading.staff.headers("one", "marks:write", language="zh"),
    )
    assert chinese.json()["items"][0]["error"]["message"] == "没有该编号。"


async def test_nobody_marks_works_of_the_own_school(grading: Grading):
    plan, school = grading.plan_id, UUID(int=1)
    await grading.deliver([published(plan), *(submitted(plan, Candidate(n, school)) for n in range(10))])
    await grading.set_up({"own": school, "one": None})
    refused = await grading.manage("allocate", {"seed": 1})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:kaozheng:problem:allocation-impossible")
    assert "10 of institution" in refused.json()["detail"]
    await grading.set_up({"two": UUID(int=2), "three": None})
    assert (await grading.manage("allocate", {"seed": 1})).json()["allocated"] == 10
    assert (await grading.manage("allocate", {"seed": 1})).json()["allocated"] == 0
    assert await grading.tasks("own") == []


async def test_third_marker_is_found_by_the_next_allocation_when_there_was_none(grading: Grading):
    await in_marking(grading, markers={"one": None, "two": None})
    await grading.mark("one", {"W000000": 70})
    await grading.mark("two", {"W000000": 90})
    assert (await grading.progress())["third_without_marker"] == 1
    await grading.set_up({"three": None})
    await grading.manage("allocate", {"seed": 2})
    assert await grading.tasks("three") == ["W000000"]


async def test_marks_cannot_be_rewritten(grading: Grading):
    await in_marking(grading)
    await grading.mark((await markers_of(grading))[0], {"W000000": 70})
    for statement in ("UPDATE mark SET score = 100", "DELETE FROM mark"):
        with pytest.raises(Exception, match="append-only"):
            await grading.rows(statement)


async def test_scopes_are_asked_for(grading: Grading):
    await in_marking(grading)
    body = {"plan_id": str(grading.plan_id), "items": [{"work_code": "W", "scores": {}}]}
    for path in ("/v1/marks", "/v1/arbitrations", "/v1/interview-scores"):
        assert (await grading.post(path, "x", "plans:read", body)).status_code == 403
    for deed in ("markers", "panels", "allocate", "close-marking", "release"):
        answer = await grading.post(f"/v1/plans/{grading.plan_id}/{deed}", "x", "marks:write", {"seed": 1})
        assert answer.status_code == 403
    assert (await grading.client.get("/v1/plans")).status_code == 401


async def test_texts_that_no_database_keeps_are_refused(grading: Grading):
    await in_marking(grading)
    nul = [{"subject": "a\0b"}]
    assert (await grading.manage("markers", {"items": nul})).status_code == 422
    cursor = encode_cursor("\0")
    answer = await grading.get("/v1/marking-tasks", "one", "marks:write", plan_id=grading.plan_id, cursor=cursor)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:kaozheng:problem:cursor-invalid")
    assert (await grading.manage("allocate", {"seed": 2**63})).status_code == 422


async def test_tasks_and_plans_come_in_pages(grading: Grading):
    await in_marking(grading, works=7, markers={"one": None, "two": None})
    found, cursor = [], None
    while True:
        page = {"plan_id": grading.plan_id, "limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = (await grading.get("/v1/marking-tasks", "one", "marks:write", **page)).json()
        found += [item["work_code"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert found == [f"W{number:06}" for number in range(7)]
    plans = (await grading.get("/v1/plans", "one", "marks:write")).json()
    assert [plan["state"] for plan in plans["items"]] == ["marking"]
