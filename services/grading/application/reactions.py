"""What grading does with the events of exam. They come in any order; each keeps what it says until it is needed."""

import json
from collections.abc import Sequence

from services.grading.application.ports import GradingWork
from services.grading.application.rules import rules_of
from shared.events.exam import (
    CandidateAbsentV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    WorkSubmittedV1,
    WorkUnsealedV1,
)
from shared.events.received import Received


async def on_plan_published(work: GradingWork, events: Sequence[Received[PlanPublishedV1]]) -> None:
    """Freeze the blueprints and pool the works that came before; one that cannot be graded by can never succeed."""
    for event in events:
        rules_of(json.dumps(event.data.blueprint))
    await work.plans.add(events)
    await work.works.pool([event.data.plan_id for event in events])


async def on_plan_finished(work: GradingWork, events: Sequence[Received[PlanFinishedV1]]) -> None:
    """Know how many works and candidates there must be."""
    await work.plans.expect(events)


async def on_work_submitted(work: GradingWork, events: Sequence[Received[WorkSubmittedV1]]) -> None:
    """Take works under their codes."""
    await work.works.add(events)


async def on_seat_assigned(work: GradingWork, events: Sequence[Received[SeatAssignedV1]]) -> None:
    """Expect the candidates."""
    await work.candidates.seat(events)


async def on_candidate_absent(work: GradingWork, events: Sequence[Received[CandidateAbsentV1]]) -> None:
    """Wait no longer for what an absent candidate would have done."""
    await work.candidates.miss(events)


async def on_interview_attended(work: GradingWork, events: Sequence[Received[InterviewAttendedV1]]) -> None:
    """Take interviews under their codes."""
    await work.candidates.attend(events)


async def on_work_unsealed(work: GradingWork, events: Sequence[Received[WorkUnsealedV1]]) -> None:
    """Join works with their candidates again."""
    await work.candidates.unseal(events)
