"""Three events in any order, any number of times: one certificate for each pass."""

import asyncio
import itertools
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.certificate.application.errors import PersonUnreadable
from shared import ids
from shared.sealing import UnsealFailed
from shared.standards import StandardUnknown
from tests.worlds.certificate import parts_of
from tests.worlds.payloads import Candidate, application_voided

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_whichever_event_comes_last_issues_the_certificate(world, order):
    plan, candidate = ids.new_id(), Candidate()
    events = [world.plan(plan), world.admitted(plan, candidate), world.result(plan, candidate)]
    for place, index in enumerate(order):
        assert await world.count() == 0, place
        [last] = await world.tell(events[index])
    [event] = await world.published()
    assert (event.type, event.key, event.version) == (
        "certificate.certificate_issued.v1",
        str(candidate.application_id),
        1,
    )
    assert event.journey_id == candidate.journey_id
    [outbox] = await world.rows("SELECT causation_id, traceparent FROM outbox")
    assert (outbox.causation_id, outbox.traceparent) == (last.event_id, last.traceparent)
    assert parts_of(event.payload["number"]).serial == 1


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_history_of_events_gives_one_certificate_per_pass(world, data):
    """Several plans and people, every event once or twice, in any order at all."""
    plans = [ids.new_id() for _ in range(2)]
    people = [(Candidate(), plan, data.draw(st.sampled_from(["pass", "fail", "absent"]))) for plan in plans * 3]
    before = await world.count()
    events = [world.plan(plan) for plan in plans]
    events += [world.admitted(plan, each) for each, plan, _ in people]
    events += [world.result(plan, each, outcome) for each, plan, outcome in people]
    history = data.draw(st.permutations([event for event in events for _ in range(data.draw(st.integers(1, 2)))]))
    for event in history:
        await world.tell(event)
    passed = {each.application_id for each, _, outcome in people if outcome == "pass"}
    found = await world.rows(
        "SELECT application_id FROM certificate WHERE application_id = ANY(CAST(:ids AS uuid[]))",
        ids=[each.application_id for each, _, _ in people],
    )
    assert sorted(row.application_id for row in found) == sorted(passed)
    serials = await world.rows("SELECT number FROM certificate ORDER BY number")
    assert [parts_of(row.number).serial for row in serials] == list(range(1, before + len(passed) + 1))


async def test_numbers_are_gap_free_and_in_order_when_many_are_issued_at_once(world):
    issued = await world.issue(*[f"考生{n}" for n in range(120)])
    assert sorted(parts_of(each["number"]).serial for each in issued) == list(range(1, 121))
    places = await world.rows("SELECT list_number, status_index FROM certificate ORDER BY number")
    indexes = [row.status_index for row in places]
    assert len(set(indexes)) == 120
    assert indexes != sorted(indexes)


async def test_numbers_stay_gap_free_when_workers_compete_and_one_fails(world):
    plan = ids.new_id()
    await world.tell(world.plan(plan))
    batches = [[Candidate() for _ in range(10)] for _ in range(6)]
    for batch in batches:
        await world.tell(*[world.admitted(plan, each) for each in batch])

    async def one(batch, *, fails):
        async with world.service.work() as work:
            await world.handle(work, *[world.result(plan, each) for each in batch])
            if fails:
                raise RuntimeError("stopped")

    outcomes = await asyncio.gather(
        *(one(batch, fails=turn == 2) for turn, batch in enumerate(batches)), return_exceptions=True
    )
    assert sum(isinstance(outcome, RuntimeError) for outcome in outcomes) == 1
    await one(batches[2], fails=False)
    numbers = [row.number for row in await world.rows("SELECT number FROM certificate ORDER BY number")]
    assert [parts_of(number).serial for number in numbers] == list(range(1, 61))


async def test_result_and_admission_at_the_same_moment_never_miss_each_other(world):
    plan = ids.new_id()
    people = [Candidate() for _ in range(12)]
    pairs = [(world.admitted(plan, each), world.result(plan, each)) for each in people]
    events = [event for pair in pairs for event in pair]
    await asyncio.gather(world.tell(world.plan(plan)), *(world.tell(event) for event in events))
    assert await world.count() == 12


async def test_year_of_the_number_is_that_of_china(world):
    world.clock.advance(datetime(2026, 12, 31, 16, 0, tzinfo=UTC) - world.clock.now())
    [issued] = await world.issue("张三")
    assert parts_of(issued["number"]).year == 2027


async def test_failed_and_absent_candidates_get_nothing(world):
    plan, failed, absent = ids.new_id(), Candidate(), Candidate()
    await world.tell(world.plan(plan))
    await world.tell(world.admitted(plan, failed), world.admitted(plan, absent))
    await world.tell(world.result(plan, failed, "fail"), world.result(plan, absent, "absent"))
    assert await world.published() == []


async def test_voided_application_gets_nothing_when_the_pass_comes_later(world):
    plan, candidate = ids.new_id(), Candidate()
    await world.tell(world.plan(plan), world.admitted(plan, candidate))
    await world.tell(application_voided(plan, candidate), world.result(plan, candidate))
    assert await world.published() == []


async def test_voided_application_loses_its_certificate_once(world):
    plan, candidate = ids.new_id(), Candidate()
    await world.tell(world.plan(plan), world.admitted(plan, candidate), world.result(plan, candidate))
    for _ in range(2):
        await world.tell(application_voided(plan, candidate))
    issued, revoked = await world.published()
    assert (revoked.type, revoked.version) == ("certificate.certificate_revoked.v1", 2)
    assert revoked.payload["reason_code"] == "application_voided"
    assert issued.payload["certificate_id"] == revoked.payload["certificate_id"]


async def test_event_that_can_never_succeed_is_refused_without_a_trace(world):
    plan, candidate = ids.new_id(), Candidate()
    await world.tell(world.plan(plan))
    await world.tell(world.admitted(plan, candidate, name="  "))
    with pytest.raises((PersonUnreadable, UnsealFailed)):
        await world.tell(world.result(plan, candidate))
    assert await world.count() == 0
    assert (await world.rows("SELECT count(*) AS n FROM counter"))[0].n == 0
    with pytest.raises(StandardUnknown):
        await world.tell(world.plan(ids.new_id(), standard="x"))


async def test_nothing_that_names_a_person_is_stored_or_published_in_clear(world):
    await world.issue("欧阳若兰")
    for table in ("plan", "candidate", "certificate", "outbox"):
        stored = "".join(str(tuple(row)) for row in await world.rows(f"SELECT to_jsonb(t.*)::text FROM {table} AS t"))
        assert "欧阳若兰" not in stored
        assert "欧阳若兰".encode().hex() not in stored
        assert json.dumps("欧阳若兰").strip('"') not in stored


async def test_issuing_takes_the_same_number_of_statements_for_any_number_of_candidates(world):
    counts = []
    for size in (5, 60):
        plan = ids.new_id()
        people = [Candidate() for _ in range(size)]
        await world.tell(world.plan(plan), *[world.admitted(plan, each) for each in people])
        with world.statements() as run:
            await world.tell(*[world.result(plan, each) for each in people])
        counts.append(len(run))
    assert counts[1] <= counts[0]
    assert counts[1] <= 9
