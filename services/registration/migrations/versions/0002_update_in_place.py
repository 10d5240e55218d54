"""Let rows change beside themselves: what changes later stands in no index, and pages keep room for it.

Whether an application is live was read from its status, so each decision entered the row anew into all five indexes.
It is a column of its own now, which a decision does not change.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATUSES = "status IN ('draft', 'submitted', 'under_review', 'returned', 'admitted')"
_UP = (
    "DROP INDEX uq_application_live",
    "ALTER TABLE application SET (fillfactor = 50)",
    f"ALTER TABLE application ADD COLUMN live boolean NOT NULL GENERATED ALWAYS AS ({_STATUSES}) STORED",
    "CREATE UNIQUE INDEX uq_application_live ON application (plan_id, person_index) WHERE live",
    "ALTER TABLE journey SET (fillfactor = 50)",
)
_DOWN = (
    "ALTER TABLE journey RESET (fillfactor)",
    "DROP INDEX uq_application_live",
    "ALTER TABLE application DROP COLUMN live",
    "ALTER TABLE application RESET (fillfactor)",
    f"CREATE UNIQUE INDEX uq_application_live ON application (plan_id, person_index) WHERE {_STATUSES}",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
