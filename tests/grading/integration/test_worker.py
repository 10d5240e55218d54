"""The service with its real relay and consumer: what exam publishes becomes something to mark, once."""

import asyncio

import pytest

from shared.messaging.memory import MemoryBroker
from shared.worker import run_worker
from tests.worlds.grading import Candidate, Grading, absent, finished, published, seated, submitted
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration


async def test_events_from_the_broker_reach_the_plan(grading: Grading):
    plan, people = grading.plan_id, [Candidate(number) for number in range(50)]
    # Grading's own outbox stands in for exam's: the relay sends any topic.
    async with grading.service.work() as work:
        for candidate in people[:-1]:
            work.publish(submitted(plan, candidate), version=1, journey_id=None)
        for candidate in people:
            work.publish(seated(plan, candidate), version=1, journey_id=candidate.journey_id)
        work.publish(absent(plan, people[-1], "practical"), version=2, journey_id=people[-1].journey_id)
        work.publish(published(plan), version=1, journey_id=None)
        work.publish(finished(plan, candidates=50, works=49, interviews=50), version=2, journey_id=None)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run_worker(grading.service, MemoryBroker(), stop))
        await until("everything is here", lambda: everything_is_here(grading))
        stop.set()
    rows = await grading.rows("SELECT application_id, journey_id FROM candidate")
    assert {row.application_id: row.journey_id for row in rows} == {
        candidate.application_id: candidate.journey_id for candidate in people
    }
    assert await grading.rows("SELECT * FROM parked_event") == []
    await grading.set_up({"one": None, "two": None})
    assert (await grading.manage("allocate", {"seed": 1})).json()["allocated"] == 49


async def everything_is_here(grading: Grading) -> bool:
    rows = await grading.rows(
        "SELECT (SELECT count(*) FROM work), (SELECT count(*) FROM candidate WHERE seated),"
        " (SELECT count(*) FROM candidate WHERE absent_practical), (SELECT max(expected_works) FROM plan)"
    )
    return tuple(rows[0]) == (49, 50, 1, 49)
