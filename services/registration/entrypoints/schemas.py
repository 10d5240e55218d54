"""What the API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.registration.domain.model import Decision
from services.registration.entrypoints.journey_schemas import (
    CertificateResponse,
    MaterialResponse,
    PersonResponse,
    ResultResponse,
    SeatsResponse,
    TimelineEntry,
    WholePersonResponse,
)
from shared.web.bulk import ItemDone
from shared.web.texts import TIDY

Text = Annotated[str, StringConstraints(min_length=1, max_length=200), TIDY]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Severity = Literal["error", "note"]
_STRICT = ConfigDict(extra="forbid")


class PlanResponse(BaseModel):
    """A plan that takes entries."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str
    standard: str
    level: str
    unit: str | None
    requires_materials: bool
    entry_opens_at: datetime
    entry_closes_at: datetime


class BatchFailure(BaseModel):
    """What cannot be read: why, from which row on, and a word of it."""

    code: str
    row: int
    detail: str


class BatchResponse(BaseModel):
    """A batch and how far it is. `rows` is known once the file is checked; finished, it is accepted + refused."""

    id: UUID
    plan_id: UUID
    institution_id: UUID
    status: str = Field(description="received | processing | finished | failed")
    rows: int | None
    accepted: int
    refused: int
    progress: float = Field(description="0 至 1")
    failure: BatchFailure | None = Field(description="整个文件无法读取的原因 why the file as a whole cannot be read")
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: Any) -> "BatchResponse":
        """Return the batch of a table row."""
        done = row.accepted + row.refused
        return cls(
            id=row.id,
            plan_id=row.plan_id,
            institution_id=row.institution_id,
            status=row.status,
            rows=row.total,
            accepted=row.accepted,
            refused=row.refused,
            progress=1.0 if row.status == "finished" else done / row.total if row.total else 0.0,
            failure=row.failure,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )


class RowErrorResponse(BaseModel):
    """One fault of one row, or a note: the row as a spreadsheet numbers it, the column's header, what to do."""

    row: int
    field: str
    code: str
    message_zh: str
    message_en: str
    severity: Severity = Field(
        description="error：本行未受理；note：本行已受理，有内容被改正或留空 refused, or only noted"
    )


class PersonRequest(BaseModel):
    """Who applies."""

    model_config = _STRICT

    name: str = Field(max_length=200)
    document_type: str = Field(max_length=50)
    document_number: str = Field(max_length=50)
    document_issuer: str | None = Field(
        default=None,
        max_length=100,
        description="护照的签发国（名称或三字母代码） of a passport: name or ISO 3166-1 alpha-3",
    )
    phone: str | None = Field(default=None, max_length=50)
    major: str = Field(default="", max_length=200)
    class_name: str = Field(default="", max_length=200)
    student_no: str = Field(default="", max_length=200)


class MaterialRequest(BaseModel):
    """A written material by its digest."""

    model_config = _STRICT

    kind: Code
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]
    size: int = Field(ge=1, le=999_999_999_999)


class ApplicationContent(BaseModel):
    """A person and the materials."""

    model_config = _STRICT

    person: PersonRequest
    materials: list[MaterialRequest] = Field(default_factory=list, max_length=20)

    def cells(self) -> dict[str, str]:
        """Return the content in the form of a batch row, so that one set of rules serves both."""
        cells = {name: value or "" for name, value in self.person.model_dump().items()}
        return cells | {"materials": ";".join(f"{each.kind}:{each.sha256}:{each.size}" for each in self.materials)}


class ApplicationRequest(ApplicationContent):
    """A single application."""

    plan_id: UUID


class ApplicationResponse(BaseModel):
    """An application with its person masked."""

    id: UUID
    journey_id: UUID
    status: str
    version: int
    plan_id: UUID
    institution_id: UUID | None
    batch_id: UUID | None
    row: int | None
    person: WholePersonResponse | PersonResponse
    materials: list[MaterialResponse]
    reason_code: str | None
    submitted_at: datetime


class ApplicationDetail(ApplicationResponse):
    """An application with all that later events say of it."""

    comment: str | None
    timeline: list[TimelineEntry]
    seat: SeatsResponse | None
    result: ResultResponse | None
    certificate: CertificateResponse | None


class DecisionRequest(BaseModel):
    """A decision on one application, at the version that was judged."""

    model_config = _STRICT

    application_id: UUID
    version: int = Field(ge=0)
    decision: Decision
    reason_code: Code | None = None
    comment: str | None = Field(default=None, max_length=1_000)


class DecisionDone(ItemDone):
    """A decision that stands."""

    application_id: UUID
    status: str
    version: int


class VoidRequest(BaseModel):
    """Why an application is void."""

    model_config = _STRICT

    reason_code: Code
