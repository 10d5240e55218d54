"""Parts of an application as the API gives them: the person, and what later events say of the journey."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class PersonResponse(BaseModel):
    """The person, masked."""

    name: str
    document_type: str
    document_number: str
    document_issuer: str | None
    phone: str | None


class WholePersonResponse(PersonResponse):
    """The person unmasked, with what the school says of the student."""

    major: str
    class_name: str
    student_no: str


class MaterialResponse(BaseModel):
    """A written material by its digest."""

    kind: str
    sha256: str
    size: int


class TimelineEntry(BaseModel):
    """Something that happened."""

    at: datetime
    stage: str
    detail: str | None


class SeatResponse(BaseModel):
    """Where and when the candidate sits one component."""

    session_id: UUID
    site: str
    room: str
    station: str
    starts_at: datetime


class SeatsResponse(BaseModel):
    """The seats of both components."""

    practical: SeatResponse
    interview: SeatResponse


class ComponentResponse(BaseModel):
    """The result of one component; the score is a decimal as text."""

    component: str
    score: str | None
    passed: bool


class ResultResponse(BaseModel):
    """The released result."""

    result_version: int
    outcome: str
    total: str | None
    components: list[ComponentResponse]


class CertificateResponse(BaseModel):
    """The certificate. Id and number are unknown as long as only its revocation has been heard of."""

    id: UUID | None
    number: str | None
    status: Literal["valid", "revoked"]
    issued_at: datetime | None
    revoked_at: datetime | None
