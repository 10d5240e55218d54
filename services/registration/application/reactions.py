"""What registration notes of the other services' events. Each event has columns of its own, so any order will do."""

from collections.abc import Sequence
from typing import Any

from services.registration.application.ports import Work
from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1
from shared.events.exam import (
    CandidateAbsentV1,
    CandidateCheckedInV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    SeatPlanSealedV1,
)
from shared.events.grading import ResultPublishedV1
from shared.events.received import Received

_PLAN_FIELDS = {
    "plan_id",
    "title",
    "standard",
    "level",
    "unit",
    "requires_materials",
    "entry_opens_at",
    "entry_closes_at",
}
_RESULT_FIELDS = {"result_version", "outcome", "total", "components"}


async def on_plan_published(work: Work, events: Sequence[Received[PlanPublishedV1]]) -> None:
    """Open the plan for entry."""
    await work.plans.save([event.data.model_dump(mode="json", include=_PLAN_FIELDS) for event in events])


async def on_seat_plan_sealed(work: Work, events: Sequence[Received[SeatPlanSealedV1]]) -> None:
    """Close the plan for entry and withdrawal: seats are arranged."""
    rows = [{"plan_id": event.key, "at": event.data.sealed_at.isoformat()} for event in events]
    await work.plans.note("arranged_at", rows)


async def on_plan_finished(work: Work, events: Sequence[Received[PlanFinishedV1]]) -> None:
    """Note that all sessions are over."""
    rows = [{"plan_id": event.key, "at": event.data.finished_at.isoformat()} for event in events]
    await work.plans.note("finished_at", rows)


async def on_seat_assigned(work: Work, events: Sequence[Received[SeatAssignedV1]]) -> None:
    """Show the seats."""
    await work.journeys.record(
        [
            {
                "application_id": event.key,
                "practical_seat": event.data.practical.model_dump(mode="json"),
                "interview_seat": event.data.interview.model_dump(mode="json"),
                "seated_at": event.data.assigned_at.isoformat(),
            }
            for event in events
        ]
    )


async def on_candidate_checked_in(work: Work, events: Sequence[Received[CandidateCheckedInV1]]) -> None:
    """Show that the candidate came."""
    await _record_by_component(work, events, "checked_in_at")


async def on_candidate_absent(work: Work, events: Sequence[Received[CandidateAbsentV1]]) -> None:
    """Show that the candidate did not come."""
    await _record_by_component(work, events, "absent_at")


async def on_interview_attended(work: Work, events: Sequence[Received[InterviewAttendedV1]]) -> None:
    """Show that the interview was attended; the drawn code is not kept."""
    await work.journeys.record(
        [{"application_id": event.key, "interview_attended_at": event.data.attended_at.isoformat()} for event in events]
    )


async def on_result_published(work: Work, events: Sequence[Received[ResultPublishedV1]]) -> None:
    """Show the result."""
    await work.journeys.record(
        [
            {
                "application_id": event.key,
                "result": event.data.model_dump(mode="json", include=_RESULT_FIELDS),
                "result_published_at": event.data.published_at.isoformat(),
            }
            for event in events
        ]
    )


async def on_certificate_issued(work: Work, events: Sequence[Received[CertificateIssuedV1]]) -> None:
    """Show the certificate."""
    await work.journeys.record(
        [
            {
                "application_id": event.key,
                "certificate_id": str(event.data.certificate_id),
                "certificate_number": event.data.number,
                "certificate_issued_at": event.data.issued_at.isoformat(),
            }
            for event in events
        ]
    )


async def on_certificate_revoked(work: Work, events: Sequence[Received[CertificateRevokedV1]]) -> None:
    """Show that the certificate is no longer valid, and why."""
    await work.journeys.record(
        [
            {
                "application_id": event.key,
                "certificate_revoked_at": event.data.revoked_at.isoformat(),
                "certificate_reason_code": event.data.reason_code,
            }
            for event in events
        ]
    )


async def _record_by_component(
    work: Work, events: Sequence[Received[CandidateCheckedInV1 | CandidateAbsentV1]], moment: str
) -> None:
    """Note a moment of the practical or of the interview, with one statement for each."""
    by_component: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        row = {"application_id": event.key, f"{event.data.component}_{moment}": getattr(event.data, moment).isoformat()}
        by_component.setdefault(event.data.component, []).append(row)
    for component in sorted(by_component):
        await work.journeys.record(by_component[component])
