"""What exam tells the others: plans, sittings (by application) and works (by work code, without a person)."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.events.payload import EventPayload

#: The two parts of the examination (T/KJDZSW 0001-2023, 6.1).
Component = Literal["practical", "interview"]


class PlanEvent(EventPayload):
    """An event of one exam plan."""

    topic: ClassVar[str] = "exam.plans"
    key_field: ClassVar[str] = "plan_id"

    plan_id: UUID


class PlanPublishedV1(PlanEvent):
    """A plan may be applied for. `blueprint` is the assessment blueprint, frozen (`shared.standards.Blueprint`)."""

    event_type: ClassVar[str] = "exam.plan_published.v1"

    title: str
    standard: str
    level: str
    unit: str | None
    requires_materials: bool
    entry_opens_at: AwareDatetime
    entry_closes_at: AwareDatetime
    blueprint: dict[str, Any]
    published_at: AwareDatetime


class SeatPlanSealedV1(PlanEvent):
    """Every admitted candidate has a seat; `digest` is the SHA-256 of the seat plan."""

    event_type: ClassVar[str] = "exam.seat_plan_sealed.v1"

    seat_plan_version: int
    digest: str
    candidates: int
    sealed_at: AwareDatetime


class PlanFinishedV1(PlanEvent):
    """All sessions are closed. The counts let others know when they have everything."""

    event_type: ClassVar[str] = "exam.plan_finished.v1"

    candidates: int
    works: int
    interviews: int
    absent_practical: int
    absent_interview: int
    finished_at: AwareDatetime


class SittingEvent(EventPayload):
    """An event of one candidate's sitting."""

    topic: ClassVar[str] = "exam.sittings"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    plan_id: UUID


class Seat(BaseModel):
    """Where and when a candidate sits one component."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    session_id: UUID
    site: str
    room: str
    station: str
    starts_at: AwareDatetime


class SeatAssignedV1(SittingEvent):
    """The candidate has a seat in both components."""

    event_type: ClassVar[str] = "exam.seat_assigned.v1"

    institution_id: UUID | None
    practical: Seat
    interview: Seat
    assigned_at: AwareDatetime


class CandidateCheckedInV1(SittingEvent):
    """The candidate came to a component and was identified."""

    event_type: ClassVar[str] = "exam.candidate_checked_in.v1"

    component: Component
    checked_in_at: AwareDatetime


class CandidateAbsentV1(SittingEvent):
    """The late limit of a component passed without a check-in."""

    event_type: ClassVar[str] = "exam.candidate_absent.v1"

    component: Component
    absent_at: AwareDatetime


class InterviewAttendedV1(SittingEvent):
    """The candidate entered the interview under a drawn code."""

    event_type: ClassVar[str] = "exam.interview_attended.v1"

    interview_code: str
    institution_id: UUID | None
    attended_at: AwareDatetime


class WorkUnsealedV1(SittingEvent):
    """Marking is closed, so the work code may be joined with the application again."""

    event_type: ClassVar[str] = "exam.work_unsealed.v1"

    work_code: str
    unsealed_at: AwareDatetime


class Artefact(BaseModel):
    """A file of a handed-in work, by its digest."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    task_code: str
    sha256: str
    size: int


class WorkSubmittedV1(EventPayload):
    """A practical work was handed in. It names no person; the institution only bars its own markers."""

    event_type: ClassVar[str] = "exam.work_submitted.v1"
    topic: ClassVar[str] = "exam.works"
    key_field: ClassVar[str] = "work_code"

    work_code: str
    plan_id: UUID
    institution_id: UUID | None
    artefacts: tuple[Artefact, ...]
    submitted_at: AwareDatetime
