"""Registration's tables. Persons, comments and uploads are sealed; nothing here is readable without the key ring."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Computed, DateTime, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from services.registration.domain.model import LIVE
from shared.database.metadata import service_registry

_MOMENT = DateTime(timezone=True)
# As PostgreSQL writes it back, so that the schema's test can compare.
_LIVE_STATUS = "status = ANY (ARRAY[{}])".format(", ".join(f"'{status}'::text" for status in LIVE))


def _moment(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_type=_MOMENT, nullable=nullable)


def _text(*, nullable: bool = False, primary_key: bool = False) -> Any:
    return Field(default=None, sa_type=Text, nullable=nullable, primary_key=primary_key)


def _json(default: str | None = None) -> Any:
    extra = {"server_default": text(f"'{default}'")} if default else {}
    return Field(default=None, sa_type=JSONB, nullable=default is None, sa_column_kwargs=extra)


class RegistrationTable(SQLModel, registry=service_registry()):
    """What all tables of this service share: their own metadata."""

    __tablename__: ClassVar[str]


class InstitutionRow(RegistrationTable, table=True):
    """A partner school."""

    __tablename__ = "institution"

    id: UUID = Field(primary_key=True)
    name: str = _text()
    region: str = _text()
    credit_code: str | None = _text(nullable=True)
    created_at: datetime = _moment()


class ApiClientRow(RegistrationTable, table=True):
    """A school's machine client; the secret is kept as a hash."""

    __tablename__ = "api_client"
    __table_args__ = (Index("ix_api_client_institution_id", "institution_id"),)

    client_id: str = _text(primary_key=True)
    institution_id: UUID
    label: str = _text()
    scopes: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    secret_hash: bytes
    created_at: datetime = _moment()


class PlanRow(RegistrationTable, table=True):
    """An exam plan, from exam's events."""

    __tablename__ = "plan"

    id: UUID = Field(primary_key=True)
    title: str = _text()
    standard: str = _text()
    level: str = _text()
    unit: str | None = _text(nullable=True)
    requires_materials: bool
    entry_opens_at: datetime = _moment()
    entry_closes_at: datetime = _moment()
    arranged_at: datetime | None = _moment(nullable=True)
    finished_at: datetime | None = _moment(nullable=True)


class BatchRow(RegistrationTable, table=True):
    """A school's batch: what came, who works on it, how far it is."""

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("institution_id", "key", name="uq_batch_institution_id"),
        Index("ix_batch_institution_id_id", "institution_id", "id"),
        Index("ix_batch_open", "id", postgresql_where=text("status IN ('received', 'processing')")),
    )

    id: UUID = Field(primary_key=True)
    institution_id: UUID
    plan_id: UUID
    key: str = _text()
    content_hash: bytes
    size: int = Field(sa_type=BigInteger)
    form: str = _text()
    encoding: str = _text()
    chunks: int
    status: str = _text()
    total: int | None
    last_row: int
    accepted: int
    refused: int
    failure: dict[str, Any] | None = _json()
    attempts: int
    claimed_by: UUID | None
    claimed_until: datetime | None = _moment(nullable=True)
    created_at: datetime = _moment()
    finished_at: datetime | None = _moment(nullable=True)


class BatchUploadRow(RegistrationTable, table=True):
    """One sealed piece of an upload; deleted when the batch is finished."""

    __tablename__ = "batch_upload"

    batch_id: UUID = Field(primary_key=True)
    chunk: int = Field(primary_key=True)
    sealed: bytes


class RowErrorRow(RegistrationTable, table=True):
    """One fault of one row of a batch, or a note on it; of the value at most one character that a name may not have."""

    __tablename__ = "row_error"

    batch_id: UUID = Field(primary_key=True)
    row_no: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    field: str = _text()
    code: str = _text()
    position: int | None
    character: str = _text()


class ApplicationRow(RegistrationTable, table=True):
    """One application. A plan fixes standard, level and unit, so person and plan are enough to keep it unique."""

    __tablename__ = "application"
    __table_args__ = (
        Index("uq_application_live", "plan_id", "person_index", unique=True, postgresql_where=text("live")),
        Index("ix_application_plan_id_id", "plan_id", "id"),
        Index("ix_application_institution_id_id", "institution_id", "id"),
        Index("ix_application_batch_id_id", "batch_id", "id"),
        # Room for updates beside the row, and no index on what a decision changes: its version is written once.
        {"postgresql_with": {"fillfactor": "50"}},
    )

    id: UUID = Field(primary_key=True)
    journey_id: UUID
    plan_id: UUID
    institution_id: UUID | None
    batch_id: UUID | None
    row_no: int | None
    status: str = _text()
    #: Made by the database from the status; it stands in the index instead of it.
    live: bool = Field(sa_type=Boolean, nullable=False, sa_column_args=[Computed(_LIVE_STATUS, persisted=True)])
    version: int = Field(sa_type=BigInteger)
    event_version: int = Field(sa_type=BigInteger)
    person_index: bytes
    sealed: bytes
    materials: list[dict[str, Any]] = _json("[]")
    history: list[dict[str, Any]] = _json("[]")
    reason_code: str | None = _text(nullable=True)
    comment: bytes | None
    submitted_at: datetime = _moment()


class JourneyRow(RegistrationTable, table=True):
    """What later events said of an application. Each event has columns of its own, so their order does not matter."""

    __tablename__ = "journey"
    __table_args__: ClassVar[Any] = {"postgresql_with": {"fillfactor": "30"}}

    application_id: UUID = Field(primary_key=True)
    practical_seat: dict[str, Any] | None = _json()
    interview_seat: dict[str, Any] | None = _json()
    seated_at: datetime | None = _moment(nullable=True)
    practical_checked_in_at: datetime | None = _moment(nullable=True)
    interview_checked_in_at: datetime | None = _moment(nullable=True)
    interview_attended_at: datetime | None = _moment(nullable=True)
    practical_absent_at: datetime | None = _moment(nullable=True)
    interview_absent_at: datetime | None = _moment(nullable=True)
    result: dict[str, Any] | None = _json()
    result_published_at: datetime | None = _moment(nullable=True)
    certificate_id: UUID | None
    certificate_number: str | None = _text(nullable=True)
    certificate_issued_at: datetime | None = _moment(nullable=True)
    certificate_revoked_at: datetime | None = _moment(nullable=True)
    certificate_reason_code: str | None = _text(nullable=True)
