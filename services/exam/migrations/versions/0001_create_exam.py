"""Create the tables of exam, and those every service needs for events and requests.

Revision ID: 0001
Revises:
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.database import clock, messaging_tables, request_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = ("work", "device_record", "candidate", "seat_plan", "exam_session", "plan", "room", "site")


def upgrade() -> None:
    clock.upgrade(op)
    messaging_tables.upgrade(op)
    request_tables.upgrade(op)
    _create_sites()
    _create_plans()
    _create_candidates()
    _create_uploads()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    request_tables.downgrade(op)
    messaging_tables.downgrade(op)
    clock.downgrade(op)


def _text(name: str, *, nullable: bool = False) -> Any:
    return sa.Column(name, sa.Text, nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> Any:
    return sa.Column(name, sa.Uuid, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> Any:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _whole(name: str, *, nullable: bool = False, default: str | None = None) -> Any:
    return sa.Column(name, sa.Integer, nullable=nullable, server_default=default)


def _refers(table: str, column: str, parent: str) -> Any:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}")


def _key(table: str, *columns: str) -> Any:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _create_sites() -> None:
    op.create_table("site", _uuid("id"), _text("name"), _text("address"), _moment("created_at"), _key("site", "id"))
    op.create_table(
        "room",
        _uuid("id"),
        _uuid("site_id"),
        _text("name"),
        _whole("stations"),
        _key("room", "id"),
        _refers("room", "site_id", "site"),
        sa.UniqueConstraint("site_id", "name", name="uq_room_site_id_name"),
    )


def _create_plans() -> None:
    op.create_table(
        "plan",
        _uuid("id"),
        _text("title"),
        _text("standard"),
        _text("level"),
        _text("unit", nullable=True),
        _moment("entry_opens_at"),
        _moment("entry_closes_at"),
        sa.Column("requires_materials", sa.Boolean, nullable=False),
        _whole("opens_minutes_before"),
        _whole("late_limit_minutes"),
        sa.Column("blueprint", JSONB, nullable=False),
        _text("state"),
        sa.Column("version", sa.BigInteger, nullable=False),
        _whole("seat_plan_version"),
        _text("digest", nullable=True),
        _moment("created_at"),
        _moment("unsealed_at", nullable=True),
        _key("plan", "id"),
    )
    op.create_table(
        "exam_session",
        _uuid("id"),
        _uuid("plan_id"),
        _text("component"),
        _uuid("site_id"),
        _moment("starts_at"),
        _moment("ends_at"),
        _moment("closed_at", nullable=True),
        *(_whole(name, default="0") for name in ("present", "absent", "no_work")),
        _key("exam_session", "id"),
        _refers("exam_session", "plan_id", "plan"),
        _refers("exam_session", "site_id", "site"),
    )
    op.create_index("ix_exam_session_plan_id", "exam_session", ["plan_id"])
    op.create_index("ix_exam_session_site_id_starts_at", "exam_session", ["site_id", "starts_at"])
    op.create_table(
        "seat_plan",
        _uuid("plan_id"),
        _whole("version"),
        _text("seed"),
        _text("digest"),
        _whole("neighbours"),
        _moment("sealed_at"),
        _key("seat_plan", "plan_id", "version"),
        _refers("seat_plan", "plan_id", "plan"),
    )


def _seat_of(component: str) -> list[Any]:
    return [
        _uuid(f"{component}_session_id", nullable=True),
        _uuid(f"{component}_room_id", nullable=True),
        _whole(f"{component}_station", nullable=True),
        _text(f"{component}_status"),
        _moment(f"{component}_at", nullable=True),
    ]


def _one_person_a_seat(component: str) -> Any:
    columns = [f"{component}_{part}" for part in ("session_id", "room_id", "station")]
    return sa.UniqueConstraint(*columns, name=f"uq_candidate_{component}_seat")


def _create_candidates() -> None:
    op.create_table(
        "candidate",
        _uuid("application_id"),
        _uuid("plan_id"),
        _uuid("institution_id", nullable=True),
        _uuid("journey_id", nullable=True),
        sa.Column("person", sa.LargeBinary, nullable=True),
        _text("state"),
        sa.Column("version", sa.BigInteger, nullable=False),
        _moment("admitted_at"),
        _text("ticket_no", nullable=True),
        _whole("seat_plan_version", nullable=True),
        *_seat_of("practical"),
        *_seat_of("interview"),
        _text("interview_code", nullable=True),
        _key("candidate", "application_id"),
        _refers("candidate", "plan_id", "plan"),
        _one_person_a_seat("practical"),
        _one_person_a_seat("interview"),
        sa.UniqueConstraint("ticket_no", name="uq_candidate_ticket_no"),
        sa.UniqueConstraint("interview_code", name="uq_candidate_interview_code"),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index("ix_candidate_plan_id_application_id", "candidate", ["plan_id", "application_id"])
    op.create_index("ix_candidate_waiting", "candidate", ["plan_id"], postgresql_where=sa.text("state = 'waiting'"))


def _create_uploads() -> None:
    op.create_table(
        "device_record",
        _text("device_id"),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        _uuid("session_id"),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        _key("device_record", "device_id", "sequence"),
        _refers("device_record", "session_id", "exam_session"),
    )
    op.create_table(
        "work",
        _text("work_code"),
        _uuid("plan_id"),
        sa.Column("sealed_application", sa.LargeBinary, nullable=False),
        sa.Column("artefacts", JSONB, nullable=False),
        _moment("submitted_at"),
        _key("work", "work_code"),
        _refers("work", "plan_id", "plan"),
    )
    op.create_index("ix_work_plan_id_work_code", "work", ["plan_id", "work_code"])
