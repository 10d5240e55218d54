"""Plans under other blueprints than the derived one of all units: an authored one, and that of one chosen unit."""

import json
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.standards import Blueprint, default_blueprint, load_standard, parse_blueprint, template
from shared.standards.criteria import Criterion
from tests.worlds.grading import (
    Candidate,
    Grading,
    attended,
    finished,
    published,
    seated,
    submitted,
    unsealed,
)

pytestmark = pytest.mark.integration

EXAMPLE = parse_blueprint(
    (Path(__file__).parents[3] / "examples" / "blueprint-xb2b-junior.yaml").read_text("utf-8"), "example.yaml"
)
PURCHASING = default_blueprint(load_standard("kjdzsw"), "junior", "kjdzsw:junior:purchasing")
AUTHORED_UNIT = parse_blueprint(template(load_standard("kjdzsw"), "junior", "kjdzsw:junior:store-operation"), "x.yaml")
MARKERS: dict[str, UUID | None] = {"one": None, "two": None, "three": None}


def share(criteria: tuple[Criterion, ...], numerator: int) -> dict[str, str]:
    """Give so many quarters of each criterion's points, in its steps."""
    given = {each.code: each.points * numerator / 4 // each.step * each.step for each in criteria}
    return {code: str(points) for code, points in given.items()}


async def examined(grading: Grading, blueprint: Blueprint, quarters: int) -> dict:
    """Let one candidate go through all of grading; return the released result."""
    plan, candidate = grading.plan_id, Candidate(1)
    events = [published(plan, blueprint), seated(plan, candidate), submitted(plan, candidate)]
    events += [attended(plan, candidate), finished(plan, candidates=1, works=1, interviews=1)]
    await grading.deliver(events)
    await grading.set_up(MARKERS)
    await grading.manage("allocate", {"seed": 3})
    scores = share(blueprint.practical.criteria, quarters)
    for marker in MARKERS:
        if await grading.tasks(marker):
            body = {"plan_id": str(plan), "items": [{"work_code": candidate.work_code, "scores": scores}]}
            answer = await grading.post("/v1/marks", marker, "marks:write", body)
            assert answer.json()["items"][0]["ok"], answer.text
    scores = share(blueprint.interview.criteria, quarters)
    for examiner in ("p0-e0", "p0-e1", "p0-e2"):
        body = {"plan_id": str(plan), "items": [{"interview_code": candidate.interview_code, "scores": scores}]}
        answer = await grading.post("/v1/interview-scores", examiner, "panels:score", body)
        assert answer.json()["items"][0]["ok"], answer.text
    await grading.manage("close-marking")
    await grading.deliver([unsealed(plan, candidate)])
    assert (await grading.release()).is_success
    [row] = await grading.outbox("grading.result_published.v1")
    return dict(json.loads(row.payload))


@pytest.mark.parametrize(
    "blueprint", [EXAMPLE, PURCHASING, AUTHORED_UNIT], ids=["authored", "one unit", "one unit, authored"]
)
async def test_full_marks_are_a_hundred_whatever_the_points_are(grading: Grading, blueprint: Blueprint):
    result = await examined(grading, blueprint, 4)
    assert (result["outcome"], result["total"]) == ("pass", "100.00")
    assert result["requirements"] == list(blueprint.requirements)


async def test_scores_are_shares_of_what_the_author_gives(grading: Grading):
    result = await examined(grading, EXAMPLE, 2)
    points = sum(Decimal(value) for value in share(EXAMPLE.practical.criteria, 2).values())
    assert result["outcome"] == "fail"
    assert Decimal(result["components"][0]["score"]) == points  # of a hundred


async def test_criteria_are_shown_with_what_their_author_wrote(grading: Grading):
    await grading.deliver([published(grading.plan_id, EXAMPLE)])
    answer = await grading.get(f"/v1/plans/{grading.plan_id}/criteria", "one", "marks:write")
    shown = json.dumps(answer.json(), ensure_ascii=False)
    for text in ("没有交出，或完全不能用", "Misses the errors", "banded", "24 个指定栏目"):
        assert text in shown
