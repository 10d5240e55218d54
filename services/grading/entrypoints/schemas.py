"""What goes in and out over HTTP. Decimals are text."""

import json
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.grading.application.commands import GivenScores
from services.grading.domain.completeness import PlanState
from services.grading.domain.composition import Outcome
from shared.standards.blueprint import Blueprint
from shared.standards.criteria import Band
from shared.web.bulk import ItemDone, LargeBulkRequest
from shared.web.texts import CODE, KEY, TIDY

Code = Annotated[str, StringConstraints(min_length=1, max_length=64), CODE]
#: Whom tokens call so: small and capital letters, spaces and width do not make another person.
Subject = Annotated[str, StringConstraints(min_length=1, max_length=200), KEY]
#: PostgreSQL keeps no NUL in a text.
Comment = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2_000)]
CriterionCode = Annotated[str, StringConstraints(max_length=160)]
Points = Annotated[str, StringConstraints(max_length=20)]
Scores = Annotated[
    dict[CriterionCode, Points],
    Field(max_length=500, description="要点代码 → 得分 points by criterion", examples=[{"xb2b:junior:1.1.1": "8.5"}]),
]


class Request(BaseModel):
    """What all request bodies have in common: no field that nobody reads."""

    model_config = ConfigDict(extra="forbid")


class MarkerItem(Request):
    """A marker or examiner; works and candidates of the institution are barred."""

    subject: Subject
    institution_id: UUID | None = None


class PanelItem(Request):
    """An interview panel."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200), TIDY, Field(examples=["第一考评组"])]
    examiners: Annotated[list[Subject], Field(min_length=1, max_length=15)]


class PanelsRequest(Request):
    """The panels of a plan."""

    panels: Annotated[list[PanelItem], Field(min_length=1, max_length=1_000)]


class AllocateRequest(Request):
    """Draw markers and panels; the same seed on the same input draws the same."""

    seed: Annotated[int, Field(ge=-(2**63), lt=2**63, examples=[20261122])]


class MarkItem(Request):
    """A finished work: the points of every criterion."""

    work_code: Code
    scores: Scores
    comment: Comment | None = None

    def given(self) -> GivenScores:
        """Return it as the use cases take it."""
        return GivenScores(code=self.work_code, scores=self.scores, comment=self.comment)


class InterviewScoreItem(Request):
    """A heard interview: the points of every criterion."""

    interview_code: Code
    scores: Scores
    comment: Comment | None = None

    def given(self) -> GivenScores:
        """Return it as the use cases take it."""
        return GivenScores(code=self.interview_code, scores=self.scores, comment=self.comment)


class MarksRequest(LargeBulkRequest[MarkItem]):
    """A marker's finished works in one plan."""

    plan_id: UUID


class InterviewScoresRequest(LargeBulkRequest[InterviewScoreItem]):
    """An examiner's scores in one plan."""

    plan_id: UUID


class ScoresRecorded(ItemDone):
    """The scores are kept. It says nothing of other people's marks."""

    status: Literal["recorded"] = "recorded"


class CountResponse(BaseModel):
    """How many were taken in."""

    count: int


class AllocationResponse(BaseModel):
    """How many works and interviews waited, and how many works were given to markers."""

    works: int
    allocated: int
    interviews: int


class ClosedResponse(BaseModel):
    """Marking is closed with so many works."""

    works: int


class ReleaseResponse(BaseModel):
    """How many of each outcome were released."""

    passed: Annotated[int, Field(serialization_alias="pass")]
    failed: Annotated[int, Field(serialization_alias="fail")]
    absent: int

    @classmethod
    def of(cls, counts: dict[Outcome, int]) -> "ReleaseResponse":
        """Return the counts by name."""
        return cls(passed=counts[Outcome.PASSED], failed=counts[Outcome.FAILED], absent=counts[Outcome.ABSENT])


class Progress(BaseModel):
    """How far the marking of a plan is. What is expected is not known before the exam has ended."""

    model_config = ConfigDict(from_attributes=True)

    works: int
    marked_once: int
    agreed: int
    third_needed: int
    third_without_marker: int
    arbitration: int
    interviews: int
    interviews_scored: int
    candidates: int
    absent: int
    expected_works: int | None
    expected_candidates: int | None


class PlanResponse(BaseModel):
    """A plan as the list shows it."""

    model_config = ConfigDict(from_attributes=True)

    plan_id: UUID
    title: str
    state: PlanState
    closed_at: AwareDatetime | None
    released_at: AwareDatetime | None


class PlanDetailResponse(PlanResponse):
    """A plan with its frozen blueprint. Markers do not see the progress: it would tell what others did."""

    blueprint: Blueprint
    progress: Progress | None


class CriterionResponse(BaseModel):
    """What to score, for how many points."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    title_en: str
    points: Decimal
    step: Decimal | None
    kind: str
    bands: list[Band]


class ComponentResponse(BaseModel):
    """A component with its criteria in order."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    title_en: str
    kind: str
    points: Decimal
    criteria: list[CriterionResponse]


class CriteriaResponse(BaseModel):
    """What is scored in a plan."""

    components: list[ComponentResponse]


class ArtefactResponse(BaseModel):
    """A file of a work, by its digest."""

    task_code: str
    sha256: str
    size: int


class WorkTaskResponse(BaseModel):
    """A work to mark: its code and the digests of what was handed in, nothing else."""

    work_code: str
    artefacts: list[ArtefactResponse]

    @classmethod
    def of(cls, row: Any) -> "WorkTaskResponse":
        """Read a row."""
        return cls(work_code=row.work_code, artefacts=json.loads(row.artefacts))


class InterviewTaskResponse(BaseModel):
    """An interview to score, by its code."""

    model_config = ConfigDict(from_attributes=True)

    interview_code: str


class ResultResponse(BaseModel):
    """A released result."""

    model_config = ConfigDict(from_attributes=True)

    application_id: UUID
    version: int
    outcome: Outcome
    practical: Decimal | None
    interview: Decimal | None
    total: Decimal | None
    released_at: AwareDatetime
