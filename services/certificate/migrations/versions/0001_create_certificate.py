"""Create the tables of the certificate service."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database import clock, messaging_tables, request_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("document", "signing_key", "status_list", "counter", "certificate", "candidate", "plan")


def upgrade() -> None:
    clock.upgrade(op)
    messaging_tables.upgrade(op)
    request_tables.upgrade(op)
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
    )
    _create_candidate()
    _create_certificate()
    _create_publications()


def _create_candidate() -> None:
    op.create_table(
        "candidate",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid()),
        sa.Column("journey_id", sa.Uuid()),
        sa.Column("person", sa.LargeBinary()),
        sa.Column("admitted_at", _MOMENT),
        sa.Column("voided_at", _MOMENT),
        sa.Column("result_version", sa.BigInteger()),
        sa.Column("outcome", sa.Text()),
        sa.Column("scores", postgresql.JSONB()),
        sa.Column("requirements", postgresql.ARRAY(sa.Text())),
        sa.Column("published_at", _MOMENT),
        sa.Column("certificate_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("application_id", name="pk_candidate"),
    )
    op.create_index(
        "ix_candidate_plan_id_due",
        "candidate",
        ["plan_id"],
        postgresql_where=sa.text("certificate_id IS NULL AND outcome = 'pass'"),
    )


def _create_certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid()),
        sa.Column("journey_id", sa.Uuid()),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT),
        sa.Column("reason", sa.Text()),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("application_id", name="uq_certificate_application_id"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
        sa.UniqueConstraint("list_number", "status_index", name="uq_certificate_list_number_status_index"),
        sa.CheckConstraint("status IN ('valid', 'revoked')", name=op.f("ck_certificate_status")),
        sa.CheckConstraint("(status = 'revoked') = (revoked_at IS NOT NULL)", name=op.f("ck_certificate_revoked")),
    )
    op.create_index("ix_certificate_plan_id_id", "certificate", ["plan_id", "id"])
    op.create_index("ix_certificate_institution_id_id", "certificate", ["institution_id", "id"])
    op.create_index(
        "ix_certificate_list_number_revoked",
        "certificate",
        ["list_number", "status_index"],
        postgresql_where=sa.text("status = 'revoked'"),
    )


def _create_publications() -> None:
    op.create_table(
        "counter",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name="pk_counter"),
    )
    op.create_table(
        "status_list",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("signed", sa.LargeBinary()),
        sa.Column("signed_version", sa.BigInteger()),
        sa.Column("signed_at", _MOMENT),
        sa.PrimaryKeyConstraint("number", name="pk_status_list"),
    )
    op.create_table(
        "signing_key",
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("first_used_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("method", name="pk_signing_key"),
    )
    op.create_table(
        "document",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("printed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", name="pk_document"),
    )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    request_tables.downgrade(op)
    messaging_tables.downgrade(op)
    clock.downgrade(op)
