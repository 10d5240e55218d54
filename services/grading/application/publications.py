"""What grading tells the others, made from what its rules decided."""

from datetime import datetime
from uuid import UUID

from services.grading.application.records import PlanRecord
from services.grading.domain.composition import Composed
from shared.events.grading import ComponentResult, MarkingClosedV1, ResultPublishedV1


def marking_closed(plan_id: UUID, works: int, at: datetime) -> MarkingClosedV1:
    """Say that every work has its mark."""
    return MarkingClosedV1(plan_id=plan_id, works=works, closed_at=at)


def result_published(plan: PlanRecord, application_id: UUID, composed: Composed, at: datetime) -> ResultPublishedV1:
    """Say what became of a candidate; this is the first version of the result."""
    return ResultPublishedV1(
        application_id=application_id,
        plan_id=plan.plan_id,
        result_version=1,
        outcome=composed.outcome.value,
        total=None if composed.total is None else str(composed.total),
        components=tuple(
            ComponentResult(component=code, score=_text(score), passed=passed)
            for code, score, passed in composed.components
        ),
        requirements=plan.rules.requirements,
        published_at=at,
    )


def _text(score: object) -> str | None:
    return None if score is None else str(score)
