"""From events in any order to released results, all at once or not at all."""

import json
import random
from uuid import UUID

import pytest

from services.grading.adapters import candidates
from shared.events.payload import EventPayload
from tests.worlds.grading import World
from tests.worlds.payloads import (
    BLUEPRINT,
    Candidate,
    candidate_absent,
    interview_attended,
    plan_finished,
    plan_published,
    seat_assigned,
    work_submitted,
    work_unsealed,
)

pytestmark = pytest.mark.integration

PASSES, FAILS_PRACTICAL, FAILS_INTERVIEW, NO_PRACTICAL, NO_INTERVIEW = (Candidate(number) for number in range(5))
ALL = [PASSES, FAILS_PRACTICAL, FAILS_INTERVIEW, NO_PRACTICAL, NO_INTERVIEW]
MARKERS: dict[str, UUID | None] = {"one": None, "two": None, "three": None}


def exam_events(plan: UUID) -> list[EventPayload]:
    with_work = [candidate for candidate in ALL if candidate is not NO_PRACTICAL]
    interviewed = [candidate for candidate in ALL if candidate is not NO_INTERVIEW]
    return [
        *(seat_assigned(plan, candidate) for candidate in ALL),
        *(work_submitted(plan, candidate) for candidate in with_work),
        *(interview_attended(plan, candidate) for candidate in interviewed),
        candidate_absent(plan, NO_PRACTICAL, "practical"),
        candidate_absent(plan, NO_INTERVIEW, "interview"),
    ]


async def marked(world: World) -> None:
    """Mark and score everything: 80 of a hundred, but for those who fail."""
    await world.appoint(MARKERS)
    await world.command("allocate", {"seed": 3})
    for marker in MARKERS:
        if tasks := await world.tasks(marker):
            await world.mark(marker, {code: 50 if code == FAILS_PRACTICAL.work_code else 80 for code in tasks})
    codes = {candidate.interview_code: 80.0 for candidate in ALL if candidate is not NO_INTERVIEW}
    for examiner, share in (("p0-e0", 40.0), ("p0-e1", 70.0), ("p0-e2", 60.0)):
        await world.score_interviews(examiner, codes | {FAILS_INTERVIEW.interview_code: share})


async def unsealed_all(world: World) -> None:
    with_work = [candidate for candidate in ALL if candidate is not NO_PRACTICAL]
    await world.tell(*(work_unsealed(world.plan_id, candidate) for candidate in with_work))


@pytest.mark.parametrize("order", range(4))
async def test_events_in_any_order_lead_to_the_same_results(world: World, order: int):
    plan = world.plan_id
    plan_events = [plan_published(plan), plan_finished(plan, candidates=5, works=4, interviews=4)]
    events = exam_events(plan)
    random.Random(order).shuffle(events)
    cut = random.Random(order).randrange(len(events))
    await world.tell(*events[:cut], *plan_events, *events[cut:])
    await marked(world)
    assert (await world.command("close-marking")).json() == {"works": 4}
    await unsealed_all(world)
    assert (await world.command("release")).json() == {"pass": 1, "fail": 2, "absent": 2}
    found = await world.get(f"/v1/plans/{plan}/results", world.caller("results:release", subject="director"))
    results = {item["application_id"]: item for item in found["items"]}
    expected = {
        PASSES: ("pass", "80.00", "80.00", "80.00"),
        FAILS_PRACTICAL: ("fail", "50.00", "80.00", "59.00"),
        FAILS_INTERVIEW: ("fail", "80.00", "56.67", "73.00"),
        NO_PRACTICAL: ("absent", None, "80.00", None),
        NO_INTERVIEW: ("absent", "80.00", None, None),
    }
    for candidate, figures in expected.items():
        found = results[str(candidate.application_id)]
        assert (found["outcome"], found["practical"], found["interview"], found["total"]) == figures


@pytest.mark.parametrize("page", [1, 2, 5, 1_000])
async def test_results_are_published_once_each_with_the_journey_and_what_was_examined(
    world: World, page: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(candidates, "_PAGE", page)
    plan = world.plan_id
    await world.tell(plan_published(plan), *exam_events(plan), plan_finished(plan, candidates=5, works=4, interviews=4))
    await marked(world)
    await world.command("close-marking")
    await unsealed_all(world)
    await world.command("release")
    again = await world.command("release")
    assert (again.status_code, again.json()["type"]) == (409, "urn:kaozheng:problem:already-released")
    (closed,) = await world.published("marking_closed")
    assert (closed.version, closed.key) == (1, str(plan))
    events = await world.published("result_published")
    released = {row.key: row for row in events}
    assert len(events) == len(ALL)
    assert set(released) == {str(candidate.application_id) for candidate in ALL}
    for candidate in ALL:
        row = released[str(candidate.application_id)]
        assert (row.version, row.journey_id) == (1, candidate.journey_id)
    payload = released[str(PASSES.application_id)].payload
    assert payload["requirements"] == list(BLUEPRINT.requirements)
    assert payload["components"][0] == {"component": "practical", "score": "80.00", "passed": True}
    late = await world.score_interviews("p0-e0", {PASSES.interview_code: 10.0})
    assert late["type"] == "urn:kaozheng:problem:already-released"


async def test_what_is_missing_is_counted_and_nothing_leaves(world: World):
    plan = world.plan_id
    events = exam_events(plan)
    late_work, late_seat = events.pop(len(ALL)), events.pop(0)
    await world.tell(plan_published(plan), *events)
    assert await lacks(world, "close-marking") == {"exam-not-finished"}
    assert (await world.progress())["expected_works"] is None
    await world.tell(plan_finished(plan, candidates=5, works=4, interviews=4))
    progress = await world.progress()
    assert (progress["expected_candidates"], progress["expected_works"]) == (5, 4)
    await marked(world)
    assert await lacks(world, "close-marking") == {"works-not-received"}
    await world.tell(late_work)
    assert await lacks(world, "close-marking") == {"works-not-settled"}
    await marked(world)
    early = await world.command("release")
    assert early.json()["type"] == "urn:kaozheng:problem:marking-open"
    await world.command("close-marking")
    await world.tell(late_seat)
    assert await world.published("result_published") == []
    refused = await world.command("release")
    assert refused.status_code == 409
    assert [error["message"] for error in refused.json()["errors"]] == ["The works of 4 candidates are sealed."]
    await unsealed_all(world)
    assert (await world.command("release")).status_code == 200


async def lacks(world: World, deed: str) -> set[str]:
    answer = await world.command(deed)
    assert answer.status_code == 409, answer.text
    return {error["code"] for error in answer.json()["errors"]}


async def test_no_score_can_be_had_before_the_release(world: World):
    plan = world.plan_id
    await world.tell(plan_published(plan), *exam_events(plan), plan_finished(plan, candidates=5, works=4, interviews=4))
    await marked(world)
    await world.command("close-marking")
    await unsealed_all(world)
    scopes = ["marking:manage", "marks:write", "marks:arbitrate", "panels:score", "results:release"]
    paths = [route.path for route in world.service.routers[0].routes if "GET" in route.methods]  # type: ignore[attr-defined]
    paths += [route.path for route in world.service.routers[1].routes if "GET" in route.methods]  # type: ignore[attr-defined]
    assert len(paths) == 7
    for path in paths:
        answer = await world.ask(path.format(plan_id=plan), world.caller(*scopes, subject="one"), plan_id=plan)
        assert answer.status_code == (409 if path.endswith("/results") else 200), path
        assert not {"80.00", "50.00", "56.67", "59.00"} & set(json.dumps(answer.json()).split('"')), path
    assert await world.rows("SELECT * FROM result") == []
    assert not any("80.00" in json.dumps(event.payload) for event in await world.published())


async def test_panel_scores_are_joined_when_all_examiners_are_in_and_again_when_one_changes(world: World):
    plan = world.plan_id
    await world.tell(plan_published(plan), *exam_events(plan))
    await world.appoint(MARKERS, panels=2)
    await world.command("allocate", {"seed": 1})
    (code, panel), *_ = await world.rows(
        "SELECT i.interview_code, p.name FROM interview i JOIN panel p USING (panel_id) ORDER BY 1"
    )
    for examiner, share in enumerate((70.0, 80.0)):
        await world.score_interviews(f"{panel}-e{examiner}", {code: share})
        assert (await world.progress())["interviews_scored"] == 0
    await world.score_interviews(f"{panel}-e2", {code: 90.0})
    assert await score_of(world, code) == "80.00"
    await world.score_interviews(f"{panel}-e2", {code: 60.0})
    assert await score_of(world, code) == "70.00"
    other = "p1" if panel == "p0" else "p0"
    refused = await world.score_interviews(f"{other}-e0", {code: 90.0, "I999999": 10.0})
    assert [item["error"]["code"] for item in refused["items"]] == ["not-yours", "unknown-code"]
    tasks = await world.ask("/v1/interview-tasks", world.caller("panels:score", subject=f"{panel}-e0"), plan_id=plan)
    assert code not in [item["interview_code"] for item in tasks.json()["items"]]


async def score_of(world: World, code: str) -> str:
    rows = await world.rows(f"SELECT score FROM interview WHERE interview_code = '{code}'")
    return f"{rows[0].score:.2f}"


async def test_blueprint_that_is_none_is_refused_for_parking(world: World):
    broken = plan_published(world.plan_id).model_copy(update={"blueprint": {"code": "x"}})
    with pytest.raises(ValueError, match="validation error"):
        await world.tell(broken)


async def test_a_plan_with_components_that_are_not_graded_is_refused_for_parking(world: World):
    data = BLUEPRINT.model_dump(mode="json")
    data["components"] = [data["components"][0] | {"weight": "1"}]
    with pytest.raises(ValueError, match="unpack"):
        await world.tell(plan_published(world.plan_id).model_copy(update={"blueprint": data}))
