"""The applicant's view follows the other services' events, in whatever order they come."""

import itertools
from datetime import timedelta

from shared import ids
from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1
from shared.events.exam import (
    CandidateAbsentV1,
    CandidateCheckedInV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    Seat,
    SeatAssignedV1,
)
from shared.events.grading import ComponentResult, ResultPublishedV1
from tests.worlds.registration import NOW


def life_of(application, plan_id):
    """Return one event of each kind, an hour apart."""
    own = {"application_id": application["id"], "plan_id": plan_id}
    seat = Seat(session_id=ids.new_id(), site="一号站", room="001", station="07", starts_at=NOW)
    at = [NOW + timedelta(hours=hour) for hour in range(1, 9)]
    certificate = {"application_id": application["id"], "certificate_id": ids.new_id()}
    components = (ComponentResult(component="practical", score="88.00", passed=True),)
    return (
        SeatAssignedV1(**own, institution_id=None, practical=seat, interview=seat, assigned_at=at[0]),
        CandidateCheckedInV1(**own, component="practical", checked_in_at=at[1]),
        InterviewAttendedV1(**own, interview_code="I1", institution_id=None, attended_at=at[2]),
        ResultPublishedV1(
            **own,
            result_version=1,
            outcome="pass",
            total="88.00",
            components=components,
            requirements=("xb2b:junior:1.1.1",),
            published_at=at[3],
        ),
        CertificateIssuedV1(**certificate, number="KZ-1", issued_at=at[4]),
        CertificateRevokedV1(**certificate, reason_code="misconduct", revoked_at=at[5]),
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
            await world.receive(life[place])
            await world.receive(life[place])
        shown = await world.get(f"/v1/applications/{application['id']}", school)
        assert [entry["stage"] for entry in shown["timeline"]] == STAGES
        assert shown["seat"]["practical"]["station"] == "07"
        assert shown["result"]["outcome"] == "pass"
        assert (shown["certificate"]["number"], shown["certificate"]["status"]) == ("KZ-1", "revoked")
        assert shown["timeline"][-1]["detail"] == "misconduct"


async def test_absence_is_shown_and_a_batch_of_events_is_one_statement_per_component(world):
    school, plan_id = await world.school(), await world.plan()
    one, two = await world.applicants(school, plan_id, 2)
    await world.receive(
        CandidateAbsentV1(application_id=one["id"], plan_id=plan_id, component="practical", absent_at=NOW),
        CandidateAbsentV1(application_id=two["id"], plan_id=plan_id, component="interview", absent_at=NOW),
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
    await world.receive(
        PlanFinishedV1(
            plan_id=open_plan,
            candidates=0,
            works=0,
            interviews=0,
            absent_practical=0,
            absent_interview=0,
            finished_at=NOW,
        )
    )
    assert (await world.rows("SELECT finished_at FROM plan WHERE finished_at IS NOT NULL"))[0].finished_at == NOW
