"""Bulk requests and handlers run a constant number of statements, however many rows they are about."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from shared.events.payload import EventPayload
from tests.worlds.grading import (
    Candidate,
    Grading,
    absent,
    attended,
    finished,
    published,
    seated,
    submitted,
    unsealed,
)

pytestmark = pytest.mark.integration

MARKERS: dict[str, UUID | None] = {"one": None, "two": None, "three": None}


async def test_handlers_run_the_same_statements_for_one_event_and_for_many(grading: Grading):
    plan = grading.plan_id
    await grading.deliver([published(plan)])
    makers: list[Callable[[UUID, Candidate], EventPayload]] = [
        seated,
        submitted,
        attended,
        unsealed,
        lambda plan_id, candidate: absent(plan_id, candidate, "practical"),
    ]
    for make in makers:
        with grading.statements() as one:
            await grading.deliver([make(plan, Candidate(0))])
        with grading.statements() as many:
            await grading.deliver([make(plan, Candidate(number)) for number in range(1, 300)])
        assert len(one) == len(many) == 1


async def test_bulk_requests_run_the_same_statements_for_one_item_and_for_many(grading: Grading):
    plan, people = grading.plan_id, [Candidate(number) for number in range(201)]
    await grading.deliver([published(plan), *exam_events(plan, people)])
    await grading.set_up({"one": None, "two": None})
    await grading.manage("allocate", {"seed": 1})
    codes = [candidate.work_code for candidate in people]
    for marker, share in (("one", 60), ("two", 80)):
        with grading.statements() as one:
            await grading.mark(marker, {codes[0]: share})
        with grading.statements() as many:
            reply = await grading.mark(marker, dict.fromkeys(codes[1:], share))
        assert reply["ok"] == 200
        assert len(one) == len(many) <= 7
    interviews = [candidate.interview_code for candidate in people]
    with grading.statements() as one:
        await grading.score_interviews("p0-e0", {interviews[0]: 80})
    with grading.statements() as many:
        assert (await grading.score_interviews("p0-e0", dict.fromkeys(interviews[1:], 80)))["ok"] == 200
    assert len(one) == len(many) <= 5


async def test_close_and_release_run_the_same_statements_for_few_and_for_many(grading: Grading):
    counts = []
    for first, last in ((0, 2), (2, 152)):
        people = [Candidate(number) for number in range(first, last)]
        grading.plan_id = UUID(int=len(people))
        counts.append(await run_plan(grading, people))
    assert counts[0] == counts[1]


async def run_plan(grading: Grading, people: Sequence[Candidate]) -> tuple[int, int, int]:
    plan = grading.plan_id
    total = len(people)
    end = finished(plan, candidates=total, works=total, interviews=total)
    await grading.deliver([published(plan), *exam_events(plan, people), end])
    await grading.set_up(MARKERS)
    with grading.statements() as allocating:
        await grading.manage("allocate", {"seed": 1})
    for marker in MARKERS:
        if tasks := await grading.tasks(marker):
            await grading.mark(marker, dict.fromkeys(tasks, 80))
    for examiner in range(3):
        codes = [candidate.interview_code for candidate in people]
        await grading.score_interviews(f"p0-e{examiner}", dict.fromkeys(codes, 80))
    with grading.statements() as closing:
        assert (await grading.manage("close-marking")).json() == {"works": total}
    await grading.deliver([unsealed(plan, candidate) for candidate in people])
    with grading.statements() as releasing:
        assert (await grading.release()).json()["pass"] == total
    return len(allocating), len(closing), len(releasing)


def exam_events(plan: UUID, people: Sequence[Candidate]) -> list[EventPayload]:
    return [make(plan, candidate) for make in (seated, submitted, attended) for candidate in people]
