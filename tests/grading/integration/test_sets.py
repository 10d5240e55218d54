"""Bulk requests and handlers run a constant number of statements, however many rows they are about."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from shared.events.payload import EventPayload
from tests.worlds.grading import World
from tests.worlds.payloads import (
    Candidate,
    candidate_absent,
    interview_attended,
    plan_finished,
    plan_published,
    seat_assigned,
    work_submitted,
    work_unsealed,
)

pytestmark = pytest.mark.integration

#: A command is kept under its key, and its answer.
KEY = 2
MARKERS: dict[str, UUID | None] = {"one": None, "two": None, "three": None}


async def test_handlers_run_the_same_statements_for_one_event_and_for_many(world: World):
    plan = world.plan_id
    await world.tell(plan_published(plan))
    makers: list[Callable[[UUID, Candidate], EventPayload]] = [
        seat_assigned,
        work_submitted,
        interview_attended,
        work_unsealed,
        lambda plan_id, candidate: candidate_absent(plan_id, candidate, "practical"),
    ]
    for make in makers:
        with world.statements() as one:
            await world.tell(make(plan, Candidate(0)))
        with world.statements() as many:
            await world.tell(*(make(plan, Candidate(number)) for number in range(1, 300)))
        assert len(one) == len(many) == 1


async def test_bulk_requests_run_the_same_statements_for_one_item_and_for_many(world: World):
    plan, people = world.plan_id, [Candidate(number) for number in range(201)]
    await world.tell(plan_published(plan), *exam_events(plan, people))
    await world.appoint({"one": None, "two": None})
    await world.command("allocate", {"seed": 1})
    codes = [candidate.work_code for candidate in people]
    for marker, share in (("one", 60), ("two", 80)):
        with world.statements() as one:
            await world.mark(marker, {codes[0]: share})
        with world.statements() as many:
            reply = await world.mark(marker, dict.fromkeys(codes[1:], share))
        assert reply["ok"] == 200
        assert len(one) == len(many) <= 7 + KEY
    interviews = [candidate.interview_code for candidate in people]
    with world.statements() as one:
        await world.score_interviews("p0-e0", {interviews[0]: 80})
    with world.statements() as many:
        assert (await world.score_interviews("p0-e0", dict.fromkeys(interviews[1:], 80)))["ok"] == 200
    assert len(one) == len(many) <= 5 + KEY


async def test_close_and_release_run_the_same_statements_for_few_and_for_many(world: World):
    counts = []
    for first, last in ((0, 2), (2, 152)):
        people = [Candidate(number) for number in range(first, last)]
        world.plan_id = UUID(int=len(people))
        counts.append(await run_plan(world, people))
    assert counts[0] == counts[1]


async def run_plan(world: World, people: Sequence[Candidate]) -> tuple[int, int, int]:
    plan = world.plan_id
    total = len(people)
    end = plan_finished(plan, candidates=total, works=total, interviews=total)
    await world.tell(plan_published(plan), *exam_events(plan, people), end)
    await world.appoint(MARKERS)
    with world.statements() as allocating:
        await world.command("allocate", {"seed": 1})
    for marker in MARKERS:
        if tasks := await world.tasks(marker):
            await world.mark(marker, dict.fromkeys(tasks, 80))
    for examiner in range(3):
        codes = [candidate.interview_code for candidate in people]
        await world.score_interviews(f"p0-e{examiner}", dict.fromkeys(codes, 80))
    with world.statements() as closing:
        assert (await world.command("close-marking")).json() == {"works": total}
    await world.tell(*(work_unsealed(plan, candidate) for candidate in people))
    with world.statements() as releasing:
        assert (await world.command("release")).json()["pass"] == total
    return len(allocating), len(closing), len(releasing)


def exam_events(plan: UUID, people: Sequence[Candidate]) -> list[EventPayload]:
    return [
        make(plan, candidate) for make in (seat_assigned, work_submitted, interview_attended) for candidate in people
    ]
