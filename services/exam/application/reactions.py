"""What the service does when others tell it something."""

from collections.abc import Sequence
from typing import Any

from services.exam.application.ports import ExamWork, Seal
from services.exam.application.sittings import owner_of
from shared.clock import Clock
from shared.events.exam import WorkUnsealedV1
from shared.events.grading import MarkingClosedV1
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1


async def on_application_admitted(work: ExamWork, events: Sequence[Received[ApplicationAdmittedV1]]) -> None:
    """Let the candidates wait for seats."""
    await work.candidates.wait(events)


async def on_application_ended(work: ExamWork, events: Sequence[Received[Any]]) -> None:
    """Let go of withdrawn and voided candidates who have no seat yet; a seat once given stays in the seat plan."""
    await work.candidates.drop([event.data.application_id for event in events])


async def on_marking_closed(
    work: ExamWork, events: Sequence[Received[MarkingClosedV1]], seal: Seal, clock: Clock
) -> None:
    """Unseal every work of the plans, once: only now may work codes be joined with applications."""
    now = clock.now()
    causes = {event.data.plan_id: event for event in events}
    opened = await work.plans.unseal(sorted(causes), now)
    async for chunk in work.works.of_plans(opened):
        owners = {code: owner_of(seal, code, sealed) for _, code, sealed in chunk}
        moved = await work.candidates.advance(list(owners.values()))
        for plan_id, code, _ in chunk:
            candidate = moved[owners[code]]
            event = WorkUnsealedV1(
                application_id=candidate.application_id, plan_id=plan_id, work_code=code, unsealed_at=now
            )
            work.publish(event, version=candidate.version, journey_id=candidate.journey_id, cause=causes[plan_id])
        await work.flush()
