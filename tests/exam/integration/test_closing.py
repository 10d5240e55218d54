"""Absences follow from what is missing; the last session ends the plan; works are unsealed when marking is closed."""

import asyncio
from datetime import timedelta
from uuid import UUID

from shared import ids
from tests.worlds.exam import AFTERNOON, MORNING, World, candidate, item, work_item
from tests.worlds.payloads import NOW, application_voided, marking_closed

LATER = MORNING + timedelta(minutes=40)
EVENING = AFTERNOON + timedelta(hours=4)


async def sat(world: World) -> tuple[str, list[str]]:
    """Of four people one stays away, one hands in nothing; three come to the interview, the absentee among them."""
    plan_id = await world.sealed(4)
    practical, interview = await world.sessions(plan_id)
    tickets = sorted(seat["ticket_no"] for seat in await world.roster(practical))
    await world.upload(practical, "check-ins", [item(n, ticket, MORNING) for n, ticket in enumerate(tickets[:3])])
    await world.upload(practical, "works", [work_item(10 + n, ticket, LATER) for n, ticket in enumerate(tickets[:2])])
    await world.upload(
        interview, "attendance", [item(20 + n, ticket, AFTERNOON) for n, ticket in enumerate(tickets[1:])]
    )
    world.clock.advance(EVENING - NOW)
    return plan_id, tickets


async def close_all(world: World, plan_id: str) -> list[dict[str, int]]:
    return [await world.post(f"/v1/sessions/{one['id']}/close") for one in await world.sessions(plan_id)]


async def test_absences_are_derived_and_the_plan_finishes_with_the_sums(world: World) -> None:
    plan_id, tickets = await sat(world)
    assert await close_all(world, plan_id) == [
        {"present": 2, "absent": 2, "no_work": 1},
        {"present": 3, "absent": 1, "no_work": 0},
    ]
    [finished] = await world.payloads("plan_finished")
    assert {name: finished[name] for name in finished if name not in ("plan_id", "finished_at")} == {
        "candidates": 4,
        "works": 2,
        "interviews": 3,
        "absent_practical": 2,
        "absent_interview": 1,
    }
    assert (await world.get(f"/v1/plans/{plan_id}"))["state"] == "finished"
    absences = await world.payloads("candidate_absent")
    assert sorted(each["component"] for each in absences) == ["interview", "practical", "practical"]
    practical, _ = await world.sessions(plan_id)
    statuses = {seat["ticket_no"]: seat["status"] for seat in await world.roster(practical)}
    assert [statuses[ticket] for ticket in tickets] == ["handed_in", "handed_in", "no_work", "absent"]


async def test_versions_of_a_candidate_rise_by_one_with_each_event(world: World) -> None:
    plan_id, _ = await sat(world)
    await close_all(world, plan_id)
    rows = await world.rows("SELECT key, version FROM outbox WHERE topic = 'exam.sittings' ORDER BY seq")
    for key in {row.key for row in rows}:
        versions = [row.version for row in rows if row.key == key]
        assert versions == list(range(1, len(versions) + 1))


async def test_a_session_is_closed_only_after_its_late_limit(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(1))
    world.clock.advance(MORNING + timedelta(minutes=30) - NOW)
    refused = await world.send(f"/v1/sessions/{practical['id']}/close")
    assert refused.json()["type"] == "urn:kaozheng:problem:session-not-over"
    world.clock.advance(timedelta(seconds=1))
    assert (await world.post(f"/v1/sessions/{practical['id']}/close"))["absent"] == 1


async def test_closing_again_changes_nothing(world: World) -> None:
    plan_id, _ = await sat(world)
    assert await close_all(world, plan_id) == await close_all(world, plan_id)
    assert len(await world.payloads("candidate_absent")) == 3
    assert len(await world.payloads("plan_finished")) == 1


async def test_only_the_last_session_to_close_goes_through_the_whole_plan(world: World) -> None:
    plan_id, _ = await sat(world)
    whole = []
    for one in await world.sessions(plan_id):
        with world.statements() as run:
            await world.post(f"/v1/sessions/{one['id']}/close")
        whole.append(any("candidate" in sql and "session_id" not in sql for sql in run))
    assert whole == [False, True]


async def test_sessions_closed_at_once_finish_the_plan_once(world: World) -> None:
    plan_id, _ = await sat(world)
    sessions = await world.sessions(plan_id)
    await asyncio.gather(*(world.post(f"/v1/sessions/{one['id']}/close") for one in (*sessions, *sessions)))
    assert len(await world.payloads("plan_finished")) == 1
    assert (await world.post(f"/v1/plans/{plan_id}/finish"))["state"] == "finished"


async def test_a_check_in_racing_with_the_close_is_either_present_or_absent(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(6))
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)]
    world.clock.advance(EVENING - NOW)
    uploads = [world.upload(practical, "check-ins", [item(n, t, MORNING)], device=t) for n, t in enumerate(tickets)]
    *replies, closed = await asyncio.gather(*uploads, world.post(f"/v1/sessions/{practical['id']}/close"))
    came = len(await world.payloads("candidate_checked_in"))
    assert came == sum(reply["ok"] for reply in replies)
    assert (closed["absent"], closed["no_work"]) == (6, came)
    assert all(each["error"]["code"] == "session_closed" for one in replies for each in one["items"] if not each["ok"])


async def test_nobody_is_left_without_an_outcome(world: World) -> None:
    plan_id, _ = await sat(world)
    late = world.admitted(plan_id)
    await world.tell(late)
    await close_all(world, plan_id)
    assert await world.payloads("plan_finished") == []
    refused = await world.send(f"/v1/plans/{plan_id}/finish")
    assert refused.json()["type"] == "urn:kaozheng:problem:candidates-not-seated"
    await world.tell(application_voided(UUID(plan_id), candidate(late)))
    assert (await world.post(f"/v1/plans/{plan_id}/finish"))["state"] == "finished"


async def test_works_are_unsealed_once_when_marking_is_closed(world: World) -> None:
    plan_id, _ = await sat(world)
    await close_all(world, plan_id)
    closed = marking_closed(UUID(plan_id), works=2)
    await world.tell(closed)
    await world.tell(closed)
    unsealed = await world.payloads("work_unsealed")
    works = await world.payloads("work_submitted")
    assert {each["work_code"] for each in unsealed} == {each["work_code"] for each in works}
    owners = await world.rows("SELECT application_id FROM candidate WHERE practical_status = 'handed_in'")
    assert {each["application_id"] for each in unsealed} == {str(row.application_id) for row in owners}
    assert len(unsealed) == 2
    trail = await world.rows(
        "SELECT u.journey_id = w.journey_id AS same FROM outbox u JOIN outbox w"
        " ON w.key = CAST(convert_from(u.payload, 'UTF8') AS json) ->> 'work_code'"
        " WHERE u.type = 'exam.work_unsealed.v1'"
    )
    assert [row.same for row in trail] == [True, True]


async def test_marking_of_an_unknown_plan_unseals_nothing(world: World) -> None:
    await world.tell(marking_closed(ids.new_id(), works=0))
    assert await world.payloads("work_unsealed") == []
