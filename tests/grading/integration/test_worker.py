"""The service with its real relay and consumer: what exam publishes becomes something to mark, once."""

import asyncio

import pytest

from shared.messaging.memory import MemoryBroker
from shared.worker import run_worker
from tests.worlds.grading import World
from tests.worlds.payloads import (
    Candidate,
    candidate_absent,
    plan_finished,
    plan_published,
    seat_assigned,
    work_submitted,
)
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration


async def test_events_from_the_broker_reach_the_plan(world: World):
    plan, people = world.plan_id, [Candidate(number) for number in range(50)]
    # Grading's own outbox stands in for exam's: the relay sends any topic.
    async with world.service.work() as work:
        for candidate in people[:-1]:
            work.publish(work_submitted(plan, candidate), version=1, journey_id=None)
        for candidate in people:
            work.publish(seat_assigned(plan, candidate), version=1, journey_id=candidate.journey_id)
        work.publish(candidate_absent(plan, people[-1], "practical"), version=2, journey_id=people[-1].journey_id)
        work.publish(plan_published(plan), version=1, journey_id=None)
        work.publish(plan_finished(plan, candidates=50, works=49, interviews=50), version=2, journey_id=None)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run_worker(world.service, MemoryBroker(), stop))
        await until("everything is here", lambda: everything_is_here(world))
        stop.set()
    rows = await world.rows("SELECT application_id, journey_id FROM candidate")
    assert {row.application_id: row.journey_id for row in rows} == {
        candidate.application_id: candidate.journey_id for candidate in people
    }
    assert await world.rows("SELECT * FROM parked_event") == []
    await world.appoint({"one": None, "two": None})
    assert (await world.command("allocate", {"seed": 1})).json()["allocated"] == 49


async def everything_is_here(world: World) -> bool:
    rows = await world.rows(
        "SELECT (SELECT count(*) FROM work), (SELECT count(*) FROM candidate WHERE seated),"
        " (SELECT count(*) FROM candidate WHERE absent_practical), (SELECT max(expected_works) FROM plan)"
    )
    return tuple(rows[0]) == (49, 50, 1, 49)
