"""Keep each version of a blueprint that a plan was published with, and what plans ask for.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSE = """
    CREATE FUNCTION refuse_change_of_blueprint() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a frozen blueprint never changes';
    END $$
"""
_FROZEN = """
    CREATE TRIGGER blueprint_version_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON blueprint_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_blueprint()
"""


def upgrade() -> None:
    op.add_column("plan", sa.Column("edition", sa.Text))
    op.add_column("plan", sa.Column("blueprint_code", sa.Text))
    op.add_column("plan", sa.Column("blueprint_version", sa.Integer))
    op.create_table(
        "blueprint_version",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name="pk_blueprint_version"),
    )
    op.create_index(
        "uq_blueprint_version_derived",
        "blueprint_version",
        ["code", "digest"],
        unique=True,
        postgresql_where=sa.text("(body ->> 'derived') = 'true'"),
    )
    op.execute(_REFUSE)
    op.execute(_FROZEN)


def downgrade() -> None:
    op.drop_table("blueprint_version")
    op.execute("DROP FUNCTION refuse_change_of_blueprint()")
    for column in ("blueprint_version", "blueprint_code", "edition"):
        op.drop_column("plan", column)
