"""What events say in tests: a good payload of every type, named after it; any field can be given instead."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared import ids
from shared.events import certificate, exam, grading, registration
from shared.sealing import Sealer
from shared.standards import Blueprint, default_blueprint, load_standard

#: When everything happens unless a test moves the clock.
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
BLUEPRINT = default_blueprint(load_standard("xb2b"), "junior")
SEAT = exam.Seat(session_id=UUID(int=7), site="一号考点", room="301", station="12", starts_at=NOW)
NUMBER = "KZXB2BJ202600000017B"
ARTEFACT = exam.Artefact(task_code="xb2b:junior:1.1", sha256="0" * 64, size=10)


@dataclass(frozen=True)
class Candidate:
    """A candidate, with the codes under which grading meets the work and the interview."""

    number: int = 0
    institution_id: UUID | None = None
    application_id: UUID = field(default_factory=ids.new_id)

    @property
    def journey_id(self) -> UUID:
        """The journey of the application."""
        return journey(self.application_id)

    @property
    def work_code(self) -> str:
        """The code of the practical work."""
        return f"W{self.number:06}"

    @property
    def interview_code(self) -> str:
        """The code of the interview."""
        return f"I{self.number:06}"


def journey(application_id: UUID) -> UUID:
    """Return the journey of an application: the same for the same."""
    return UUID(int=application_id.int ^ 0xFFFF)


def sealed_person(sealer: Sealer, name: str = "欧阳若兰") -> str:
    """Return a person as an admission carries it."""
    person = {"name": name, "document_type": "id_card", "document_number": "11010519491231002X", "phone": "1"}
    return base64.b64encode(sealer.seal(json.dumps(person).encode(), "person")).decode()


def plan_published(plan_id: UUID, blueprint: Blueprint = BLUEPRINT, **fields: Any) -> exam.PlanPublishedV1:
    given = {
        "title": "跨境电商B2B数据运营（初级）",
        "standard": blueprint.standard,
        "level": blueprint.level,
        "unit": blueprint.unit,
        "requires_materials": False,
        "entry_opens_at": NOW,
        "entry_closes_at": NOW,
        "blueprint": blueprint.model_dump(mode="json"),
        "published_at": NOW,
    }
    return exam.PlanPublishedV1(plan_id=plan_id, **given | fields)


def seat_plan_sealed(plan_id: UUID, **fields: Any) -> exam.SeatPlanSealedV1:
    given = {"seat_plan_version": 1, "digest": "0" * 64, "candidates": 1, "sealed_at": NOW}
    return exam.SeatPlanSealedV1(plan_id=plan_id, **given | fields)


def plan_finished(plan_id: UUID, *, candidates: int, works: int, interviews: int) -> exam.PlanFinishedV1:
    return exam.PlanFinishedV1(
        plan_id=plan_id,
        candidates=candidates,
        works=works,
        interviews=interviews,
        absent_practical=candidates - works,
        absent_interview=candidates - interviews,
        finished_at=NOW,
    )


def application_admitted(
    plan_id: UUID, candidate: Candidate, person: str, **fields: Any
) -> registration.ApplicationAdmittedV1:
    given = _of(plan_id, candidate) | {
        "institution_id": candidate.institution_id,
        "standard": BLUEPRINT.standard,
        "level": BLUEPRINT.level,
        "unit": BLUEPRINT.unit,
        "person": person,
        "admitted_at": NOW,
    }
    return registration.ApplicationAdmittedV1(**given | fields)


def application_withdrawn(plan_id: UUID, candidate: Candidate) -> registration.ApplicationWithdrawnV1:
    return registration.ApplicationWithdrawnV1(**_of(plan_id, candidate), withdrawn_at=NOW)


def application_voided(plan_id: UUID, candidate: Candidate) -> registration.ApplicationVoidedV1:
    return registration.ApplicationVoidedV1(**_of(plan_id, candidate), reason_code="false_materials", voided_at=NOW)


def seat_assigned(plan_id: UUID, candidate: Candidate, **fields: Any) -> exam.SeatAssignedV1:
    given = {"institution_id": candidate.institution_id, "practical": SEAT, "interview": SEAT, "assigned_at": NOW}
    return exam.SeatAssignedV1(**_of(plan_id, candidate), **given | fields)


def candidate_checked_in(
    plan_id: UUID, candidate: Candidate, component: exam.Component = "practical", *, at: datetime = NOW
) -> exam.CandidateCheckedInV1:
    return exam.CandidateCheckedInV1(**_of(plan_id, candidate), component=component, checked_in_at=at)


def candidate_absent(
    plan_id: UUID, candidate: Candidate, component: exam.Component = "practical"
) -> exam.CandidateAbsentV1:
    return exam.CandidateAbsentV1(**_of(plan_id, candidate), component=component, absent_at=NOW)


def work_submitted(plan_id: UUID, candidate: Candidate) -> exam.WorkSubmittedV1:
    return exam.WorkSubmittedV1(
        work_code=candidate.work_code,
        plan_id=plan_id,
        institution_id=candidate.institution_id,
        artefacts=(ARTEFACT,),
        submitted_at=NOW,
    )


def interview_attended(plan_id: UUID, candidate: Candidate, *, at: datetime = NOW) -> exam.InterviewAttendedV1:
    return exam.InterviewAttendedV1(
        **_of(plan_id, candidate),
        interview_code=candidate.interview_code,
        institution_id=candidate.institution_id,
        attended_at=at,
    )


def work_unsealed(plan_id: UUID, candidate: Candidate) -> exam.WorkUnsealedV1:
    return exam.WorkUnsealedV1(**_of(plan_id, candidate), work_code=candidate.work_code, unsealed_at=NOW)


def marking_closed(plan_id: UUID, works: int = 1) -> grading.MarkingClosedV1:
    return grading.MarkingClosedV1(plan_id=plan_id, works=works, closed_at=NOW)


def result_published(
    plan_id: UUID, candidate: Candidate, outcome: grading.Outcome = "pass", **fields: Any
) -> grading.ResultPublishedV1:
    passed = outcome == "pass"
    given = {
        "result_version": 1,
        "outcome": outcome,
        "total": None if outcome == "absent" else "86.50" if passed else "51.20",
        "components": (
            grading.ComponentResult(component="practical", score="88.00", passed=passed),
            grading.ComponentResult(component="interview", score="83.00", passed=passed),
        ),
        "requirements": BLUEPRINT.requirements,
        "published_at": NOW,
    }
    return grading.ResultPublishedV1(**_of(plan_id, candidate), **given | fields)


def certificate_issued(
    candidate: Candidate, certificate_id: UUID, *, at: datetime = NOW
) -> certificate.CertificateIssuedV1:
    return certificate.CertificateIssuedV1(
        application_id=candidate.application_id, certificate_id=certificate_id, number=NUMBER, issued_at=at
    )


def certificate_revoked(
    candidate: Candidate, certificate_id: UUID, *, at: datetime = NOW
) -> certificate.CertificateRevokedV1:
    return certificate.CertificateRevokedV1(
        application_id=candidate.application_id, certificate_id=certificate_id, reason_code="misconduct", revoked_at=at
    )


def _of(plan_id: UUID, candidate: Candidate) -> dict[str, Any]:
    return {"application_id": candidate.application_id, "plan_id": plan_id}
