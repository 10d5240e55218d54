"""The tables of operations. Spans are partitioned by day, so that old ones go by dropping a table."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from shared.database.metadata import service_registry

_BY_DAY = {"postgresql_partition_by": "RANGE (start_ns)"}


def _column(kind: type[TypeEngine[Any]], *, key: bool = False, null: bool = False) -> Column[Any]:
    return Column(kind, primary_key=key, nullable=null, autoincrement=False)


class OperationsTable(SQLModel, registry=service_registry()):
    """Parent of this service's tables."""


class SpanRow(OperationsTable, table=True):
    """A span; identifiers as raw bytes, times in nanoseconds."""

    __tablename__ = "span"
    __table_args__ = (_BY_DAY,)

    trace_id: bytes = Field(sa_column=_column(LargeBinary, key=True))
    span_id: bytes = Field(sa_column=_column(LargeBinary, key=True))
    start_ns: int = Field(sa_column=_column(BigInteger, key=True))
    end_ns: int = Field(sa_column=_column(BigInteger))
    parent_id: bytes | None = Field(sa_column=_column(LargeBinary, null=True))
    journey_id: UUID | None = Field(default=None)
    kind: int = Field(sa_column=_column(SmallInteger))
    status: int = Field(sa_column=_column(SmallInteger))
    service: str = Field(sa_column=_column(Text))
    name: str = Field(sa_column=_column(Text))
    attributes: dict[str, Any] = Field(sa_column=_column(JSON))
    links: list[list[str | None]] = Field(sa_column=_column(JSON))


class SpanJourneyRow(OperationsTable, table=True):
    """Which spans belong to a journey, by their own attribute or by that of a link."""

    __tablename__ = "span_journey"
    __table_args__ = (_BY_DAY,)

    journey_id: UUID = Field(primary_key=True)
    trace_id: bytes = Field(sa_column=_column(LargeBinary, key=True))
    span_id: bytes = Field(sa_column=_column(LargeBinary, key=True))
    start_ns: int = Field(sa_column=_column(BigInteger, key=True))


class OperationMinuteRow(OperationsTable, table=True):
    """How often an operation ran within a minute, by bucket of duration."""

    __tablename__ = "operation_minute"
    __table_args__ = (Index("ix_operation_minute_minute", "minute"),)

    service: str = Field(sa_column=_column(Text, key=True))
    name: str = Field(sa_column=_column(Text, key=True))
    kind: int = Field(sa_column=_column(SmallInteger, key=True))
    minute: int = Field(sa_column=_column(Integer, key=True))
    bucket: int = Field(sa_column=_column(SmallInteger, key=True))
    spans: int = Field(sa_column=_column(BigInteger))
    errors: int = Field(sa_column=_column(BigInteger))
    last_ns: int = Field(sa_column=_column(BigInteger))


class IgnoredSpanRow(OperationsTable, table=True):
    """How many spans were not taken on a day, and why."""

    __tablename__ = "ignored_span"

    day: date = Field(sa_column=_column(Date, key=True))
    reason: str = Field(sa_column=_column(Text, key=True))
    spans: int = Field(sa_column=_column(BigInteger))
