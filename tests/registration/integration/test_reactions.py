"""The applicant's view follows the other services' events, in whatever order they come."""

import itertools
from datetime import timedelta

from shared import ids
from tests.worlds.payloads import (
    NOW,
    NUMBER,
    SEAT,
    candidate_absent,
    candidate_checked_in,
    certificate_issued,
    certificate_revoked,
    interview_attended,
    plan_finished,
    result_published,
    seat_assigned,
)
from tests.worlds.registration import candidate


def life_of(application, plan_id):
    """Return one event of each kind, an hour apart."""
    who, certificate_id = candidate(application), ids.new_id()
    seat = SEAT.model_copy(update={"station": "07"})
    at = [NOW + timedelta(hours=hour) for hour in range(1, 7)]
    return (
        seat_assigned(plan_id, who, practical=seat, interview=seat, assigned_at=at[0]),
        candidate_checked_in(plan_id, who, at=at[1]),
        interview_attended(plan_id, who, at=at[2]),
        result_published(plan_id, who, published_at=at[3]),
        certificate_issued(who, certificate_id, at=at[4]),
        certificate_revoked(who, certificate_id, at=at[5]),
    )


STAGES = [
    "submitted",
    "seat_assigned",
    "practical_checked_in",
    "interview_attended",
    "result_published",
    "certificate_issued",
    "certificate_revoked",
]


async def test_the_timeline_is_the_same_in_any_order_of_events(world):
    school, plan_id = await world.school(), await world.plan()
    orders = list(itertools.permutations(range(6)))[::60]
    applications = await world.applicants(school, plan_id, len(orders))
    for application, order in zip(applications, orders, strict=True):
        life = life_of(application, plan_id)
        for place in order:
            await world.tell(life[place])
            await world.tell(life[place])
        shown = await world.get(f"/v1/applications/{application['id']}", school)
        assert [entry["stage"] for entry in shown["timeline"]] == STAGES
        assert shown["seat"]["practical"]["station"] == "07"
        assert shown["result"]["outcome"] == "pass"
        assert (shown["certificate"]["number"], shown["certificate"]["status"]) == (NUMBER, "revoked")
        assert shown["timeline"][-1]["detail"] == "misconduct"


async def test_absence_is_shown_and_a_batch_of_events_is_one_statement_per_component(world):
    school, plan_id = await world.school(), await world.plan()
    one, two = await world.applicants(school, plan_id, 2)
    await world.tell(
        candidate_absent(plan_id, candidate(one), "practical"),
        candidate_absent(plan_id, candidate(two), "interview"),
    )
    for application, stage in ((one, "practical_absent"), (two, "interview_absent")):
        shown = await world.get(f"/v1/applications/{application['id']}", school)
        assert stage in [entry["stage"] for entry in shown["timeline"]]


async def test_plans_open_for_entry_are_listed(world):
    school = await world.school()
    open_plan = await world.plan()
    await world.plan(entry_closes_at=NOW)
    await world.plan(entry_opens_at=NOW + timedelta(hours=1))
    assert [plan["id"] for plan in (await world.get("/v1/plans", school))["items"]] == [open_plan]
    await world.tell(plan_finished(open_plan, candidates=0, works=0, interviews=0))
    assert (await world.rows("SELECT finished_at FROM plan WHERE finished_at IS NOT NULL"))[0].finished_at == NOW
