"""What devices upload: once, in order, within the times, with a fixed number of statements."""

import asyncio
from datetime import timedelta

import pytest

from services.exam.application import sittings
from tests.worlds.exam import AFTERNOON, MORNING, World, item, records, work_item

LATER = MORNING + timedelta(minutes=40)
_MOVED = """
    SELECT pg_stat_get_xact_tuples_updated('candidate'::regclass) AS updated,
           pg_stat_get_xact_tuples_hot_updated('candidate'::regclass) AS in_place
"""


async def test_check_in_then_work_travels_under_a_code_alone(world: World) -> None:
    plan_id = await world.sealed(1)
    practical, _ = await world.sessions(plan_id)
    [seat] = await world.roster(practical)
    checked = await world.upload(practical, "check-ins", [item(1, seat["ticket_no"], MORNING)])
    assert (checked["ok"], checked["items"][0]["checked_in_at"]) == (1, MORNING.isoformat())
    handed = await world.upload(practical, "works", [work_item(2, seat["ticket_no"], LATER)])
    [submitted] = await world.payloads("work_submitted")
    assert submitted["work_code"] == handed["items"][0]["work_code"]
    [candidate] = await world.rows("SELECT * FROM candidate")
    assert str(candidate.application_id) not in str(submitted)
    [came] = await world.payloads("candidate_checked_in")
    assert came["application_id"] == str(candidate.application_id)
    assert (await world.get(f"/v1/plans/{plan_id}"))["state"] == "running"


async def test_tickets_and_devices_are_read_however_they_are_typed(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(1))
    [seat] = await world.roster(practical)
    ticket = seat["ticket_no"]
    first = await world.upload(practical, "check-ins", [item(1, f" {ticket[:4].lower()}-{ticket[4:]}", MORNING)])
    again = await world.upload(practical, "check-ins", [item(1, ticket, MORNING)], device="Gate-1 ")
    assert (first["ok"], again) == (1, first)
    assert len(await world.rows("SELECT * FROM device_record")) == 1


async def test_no_table_says_whose_a_work_is(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(1))
    [seat] = await world.roster(practical)
    await world.upload(practical, "check-ins", [item(1, seat["ticket_no"], MORNING)])
    handed = await world.upload(practical, "works", [work_item(2, seat["ticket_no"], LATER)])
    code = handed["items"][0]["work_code"]
    [owner] = await world.rows("SELECT application_id FROM candidate")
    for table in ("work", "device_record", "candidate"):
        rows = [str(row._asdict()) for row in await world.rows(f"SELECT * FROM {table}")]
        assert not any(code in row and owner.application_id.hex in row.replace("-", "") for row in rows)
    assert not any(code in str(row) for row in await world.rows("SELECT * FROM device_record"))


async def test_a_repeated_upload_gets_the_same_answer_and_happens_once(world: World) -> None:
    practical, interview = await world.sessions(await world.sealed(3))
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)]
    checks = [item(number, ticket, MORNING) for number, ticket in enumerate(tickets)]
    works = [work_item(10 + number, ticket, LATER) for number, ticket in enumerate(tickets)]
    talks = [item(20 + number, ticket, AFTERNOON) for number, ticket in enumerate(tickets)]
    for session, kind, items in (
        (practical, "check-ins", checks),
        (practical, "works", works),
        (interview, "attendance", talks),
    ):
        assert await world.upload(session, kind, items) == await world.upload(session, kind, items)
    for kind in ("candidate_checked_in", "work_submitted", "interview_attended"):
        assert len(await world.payloads(kind)) == 3


async def test_each_refusal_says_why_and_changes_nothing(world: World) -> None:
    practical, interview = await world.sessions(await world.sealed(2))
    one, two = [seat["ticket_no"] for seat in await world.roster(practical)]
    late, early = MORNING + timedelta(minutes=31), MORNING - timedelta(minutes=61)
    reply = await world.upload(
        practical,
        "check-ins",
        [item(4, one, late), item(3, one, early), item(2, "NOPE", MORNING), item(1, two, MORNING)],
    )
    assert [each.get("error", {}).get("code") for each in reply["items"]] == [
        "late_refused",
        "too_early",
        "unknown_ticket",
        None,
    ]
    assert reply["items"][0]["error"]["pointer"] == "/items/0/occurred_at"
    work = await world.upload(practical, "works", [work_item(9, one, LATER)])
    assert work["items"][0]["error"]["code"] == "not_checked_in"
    reused = await world.upload(practical, "check-ins", [item(1, one, MORNING)])
    assert reused["items"][0]["error"]["code"] == "sequence_reused"
    assert len(await world.payloads("candidate_checked_in")) == 1
    assert (
        await world.send(f"/v1/sessions/{interview['id']}/works", records([work_item(50, one, LATER)]))
    ).status_code == 422


async def test_a_work_that_came_before_its_check_in_can_be_sent_again(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(1))
    [seat] = await world.roster(practical)
    work = [work_item(2, seat["ticket_no"], LATER)]
    assert (await world.upload(practical, "works", work))["failed"] == 1
    await world.upload(practical, "check-ins", [item(1, seat["ticket_no"], MORNING)])
    assert (await world.upload(practical, "works", work))["ok"] == 1


async def test_two_devices_checking_in_one_candidate_at_once_are_one_check_in(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(4))
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)]
    backwards = list(reversed(tickets))
    replies = await asyncio.gather(
        *(
            world.upload(
                practical,
                "check-ins",
                [item(n, ticket, MORNING + timedelta(minutes=device)) for n, ticket in enumerate(order)],
                device=f"gate-{device}",
            )
            for device, order in enumerate((tickets, backwards, tickets, backwards))
        )
    )
    assert all(reply["ok"] == 4 for reply in replies)
    assert len(await world.payloads("candidate_checked_in")) == 4
    versions = await world.rows("SELECT version FROM candidate")
    assert {row.version for row in versions} == {2}
    times = [
        dict(zip(order, reply["items"], strict=True))
        for order, reply in zip((tickets, backwards), replies, strict=False)
    ]
    assert all(times[0][one]["checked_in_at"] == times[1][one]["checked_in_at"] for one in tickets)


async def test_a_duplicate_upload_at_the_same_moment_is_one_work(world: World) -> None:
    practical, _ = await world.sessions(await world.sealed(3))
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)]
    await world.upload(practical, "check-ins", [item(n, ticket, MORNING) for n, ticket in enumerate(tickets)])
    works = [work_item(10 + n, ticket, LATER) for n, ticket in enumerate(tickets)]
    first, second = await asyncio.gather(*(world.upload(practical, "works", works) for _ in range(2)))
    assert first == second
    assert len(await world.payloads("work_submitted")) == 3


async def test_an_interview_code_is_never_given_twice(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, interview = await world.sessions(await world.sealed(2))
    one, other = [item(n, seat["ticket_no"], AFTERNOON) for n, seat in enumerate(await world.roster(interview))]
    first = await world.upload(interview, "attendance", [one])
    drawn = [first["items"][0]["interview_code"]]
    with monkeypatch.context() as patched:
        patched.setattr(sittings, "random_codes", lambda _: drawn)
        refused = await world.send(f"/v1/sessions/{interview['id']}/attendance", records([other]))
    assert refused.status_code == 500  # one chance in 2^60; the device sends it again
    assert len(await world.payloads("interview_attended")) == 1
    again = await world.upload(interview, "attendance", [other])
    assert again["items"][0]["interview_code"] not in drawn
    assert await world.upload(interview, "attendance", [one]) == first


async def test_attending_an_interview_leaves_the_indexes_alone(world: World) -> None:
    await world.sealed(60, stations=(100,))
    async with world.service.work() as work:
        [before] = await work.rows(_MOVED)
        await work.execute("UPDATE candidate SET interview_status = 'attended', interview_code = ticket_no")
        [after] = await work.rows(_MOVED)
    assert after.updated - before.updated == 60
    assert after.in_place - before.in_place > 0.8 * 60


async def test_the_number_of_statements_does_not_grow_with_the_upload(world: World) -> None:
    people = 1000
    practical, interview = await world.sessions(await world.sealed(people, stations=(500, 500)))
    tickets = [seat["ticket_no"] for seat in await world.roster(practical)]
    counts = {}
    for kind, session, make in (
        ("check-ins", practical, lambda n, ticket: item(n, ticket, MORNING)),
        ("works", practical, lambda n, ticket: work_item(5000 + n, ticket, LATER)),
        ("attendance", interview, lambda n, ticket: item(10_000 + n, ticket, AFTERNOON)),
    ):
        for part in (tickets[:1], tickets[1:]):
            first = tickets.index(part[0])
            items = [make(first + n, ticket) for n, ticket in enumerate(part)]
            with world.statements() as run:
                assert (await world.upload(session, kind, items))["failed"] == 0
            counts[kind, len(part)] = len(run)
    assert max(counts.values()) <= 9, counts
    assert counts["check-ins", 999] == counts["check-ins", 1] - 1  # the very first one also started the plan
    assert counts["works", 999] == counts["works", 1]
    assert counts["attendance", 999] == counts["attendance", 1]
