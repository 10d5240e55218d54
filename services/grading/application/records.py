"""What the use cases read from storage and write to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from services.grading.application.rules import GradingRules
from services.grading.domain.completeness import Expected, PlanState
from services.grading.domain.work import WorkState


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as grading knows it."""

    plan_id: UUID
    state: PlanState
    version: int
    rules: GradingRules
    expected: Expected | None


class HeldMark(NamedTuple):
    """A person's place on a work or interview, with the current revision of the mark, if there is one.

    The points and the comment are there only for the person who asked.
    """

    place: int
    subject: str
    revision: int = 0
    score: Decimal | None = None
    scores: Mapping[str, str] | None = None
    comment: str | None = None


class WorkRecord(NamedTuple):
    """A locked work with all its marks."""

    work_code: str
    institution_id: UUID | None
    state: WorkState
    held: tuple[HeldMark, ...]


class InterviewRecord(NamedTuple):
    """A locked interview with its panel's marks."""

    interview_code: str
    held: tuple[HeldMark, ...]


class Revision(NamedTuple):
    """A new revision of a mark."""

    code: str
    place: int
    revision: int
    scores: Mapping[str, str]
    score: Decimal
    comment: str | None


class Settled(NamedTuple):
    """Where a work stands after its marks changed."""

    work_code: str
    state: WorkState
    score: Decimal | None


class Sat(NamedTuple):
    """What is known of a candidate at release."""

    application_id: UUID
    journey_id: UUID | None
    absent_practical: bool
    absent_interview: bool
    practical: Decimal | None
    interview: Decimal | None
