"""What grading tells the others: the end of marking (by plan) and results (by application)."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.events.exam import Component
from shared.events.payload import EventPayload

Outcome = Literal["pass", "fail", "absent"]


class MarkingClosedV1(EventPayload):
    """Every work of the plan has its agreed mark; exam may now unseal the work codes."""

    event_type: ClassVar[str] = "grading.marking_closed.v1"
    topic: ClassVar[str] = "grading.marking"
    key_field: ClassVar[str] = "plan_id"

    plan_id: UUID
    works: int
    closed_at: AwareDatetime


class ComponentResult(BaseModel):
    """One component's score, a decimal as text, or none for an absence."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    component: Component
    score: str | None
    passed: bool


class ResultPublishedV1(EventPayload):
    """A result was released. `total` is a decimal as text. `requirements` are the codes of the skills examined."""

    event_type: ClassVar[str] = "grading.result_published.v1"
    topic: ClassVar[str] = "grading.results"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    plan_id: UUID
    result_version: int
    outcome: Outcome
    total: str | None
    components: tuple[ComponentResult, ...]
    requirements: tuple[str, ...]
    published_at: AwareDatetime
