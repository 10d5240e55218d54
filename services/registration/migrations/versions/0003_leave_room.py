"""Leave more room beside journeys: what later events say makes a row more than twice as long.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE journey SET (fillfactor = 30)")


def downgrade() -> None:
    op.execute("ALTER TABLE journey SET (fillfactor = 50)")
