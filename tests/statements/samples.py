"""One event of every type for the n-th candidate of a plan, in the order in which a service hears of them."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared import ids
from shared.events import exam, grading, registration
from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.standards import default_blueprint, load_standard

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BLUEPRINT = default_blueprint(load_standard("xb2b"), "junior")
SEAT = exam.Seat(session_id=UUID(int=7), site="一号考点", room="301", station="12", starts_at=NOW)


class Candidate:
    """A candidate with a plan of its own, so that events about plans are as many as those about candidates."""

    def __init__(self, number: int, seal: Any) -> None:
        self.number, self._seal = number, seal
        self.plan_id, self.application_id, self.journey_id = ids.new_id(), ids.new_id(), ids.new_id()

    def events(self) -> list[EventPayload]:
        """Return one event of every type."""
        return [*self._of_plans(), *self._of_applications(), *self._of_sittings(), *self._of_results()]

    def _of_plans(self) -> list[EventPayload]:
        plan = {"plan_id": self.plan_id}
        counts = {"works": 1, "interviews": 1, "absent_practical": 0, "absent_interview": 0}
        return [
            exam.PlanPublishedV1(
                **plan,
                title="十一月初级考核",
                standard="xb2b",
                level="junior",
                unit=None,
                requires_materials=False,
                entry_opens_at=NOW,
                entry_closes_at=NOW,
                blueprint=BLUEPRINT.model_dump(mode="json"),
                published_at=NOW,
            ),
            exam.SeatPlanSealedV1(**plan, seat_plan_version=1, digest="0" * 64, candidates=1, sealed_at=NOW),
            exam.PlanFinishedV1(**plan, candidates=1, **counts, finished_at=NOW),
        ]

    def _of_applications(self) -> list[EventPayload]:
        own = {"application_id": self.application_id, "plan_id": self.plan_id}
        person = {"name": "欧阳若兰", "document_type": "id_card", "document_number": "11010519491231002X", "phone": "1"}
        return [
            registration.ApplicationAdmittedV1(
                **own,
                institution_id=None,
                standard="xb2b",
                level="junior",
                unit=None,
                person=base64.b64encode(self._seal(json.dumps(person).encode(), "person")).decode(),
                admitted_at=NOW,
            ),
            registration.ApplicationWithdrawnV1(**own, withdrawn_at=NOW),
        ]

    def _of_sittings(self) -> list[EventPayload]:
        own = {"application_id": self.application_id, "plan_id": self.plan_id}
        work, interview = f"W{self.number:06}", f"I{self.number:06}"
        artefact = exam.Artefact(task_code="xb2b:junior:1.1", sha256="0" * 64, size=10)
        return [
            exam.SeatAssignedV1(**own, institution_id=None, practical=SEAT, interview=SEAT, assigned_at=NOW),
            exam.CandidateCheckedInV1(**own, component="practical", checked_in_at=NOW),
            exam.WorkSubmittedV1(
                work_code=work, plan_id=self.plan_id, institution_id=None, artefacts=(artefact,), submitted_at=NOW
            ),
            exam.InterviewAttendedV1(**own, interview_code=interview, institution_id=None, attended_at=NOW),
            exam.CandidateAbsentV1(**own, component="interview", absent_at=NOW),
            grading.MarkingClosedV1(plan_id=self.plan_id, works=1, closed_at=NOW),
            exam.WorkUnsealedV1(**own, work_code=work, unsealed_at=NOW),
        ]

    def _of_results(self) -> list[EventPayload]:
        own = {"application_id": self.application_id, "plan_id": self.plan_id}
        certificate = {"application_id": self.application_id, "certificate_id": ids.new_id()}
        passed = [
            grading.ComponentResult(component=component, score="88.00", passed=True)
            for component in ("practical", "interview")
        ]
        return [
            grading.ResultPublishedV1(
                **own,
                result_version=1,
                outcome="pass",
                total="88.00",
                components=tuple(passed),
                requirements=BLUEPRINT.requirements,
                published_at=NOW,
            ),
            CertificateIssuedV1(**certificate, number="KZ-1", issued_at=NOW),
            registration.ApplicationVoidedV1(**own, reason_code="false_materials", voided_at=NOW),
            CertificateRevokedV1(**certificate, reason_code="misconduct", revoked_at=NOW),
        ]

    def received(self) -> list[Received[Any]]:
        """Return the same as handlers see them."""
        return [Received(ids.new_id(), one.key, 1, NOW, self.journey_id, None, one) for one in self.events()]
