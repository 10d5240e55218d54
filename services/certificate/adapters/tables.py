"""The tables of the certificate service. Whatever names a person is sealed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlmodel import Field, SQLModel

from shared.database.metadata import service_registry


class CertificateTable(SQLModel, registry=service_registry()):
    """What all tables of this service share: one metadata of their own."""


def _moment(*, nullable: bool = False) -> Any:
    return Field(sa_type=DateTime(timezone=True), nullable=nullable)


class PlanRow(CertificateTable, table=True):
    """What a plan's certificates are for; without a standard it only holds the place of a plan not heard of yet."""

    __tablename__ = "plan"

    id: UUID = Field(primary_key=True)
    standard: str | None = Field(sa_type=TEXT)
    edition: str | None = Field(sa_type=TEXT)
    level: str | None = Field(sa_type=TEXT)
    unit: str | None = Field(sa_type=TEXT)


class CandidateRow(CertificateTable, table=True):
    """All that has come in about one application: admission, result, voiding, in any order."""

    __tablename__ = "candidate"
    # What changes later stands in no index; a result makes a row more than twice as long, and pages keep room for it.
    __table_args__ = (Index("ix_candidate_plan_id", "plan_id"), {"postgresql_with": {"fillfactor": "25"}})

    application_id: UUID = Field(primary_key=True)
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    person: bytes | None = Field(sa_type=LargeBinary)
    admitted_at: datetime | None = _moment(nullable=True)
    voided_at: datetime | None = _moment(nullable=True)
    result_version: int | None = Field(sa_type=BigInteger)
    outcome: str | None = Field(sa_type=TEXT)
    scores: dict[str, Any] | None = Field(sa_type=JSONB)
    requirements: list[str] | None = Field(sa_type=ARRAY(TEXT))
    published_at: datetime | None = _moment(nullable=True)
    certificate_id: UUID | None


class CertificateRow(CertificateTable, table=True):
    """A certificate. Credential and token are sealed."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("application_id"),
        UniqueConstraint("number"),
        UniqueConstraint("list_number", "status_index"),
        CheckConstraint("status IN ('valid', 'revoked')", name="status"),
        CheckConstraint("(status = 'revoked') = (revoked_at IS NOT NULL)", name="revoked"),
        Index("ix_certificate_plan_id_id", "plan_id", "id"),
        Index("ix_certificate_institution_id_id", "institution_id", "id"),
        Index(
            "ix_certificate_list_number_revoked",
            "list_number",
            "status_index",
            postgresql_where=text("status = 'revoked'"),
        ),
        {"postgresql_with": {"toast_tuple_target": "8160"}},
    )

    id: UUID = Field(primary_key=True)
    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    number: str = Field(sa_type=TEXT)
    list_number: int
    status_index: int
    method: str = Field(sa_type=TEXT)
    status: str = Field(sa_type=TEXT)
    version: int = Field(sa_type=BigInteger)
    issued_at: datetime = _moment()
    revoked_at: datetime | None = _moment(nullable=True)
    reason: str | None = Field(sa_type=TEXT)
    credential: bytes = Field(sa_type=LargeBinary)
    token: bytes = Field(sa_type=LargeBinary)


class CounterRow(CertificateTable, table=True):
    """How many serials of a series and year (or places in status lists) have been taken."""

    __tablename__ = "counter"

    series: str = Field(primary_key=True, sa_type=TEXT)
    year: int = Field(primary_key=True)
    taken: int = Field(sa_type=BigInteger)


class StatusListRow(CertificateTable, table=True):
    """A status list: the secret of its order, how often it changed, and how it was last signed."""

    __tablename__ = "status_list"

    number: int = Field(primary_key=True)
    secret: bytes = Field(sa_type=LargeBinary)
    version: int = Field(sa_type=BigInteger)
    signed: bytes | None = Field(sa_type=LargeBinary)
    signed_version: int | None = Field(sa_type=BigInteger)
    signed_at: datetime | None = _moment(nullable=True)


class SigningKeyRow(CertificateTable, table=True):
    """A public key that was used at least once; never removed, so that old certificates stay verifiable."""

    __tablename__ = "signing_key"

    method: str = Field(primary_key=True, sa_type=TEXT)
    public_key: bytes = Field(sa_type=LargeBinary)
    first_used_at: datetime = _moment()


class DocumentRow(CertificateTable, table=True):
    """A printed certificate, sealed."""

    __tablename__ = "document"

    certificate_id: UUID = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    printed_at: datetime = _moment()
