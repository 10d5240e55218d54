"""Exam's tables. Persons and the owners of works are sealed; nothing here says whose a work is."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.metadata import service_registry

_MOMENT = DateTime(timezone=True)


def _moment(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_type=_MOMENT, nullable=nullable)


def _text(*, nullable: bool = False, primary_key: bool = False) -> Any:
    return Field(default=None, sa_type=Text, nullable=nullable, primary_key=primary_key)


def _big(*, primary_key: bool = False) -> Any:
    return Field(default=None, sa_type=BigInteger, nullable=False, primary_key=primary_key)


def _json() -> Any:
    return Field(default=None, sa_type=JSONB, nullable=False)


def _count() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": text("0")})


def _of(parent: str, *, nullable: bool = False) -> Any:
    return Field(default=None, sa_column_args=[ForeignKey(f"{parent}.id")], nullable=nullable)


class ExamTable(SQLModel, registry=service_registry()):
    """What all tables of this service share: their own metadata."""

    __tablename__: ClassVar[str]


class SiteRow(ExamTable, table=True):
    """A site (考核站点)."""

    __tablename__ = "site"

    id: UUID = Field(primary_key=True)
    name: str = _text()
    address: str = _text()
    created_at: datetime = _moment()


class RoomRow(ExamTable, table=True):
    """A room (考场) with its stations, numbered from 1."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: UUID = Field(primary_key=True)
    site_id: UUID = _of("site")
    name: str = _text()
    stations: int


class PlanRow(ExamTable, table=True):
    """An exam plan; the blueprint is frozen from publication on."""

    __tablename__ = "plan"

    id: UUID = Field(primary_key=True)
    title: str = _text()
    standard: str = _text()
    edition: str | None = _text(nullable=True)
    level: str = _text()
    unit: str | None = _text(nullable=True)
    blueprint_code: str | None = _text(nullable=True)
    blueprint_version: int | None = None
    entry_opens_at: datetime = _moment()
    entry_closes_at: datetime = _moment()
    requires_materials: bool
    opens_minutes_before: int
    late_limit_minutes: int
    blueprint: dict[str, Any] = _json()
    state: str = _text()
    version: int = _big()
    seat_plan_version: int
    digest: str | None = _text(nullable=True)
    created_at: datetime = _moment()
    unsealed_at: datetime | None = _moment(nullable=True)


class BlueprintVersionRow(ExamTable, table=True):
    """A frozen version of a blueprint: plans were published with it, so a trigger refuses every change."""

    __tablename__ = "blueprint_version"
    __table_args__ = (
        # Two publications at once cannot give one derived content two versions.
        Index(
            "uq_blueprint_version_derived",
            "code",
            "digest",
            unique=True,
            postgresql_where=text("(body ->> 'derived') = 'true'"),
        ),
    )

    code: str = _text(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str = _text()
    body: dict[str, Any] = _json()
    frozen_at: datetime = _moment()


class SessionRow(ExamTable, table=True):
    """A session (场次) of one component at one site."""

    __tablename__ = "exam_session"
    __table_args__ = (
        Index("ix_exam_session_plan_id", "plan_id"),
        Index("ix_exam_session_site_id_starts_at", "site_id", "starts_at"),
    )

    id: UUID = Field(primary_key=True)
    plan_id: UUID = _of("plan")
    component: str = _text()
    site_id: UUID = _of("site")
    starts_at: datetime = _moment()
    ends_at: datetime = _moment()
    closed_at: datetime | None = _moment(nullable=True)
    present: int = _count()
    absent: int = _count()
    no_work: int = _count()


class SeatPlanRow(ExamTable, table=True):
    """How a version of a plan's seats came about: with seed and input anybody can repeat it."""

    __tablename__ = "seat_plan"

    plan_id: UUID = Field(primary_key=True, foreign_key="plan.id")
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seed: str = _text()
    digest: str = _text()
    neighbours: int
    sealed_at: datetime = _moment()


class CandidateRow(ExamTable, table=True):
    """A candidate and both sittings. The unique constraints hold that no seat has two people."""

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint(
            "practical_session_id", "practical_room_id", "practical_station", name="uq_candidate_practical_seat"
        ),
        UniqueConstraint(
            "interview_session_id", "interview_room_id", "interview_station", name="uq_candidate_interview_seat"
        ),
        UniqueConstraint("ticket_no"),
        Index("ix_candidate_plan_id_application_id", "plan_id", "application_id"),
        Index("ix_candidate_waiting", "plan_id", postgresql_where=text("state = 'waiting'")),
        # Room for updates beside the row: statuses change without touching the indexes.
        {"postgresql_with": {"fillfactor": "40"}},
    )

    application_id: UUID = Field(primary_key=True)
    plan_id: UUID = _of("plan")
    institution_id: UUID | None = None
    journey_id: UUID | None = None
    person: bytes | None = None
    state: str = _text()
    version: int = _big()
    admitted_at: datetime = _moment()
    ticket_no: str | None = _text(nullable=True)
    seat_plan_version: int | None = None
    practical_session_id: UUID | None = None
    practical_room_id: UUID | None = None
    practical_station: int | None = None
    practical_status: str = _text()
    practical_at: datetime | None = _moment(nullable=True)
    interview_session_id: UUID | None = None
    interview_room_id: UUID | None = None
    interview_station: int | None = None
    interview_status: str = _text()
    interview_at: datetime | None = _moment(nullable=True)
    interview_code: str | None = _text(nullable=True)


class InterviewCodeRow(ExamTable, table=True):
    """A drawn interview code, so that none is drawn twice; not in an index of candidates, who change beside theirs."""

    __tablename__ = "interview_code"

    code: str = _text(primary_key=True)


class DeviceRecordRow(ExamTable, table=True):
    """A record of a device that was accepted, with its sealed answer: a repeat is answered the same."""

    __tablename__ = "device_record"

    device_id: str = _text(primary_key=True)
    sequence: int = _big(primary_key=True)
    session_id: UUID = _of("exam_session")
    digest: bytes
    answer: bytes


class WorkRow(ExamTable, table=True):
    """A handed-in work; its owner can be read only with the key ring."""

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_plan_id_work_code", "plan_id", "work_code"),)

    work_code: str = _text(primary_key=True)
    plan_id: UUID = _of("plan")
    sealed_application: bytes
    artefacts: list[dict[str, Any]] = _json()
    submitted_at: datetime = _moment()
