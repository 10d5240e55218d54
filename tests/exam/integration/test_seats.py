"""Candidates come by events, get seats and tickets, and the seat plan is sealed."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.exam.adapters import candidates
from services.exam.application import arrangement
from shared import ids
from tests.worlds.callers import ENGLISH
from tests.worlds.exam import AFTERNOON, MORNING, SCHOOL, World, candidate, plan_body
from tests.worlds.payloads import Candidate, application_voided, application_withdrawn


async def test_everyone_admitted_gets_a_seat_and_a_ticket(world: World) -> None:
    plan_id = await world.sealed(12, stations=(8, 8))
    plan = await world.get(f"/v1/plans/{plan_id}")
    assert (plan["state"], plan["candidates"], plan["seated"], plan["seat_plan_version"]) == ("sealed", 12, 12, 1)
    assigned = await world.payloads("seat_assigned")
    assert len({event["application_id"] for event in assigned}) == 12
    tickets = (await world.get("/v1/tickets", plan_id=plan_id))["items"]
    assert len({ticket["ticket_no"] for ticket in tickets}) == 12
    assert {len(ticket["ticket_no"]) for ticket in tickets} == {12}
    [sealed] = await world.payloads("seat_plan_sealed")
    assert sealed["candidates"] == 12
    assert sealed["digest"] == plan["digest"] == await stored_digest(world)


async def stored_digest(world: World) -> str:
    """Compute the digest from the table, as an auditor would who has nothing of ours."""
    rows = await world.rows(
        """
        SELECT concat_ws('|', application_id, practical_session_id, practical_room_id, practical_station,
                         interview_session_id, interview_room_id, interview_station) AS line
          FROM candidate WHERE state = 'seated' ORDER BY application_id
        """
    )
    return hashlib.sha256("".join(f"{row.line}\n" for row in rows).encode()).hexdigest()


async def test_a_plan_of_many_pages_seats_everybody_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "PAGE", 3)
    monkeypatch.setattr(arrangement, "_CHUNK", 4)
    plan_id = await world.sealed(10, stations=(6, 6))
    plan = await world.get(f"/v1/plans/{plan_id}")
    tickets = (await world.get("/v1/tickets", plan_id=plan_id))["items"]
    assigned = await world.payloads("seat_assigned")
    assert plan["seated"] == len({ticket["ticket_no"] for ticket in tickets}) == 10
    assert len({event["application_id"] for event in assigned}) == len(assigned) == 10
    assert plan["digest"] == await stored_digest(world)


async def test_an_admission_told_twice_is_one_candidate(world: World) -> None:
    plan_id = await world.plan()
    admitted = world.admitted(plan_id)
    await world.tell(admitted)
    await world.tell(admitted)
    assert (await world.get(f"/v1/plans/{plan_id}"))["candidates"] == 1


async def test_who_withdraws_before_the_seats_leaves_no_person_behind(world: World) -> None:
    plan_id = await world.plan()
    stays, withdraws, voided = (world.admitted(plan_id) for _ in range(3))
    await world.tell(stays, withdraws, voided)
    await world.tell(application_withdrawn(UUID(plan_id), candidate(withdraws)))
    await world.tell(application_voided(UUID(plan_id), candidate(voided)))
    await world.post(f"/v1/plans/{plan_id}/close-entry")
    assert (await world.post(f"/v1/plans/{plan_id}/arrange", {"seed": 1}))["candidates"] == 1
    rows = await world.rows("SELECT person FROM candidate WHERE state = 'withdrawn'")
    assert [row.person for row in rows] == [None, None]


async def test_who_withdraws_after_the_seats_keeps_the_seat(world: World) -> None:
    plan_id = await world.sealed(1)
    [row] = await world.rows("SELECT application_id FROM candidate")
    await world.tell(application_withdrawn(UUID(plan_id), Candidate(application_id=row.application_id)))
    assert (await world.get(f"/v1/plans/{plan_id}"))["seated"] == 1


async def test_too_few_stations_are_told_with_how_many(world: World) -> None:
    plan_id = await world.plan(stations=(2,))
    await world.tell(*(world.admitted(plan_id) for _ in range(5)))
    await world.post(f"/v1/plans/{plan_id}/close-entry")
    refused = await world.send(f"/v1/plans/{plan_id}/arrange", {"seed": 1}, world.staff | ENGLISH)
    assert refused.status_code == 409
    assert refused.json()["detail"] == "practical: 5 candidates, 2 free stations, short by 3."
    assert (await world.get(f"/v1/plans/{plan_id}"))["state"] == "entry_closed"


async def test_overlapping_sessions_are_told_with_the_conflict(world: World) -> None:
    one, other = await world.site(), await world.site()
    body = plan_body([one])
    body["sessions"][1] |= {
        "site_id": other,
        "starts_at": (MORNING + timedelta(hours=1)).isoformat(),
        "ends_at": AFTERNOON.isoformat(),
    }
    plan_id = (await world.post("/v1/plans", body))["id"]
    await world.post(f"/v1/plans/{plan_id}/publish")
    await world.tell(world.admitted(plan_id))
    await world.post(f"/v1/plans/{plan_id}/close-entry")
    refused = await world.send(f"/v1/plans/{plan_id}/arrange", {"seed": 1})
    assert refused.json()["type"] == "urn:kaozheng:problem:sessions-overlap"


async def test_seats_wait_for_the_end_of_entry_and_for_candidates(world: World) -> None:
    plan_id = await world.plan()
    early = await world.send(f"/v1/plans/{plan_id}/arrange", {"seed": 1})
    assert early.json()["type"] == "urn:kaozheng:problem:illegal-plan-step"
    await world.post(f"/v1/plans/{plan_id}/close-entry")
    empty = await world.send(f"/v1/plans/{plan_id}/arrange", {"seed": 1})
    assert empty.json()["type"] == "urn:kaozheng:problem:nobody-to-seat"


async def test_two_arrangements_at_once_make_one_seat_plan(world: World) -> None:
    plan_id = await world.plan()
    await world.tell(*(world.admitted(plan_id) for _ in range(6)))
    await world.post(f"/v1/plans/{plan_id}/close-entry")
    first, second = await asyncio.gather(*(world.post(f"/v1/plans/{plan_id}/arrange", {"seed": n}) for n in range(2)))
    assert first == second
    assert len(await world.payloads("seat_assigned")) == 6
    assert len(await world.payloads("seat_plan_sealed")) == 1


async def test_a_late_candidate_gets_a_free_station_and_nobody_moves(world: World) -> None:
    plan_id = await world.sealed(5)
    before = {ticket["application_id"]: ticket for ticket in (await world.get("/v1/tickets", plan_id=plan_id))["items"]}
    late = world.admitted(plan_id)
    await world.tell(late)
    outcome = await world.post(f"/v1/plans/{plan_id}/arrange", {"seed": "later"})
    after = {ticket["application_id"]: ticket for ticket in (await world.get("/v1/tickets", plan_id=plan_id))["items"]}
    assert (outcome["candidates"], outcome["seat_plan_version"]) == (6, 2)
    assert after.keys() - before.keys() == {str(late.application_id)}
    assert all(after[person] == ticket for person, ticket in before.items())
    assert outcome["digest"] == await stored_digest(world)


async def test_a_school_sees_its_own_tickets_only(world: World) -> None:
    plan_id = await world.sealed(5)
    school = world.caller("tickets:read", institution=SCHOOL)
    mine = (await world.get("/v1/tickets", school, plan_id=plan_id))["items"]
    assert len(mine) == 2
    other = world.caller("tickets:read", institution=ids.new_id())
    assert (await world.get("/v1/tickets", other, plan_id=plan_id))["items"] == []
    nobody = await world.ask("/v1/tickets", world.caller("tickets:read"), plan_id=plan_id)
    assert nobody.status_code == 404


async def test_pages_of_tickets_and_rosters_hold_everybody_once(world: World) -> None:
    plan_id = await world.sealed(7, stations=(4, 4))
    practical, _ = await world.sessions(plan_id)
    for path, key in (("/v1/tickets", "application_id"), (f"/v1/sessions/{practical['id']}/roster", "ticket_no")):
        seen: list[str] = []
        cursor: dict[str, Any] = {}
        while True:
            page = await world.get(path, None, plan_id=plan_id, limit=3, **cursor)
            seen += [each[key] for each in page["items"]]
            if not page["next_cursor"]:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert len(seen) == len(set(seen)) == 7


async def test_the_roster_masks_names(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(1))
    [line] = await world.roster(practical)
    assert line["name_masked"] == "张*"
    assert line["status"] == "expected"
