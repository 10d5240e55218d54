"""What happens to an application after entry is written beside its row and into no index, however many at once."""

from tests.registration.integration.test_reactions import life_of
from tests.worlds.payloads import candidate_checked_in, interview_attended
from tests.worlds.registration import candidate, decision

_MOVED = """
    SELECT pg_stat_get_xact_tuples_updated(CAST(:table AS regclass)) AS updated,
           pg_stat_get_xact_tuples_hot_updated(CAST(:table AS regclass)) AS in_place
"""


async def test_a_decision_leaves_the_indexes_alone(world):
    school, plan_id = await world.school(), await world.plan()
    applications = await world.applicants(school, plan_id, 60)
    async with world.service.work() as work:
        await work.execute("UPDATE application SET status = 'admitted', version = 2")
        [moved] = await work.rows(_MOVED, {"table": "application"})
    assert moved.updated == len(applications)
    assert moved.in_place > 0.8 * moved.updated


async def test_the_journeys_of_a_batch_grow_in_place(world):
    school, plan_id = await world.school(), await world.plan()
    applications = await world.applicants(school, plan_id, 60)
    seats = [life_of(application, plan_id)[0] for application in applications]
    await world.tell(*seats)
    async with world.service.work() as work:
        await work.execute("UPDATE journey SET practical_checked_in_at = now()")
        [moved] = await work.rows(_MOVED, {"table": "journey"})
    assert moved.updated == len(applications)
    assert moved.in_place > 0.8 * moved.updated


async def test_a_live_application_is_one_whose_person_may_not_apply_again(world):
    school, plan_id = await world.school(), await world.plan()
    [first, second] = await world.applicants(school, plan_id, 2)
    verdicts = [decision(first, "admit"), decision(second, "refuse", reason_code="materials_mismatch")]
    await world.post("/v1/applications/decisions", {"items": verdicts})
    rows = await world.rows("SELECT id, live FROM application ORDER BY id")
    assert [row.live for row in rows] == [True, False]


async def test_components_are_told_apart_in_one_batch(world):
    school, plan_id = await world.school(), await world.plan()
    [one, other] = await world.applicants(school, plan_id, 2)
    await world.tell(
        candidate_checked_in(plan_id, candidate(one), "practical"),
        candidate_checked_in(plan_id, candidate(other), "interview"),
    )
    await world.tell(interview_attended(plan_id, candidate(other)))
    stages = [
        [entry["stage"] for entry in (await world.get(f"/v1/applications/{each['id']}", school))["timeline"]]
        for each in (one, other)
    ]
    assert stages == [
        ["submitted", "practical_checked_in"],
        ["submitted", "interview_checked_in", "interview_attended"],
    ]
