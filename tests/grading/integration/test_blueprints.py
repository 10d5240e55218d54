"""Plans under other blueprints than the derived one of all units: an authored one, and that of one chosen unit."""

import json
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.standards import Blueprint, default_blueprint, load_standard, parse_blueprint, template
from shared.standards.criteria import Criterion
from tests.worlds.grading import World
from tests.worlds.payloads import (
    Candidate,
    interview_attended,
    plan_finished,
    plan_published,
    seat_assigned,
    work_submitted,
    work_unsealed,
)

pytestmark = pytest.mark.integration

EXAMPLE = parse_blueprint(
    (Path(__file__).parents[3] / "examples" / "blueprint-xb2b-junior.yaml").read_text("utf-8"), "example.yaml"
)
PURCHASING = default_blueprint(load_standard("kjdzsw"), "junior", "kjdzsw:junior:purchasing")
AUTHORED_UNIT = parse_blueprint(template(load_standard("kjdzsw"), "junior", "kjdzsw:junior:store-operation"), "x.yaml")
MARKERS: dict[str, UUID | None] = {"one": None, "two": None, "three": None}


def share(criteria: tuple[Criterion, ...], numerator: int) -> dict[str, str]:
    """Give so many quarters of each criterion's points, or the most below that can be given."""
    return {each.code: str(_most(each, each.points * numerator / 4)) for each in criteria}


def _most(criterion: Criterion, limit: Decimal) -> Decimal:
    if criterion.step:
        return limit // criterion.step * criterion.step
    return max(band.up_to for band in criterion.bands if band.up_to <= limit)


async def examined(world: World, blueprint: Blueprint, quarters: int) -> dict:
    """Let one candidate go through all of grading; return the released result."""
    plan, candidate = world.plan_id, Candidate(1)
    events = [plan_published(plan, blueprint), seat_assigned(plan, candidate), work_submitted(plan, candidate)]
    events += [interview_attended(plan, candidate), plan_finished(plan, candidates=1, works=1, interviews=1)]
    await world.tell(*events)
    await world.appoint(MARKERS)
    await world.command("allocate", {"seed": 3})
    scores = share(blueprint.component("practical").criteria, quarters)
    for marker in MARKERS:
        if await world.tasks(marker):
            body = world.of_plan([{"work_code": candidate.work_code, "scores": scores}])
            answer = await world.post("/v1/marks", body, world.caller("marks:write", subject=marker))
            assert answer["items"][0]["ok"], answer
    scores = share(blueprint.component("interview").criteria, quarters)
    for examiner in ("p0-e0", "p0-e1", "p0-e2"):
        body = world.of_plan([{"interview_code": candidate.interview_code, "scores": scores}])
        answer = await world.post("/v1/interview-scores", body, world.caller("panels:score", subject=examiner))
        assert answer["items"][0]["ok"], answer
    await world.command("close-marking")
    await world.tell(work_unsealed(plan, candidate))
    assert (await world.command("release")).is_success
    [result] = await world.payloads("result_published")
    return result


@pytest.mark.parametrize(
    "blueprint", [EXAMPLE, PURCHASING, AUTHORED_UNIT], ids=["authored", "one unit", "one unit, authored"]
)
async def test_full_marks_are_a_hundred_whatever_the_points_are(world: World, blueprint: Blueprint):
    result = await examined(world, blueprint, 4)
    assert (result["outcome"], result["total"]) == ("pass", "100.00")
    assert result["requirements"] == list(blueprint.requirements)


async def test_scores_are_shares_of_what_the_author_gives(world: World):
    result = await examined(world, EXAMPLE, 2)
    points = sum(Decimal(value) for value in share(EXAMPLE.component("practical").criteria, 2).values())
    assert result["outcome"] == "fail"
    assert Decimal(result["components"][0]["score"]) == points  # of a hundred


async def test_a_judged_criterion_takes_only_what_a_band_is_worth(world: World):
    judged = next(each for each in EXAMPLE.component("interview").criteria if each.kind == "judged")
    await world.tell(plan_published(world.plan_id, EXAMPLE), seat_assigned(world.plan_id, Candidate(1)))
    await world.tell(interview_attended(world.plan_id, Candidate(1)))
    await world.appoint(MARKERS)
    await world.command("allocate", {"seed": 3})
    scores = share(EXAMPLE.component("interview").criteria, 4) | {judged.code: str(judged.points - 1)}
    body = world.of_plan([{"interview_code": Candidate(1).interview_code, "scores": scores}])
    [item] = (await world.send("/v1/interview-scores", body, world.caller("panels:score", subject="p0-e0"))).json()[
        "items"
    ]
    assert item["error"]["code"] == "not-a-band"


async def test_criteria_are_shown_with_what_their_author_wrote(world: World):
    await world.tell(plan_published(world.plan_id, EXAMPLE))
    criteria = await world.get(f"/v1/plans/{world.plan_id}/criteria", world.caller("marks:write", subject="one"))
    shown = json.dumps(criteria, ensure_ascii=False)
    for text in ("没有交出，或完全不能用", "Misses the errors", "banded", "24 个指定栏目"):
        assert text in shown
