"""From what happened to the events that tell it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.exam.application.commands import HandedInFile
from services.exam.application.records import Place, Placed, PlanCounts, Ticket
from services.exam.domain.model import Plan
from services.exam.domain.seating import Seat as Station
from shared.events.exam import (
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    SeatPlanSealedV1,
    WorkSubmittedV1,
)

#: By session and room.
Places = Mapping[tuple[UUID, UUID], Place]


def plan_published(plan: Plan, at: datetime) -> PlanPublishedV1:
    """Tell that a plan takes entries, under a blueprint that is now frozen."""
    return PlanPublishedV1(
        plan_id=plan.id,
        title=plan.title,
        standard=plan.standard,
        level=plan.level,
        unit=plan.unit,
        requires_materials=plan.requires_materials,
        entry_opens_at=plan.entry_opens_at,
        entry_closes_at=plan.entry_closes_at,
        blueprint=dict(plan.blueprint),
        published_at=at,
    )


def seat_plan_sealed(plan: Plan, candidates: int, at: datetime) -> SeatPlanSealedV1:
    """Tell that everyone admitted has a seat."""
    return SeatPlanSealedV1(
        plan_id=plan.id,
        seat_plan_version=plan.seat_plan_version,
        digest=plan.digest or "",
        candidates=candidates,
        sealed_at=at,
    )


def plan_finished(plan: Plan, counts: PlanCounts, at: datetime) -> PlanFinishedV1:
    """Tell that all sessions are closed, with the counts that must add up elsewhere."""
    return PlanFinishedV1(
        plan_id=plan.id,
        candidates=counts.candidates,
        works=counts.works,
        interviews=counts.interviews,
        absent_practical=counts.absent_practical,
        absent_interview=counts.absent_interview,
        finished_at=at,
    )


def seat_assigned(plan_id: UUID, candidate: Placed, ticket: Ticket, places: Places, at: datetime) -> SeatAssignedV1:
    """Tell where and when a candidate sits both components."""
    return SeatAssignedV1(
        application_id=candidate.application_id,
        plan_id=plan_id,
        institution_id=candidate.institution_id,
        practical=_seat(ticket.seats.practical, places),
        interview=_seat(ticket.seats.interview, places),
        assigned_at=at,
    )


def work_submitted(
    work_code: str, plan_id: UUID, institution_id: UUID | None, files: tuple[HandedInFile, ...], at: datetime
) -> WorkSubmittedV1:
    """Tell that a work was handed in, without a word about whose it is."""
    return WorkSubmittedV1(
        work_code=work_code,
        plan_id=plan_id,
        institution_id=institution_id,
        artefacts=[file._asdict() for file in files],
        submitted_at=at,
    )


def _seat(station: Station, places: Places) -> dict[str, Any]:
    """Return what the event checks with the rest of it: a model of each seat first would take thrice as long."""
    session_id, room_id, number = station
    site, room, starts_at = places[session_id, room_id]
    return {"session_id": session_id, "site": site, "room": room, "station": str(number), "starts_at": starts_at}
