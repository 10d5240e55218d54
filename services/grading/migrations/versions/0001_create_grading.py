"""Create grading's tables, with those of messaging and requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database import clock, messaging_tables, request_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
#: Revisions of marks are evidence: a change is a new row.
IMMUTABLE = ("mark", "interview_mark")


def upgrade() -> None:
    clock.upgrade(op)
    messaging_tables.upgrade(op)
    request_tables.upgrade(op)
    create_plans()
    create_works()
    create_interviews()
    create_candidates()
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    for table in IMMUTABLE:
        op.execute(
            f"CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("blueprint", postgresql.JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("expected_candidates", sa.Integer),
        sa.Column("expected_works", sa.Integer),
        sa.Column("closed_at", MOMENT),
        sa.Column("released_at", MOMENT),
        sa.PrimaryKeyConstraint("plan_id", name="pk_plan"),
    )
    op.create_table(
        "marker",
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("institution_id", sa.Uuid),
        sa.PrimaryKeyConstraint("plan_id", "subject", name="pk_marker"),
    )


def create_works() -> None:
    op.create_table(
        "work",
        sa.Column("work_code", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("institution_id", sa.Uuid),
        sa.Column("artefacts", postgresql.JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("score", sa.Numeric),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("work_code", name="pk_work"),
    )
    op.create_index("ix_work_plan_id_state", "work", ["plan_id", "state"])
    op.create_table(
        "allocation",
        sa.Column("work_code", sa.Text, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("work_code", "position", name="pk_allocation"),
        sa.UniqueConstraint("work_code", "marker", name="uq_allocation_work_code_marker"),
    )
    op.create_index("ix_allocation_plan_id_marker_work_code", "allocation", ["plan_id", "marker", "work_code"])
    op.create_table(
        "mark",
        sa.Column("work_code", sa.Text, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("scores", postgresql.JSONB, nullable=False),
        sa.Column("score", sa.Numeric, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("work_code", "position", "revision", name="pk_mark"),
    )


def create_interviews() -> None:
    op.create_table(
        "panel",
        sa.Column("panel_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("panel_id", name="pk_panel"),
        sa.UniqueConstraint("plan_id", "name", name="uq_panel_plan_id_name"),
    )
    op.create_table(
        "panel_examiner",
        sa.Column("panel_id", sa.Uuid, nullable=False),
        sa.Column("examiner", sa.Text, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("panel_id", "examiner", name="pk_panel_examiner"),
    )
    op.create_index("ix_panel_examiner_plan_id_examiner", "panel_examiner", ["plan_id", "examiner"])
    op.create_table(
        "interview",
        sa.Column("interview_code", sa.Text, nullable=False),
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("institution_id", sa.Uuid),
        sa.Column("panel_id", sa.Uuid),
        sa.Column("score", sa.Numeric),
        sa.PrimaryKeyConstraint("interview_code", name="pk_interview"),
        sa.UniqueConstraint("application_id", name="uq_interview_application_id"),
    )
    op.create_index("ix_interview_plan_id_panel_id", "interview", ["plan_id", "panel_id"])
    op.create_table(
        "interview_mark",
        sa.Column("interview_code", sa.Text, nullable=False),
        sa.Column("examiner", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("scores", postgresql.JSONB, nullable=False),
        sa.Column("score", sa.Numeric, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("interview_code", "examiner", "revision", name="pk_interview_mark"),
    )


def create_candidates() -> None:
    op.create_table(
        "candidate",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("journey_id", sa.Uuid),
        sa.Column("seated", sa.Boolean, nullable=False),
        sa.Column("absent_practical", sa.Boolean, nullable=False),
        sa.Column("absent_interview", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_candidate"),
    )
    op.create_index("ix_candidate_plan_id", "candidate", ["plan_id"])
    op.create_table(
        "unsealed_work",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("work_code", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_unsealed_work"),
        sa.UniqueConstraint("work_code", name="uq_unsealed_work_work_code"),
    )
    op.create_table(
        "result",
        sa.Column("application_id", sa.Uuid, nullable=False),
        sa.Column("plan_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("practical", sa.Numeric),
        sa.Column("interview", sa.Numeric),
        sa.Column("total", sa.Numeric),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_result"),
    )
    op.create_index("ix_result_plan_id_application_id", "result", ["plan_id", "application_id"])


def downgrade() -> None:
    for table in (
        "result",
        "unsealed_work",
        "candidate",
        "interview_mark",
        "interview",
        "panel_examiner",
        "panel",
        "mark",
        "allocation",
        "work",
        "marker",
        "plan",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change()")
    request_tables.downgrade(op)
    messaging_tables.downgrade(op)
    clock.downgrade(op)
