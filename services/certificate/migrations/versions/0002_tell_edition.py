"""Keep which edition of its standard a plan was published on.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan", sa.Column("edition", sa.Text))


def downgrade() -> None:
    op.drop_column("plan", "edition")
