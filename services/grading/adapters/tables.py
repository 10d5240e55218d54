"""Grading's own tables. A work is known by its code alone; who handed it in arrives when marking is closed."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Numeric, SmallInteger, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.metadata import service_registry


class GradingTable(SQLModel, registry=service_registry()):
    """Keeps grading's tables apart from those of other services."""


class _Moment(DateTime):
    """A point in time with its zone."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)


class PlanRow(GradingTable, table=True):
    """A plan with its frozen blueprint. The expected counts come when the exam has finished."""

    __tablename__ = "plan"

    plan_id: UUID = Field(primary_key=True)
    title: str = Field(sa_type=Text)
    blueprint: dict[str, Any] = Field(sa_type=JSONB)
    state: str = Field(sa_type=Text)
    version: int = Field(sa_type=BigInteger)
    expected_candidates: int | None = None
    expected_works: int | None = None
    closed_at: datetime | None = Field(default=None, sa_type=_Moment)
    released_at: datetime | None = Field(default=None, sa_type=_Moment)


class MarkerRow(GradingTable, table=True):
    """A person who may mark or examine in a plan, and the school whose works and candidates are barred."""

    __tablename__ = "marker"

    plan_id: UUID = Field(primary_key=True)
    subject: str = Field(primary_key=True, sa_type=Text)
    institution_id: UUID | None = None


class WorkRow(GradingTable, table=True):
    """A handed-in work under its code. It has no candidate and no journey."""

    __tablename__ = "work"
    # Its state stands in no index, and pages keep room for the versions to come: a change is written once.
    __table_args__ = (Index(None, "plan_id"), {"postgresql_with": {"fillfactor": "50"}})

    work_code: str = Field(primary_key=True, sa_type=Text)
    plan_id: UUID
    institution_id: UUID | None = None
    artefacts: list[dict[str, Any]] = Field(sa_type=JSONB)
    state: str = Field(sa_type=Text)
    score: Decimal | None = Field(default=None, sa_type=Numeric)
    submitted_at: datetime = Field(sa_type=_Moment)


class AllocationRow(GradingTable, table=True):
    """Who marks a work in which position: 1 and 2 blind, 3 if they disagree."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("work_code", "marker"), Index(None, "plan_id", "marker", "work_code"))

    work_code: str = Field(primary_key=True, sa_type=Text)
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    plan_id: UUID
    marker: str = Field(sa_type=Text)


class MarkRow(GradingTable, table=True):
    """One revision of one mark; a trigger refuses to change or delete it. Position 4 is the arbitrator."""

    __tablename__ = "mark"

    work_code: str = Field(primary_key=True, sa_type=Text)
    position: int = Field(primary_key=True, sa_type=SmallInteger)
    revision: int = Field(primary_key=True)
    marker: str = Field(sa_type=Text)
    scores: dict[str, str] = Field(sa_type=JSONB)
    score: Decimal = Field(sa_type=Numeric)
    comment: str | None = Field(default=None, sa_type=Text)
    recorded_at: datetime = Field(sa_type=_Moment)


class PanelRow(GradingTable, table=True):
    """An interview panel of a plan."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("plan_id", "name"),)

    panel_id: UUID = Field(primary_key=True)
    plan_id: UUID
    name: str = Field(sa_type=Text)


class PanelExaminerRow(GradingTable, table=True):
    """One examiner of a panel."""

    __tablename__ = "panel_examiner"
    __table_args__ = (Index(None, "plan_id", "examiner"),)

    panel_id: UUID = Field(primary_key=True)
    examiner: str = Field(primary_key=True, sa_type=Text)
    plan_id: UUID


class InterviewRow(GradingTable, table=True):
    """An interview under its drawn code; panels see the code only."""

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("application_id"),
        Index(None, "plan_id", "panel_id", "interview_code"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    interview_code: str = Field(primary_key=True, sa_type=Text)
    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None = None
    panel_id: UUID | None = None
    score: Decimal | None = Field(default=None, sa_type=Numeric)


class InterviewMarkRow(GradingTable, table=True):
    """One revision of one examiner's scores; a trigger refuses to change or delete it."""

    __tablename__ = "interview_mark"

    interview_code: str = Field(primary_key=True, sa_type=Text)
    examiner: str = Field(primary_key=True, sa_type=Text)
    revision: int = Field(primary_key=True)
    scores: dict[str, str] = Field(sa_type=JSONB)
    score: Decimal = Field(sa_type=Numeric)
    comment: str | None = Field(default=None, sa_type=Text)
    recorded_at: datetime = Field(sa_type=_Moment)


class CandidateRow(GradingTable, table=True):
    """What sittings say about a candidate, in whatever order it arrives."""

    __tablename__ = "candidate"
    __table_args__ = (Index(None, "plan_id", "application_id"),)

    application_id: UUID = Field(primary_key=True)
    plan_id: UUID
    journey_id: UUID | None = None
    seated: bool = False
    absent_practical: bool = False
    absent_interview: bool = False


class UnsealedWorkRow(GradingTable, table=True):
    """Whose work a code is; known only after marking is closed, and kept without the journey."""

    __tablename__ = "unsealed_work"
    __table_args__ = (UniqueConstraint("work_code"),)

    application_id: UUID = Field(primary_key=True)
    work_code: str = Field(sa_type=Text)


class ResultRow(GradingTable, table=True):
    """A released result. There is no row before the release."""

    __tablename__ = "result"
    __table_args__ = (Index(None, "plan_id", "application_id"),)

    application_id: UUID = Field(primary_key=True)
    plan_id: UUID
    version: int = Field(sa_type=BigInteger)
    outcome: str = Field(sa_type=Text)
    practical: Decimal | None = Field(default=None, sa_type=Numeric)
    interview: Decimal | None = Field(default=None, sa_type=Numeric)
    total: Decimal | None = Field(default=None, sa_type=Numeric)
    released_at: datetime = Field(sa_type=_Moment)
