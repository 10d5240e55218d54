"""Let candidates change beside themselves: outcome and certificate stand in no index, and pages keep room.

A result makes a row more than twice as long. Credentials stay in their rows: cut in two for a table of their own they
take more writing, and the server tries in vain to compress what is sealed.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UP = (
    "ALTER TABLE candidate SET (fillfactor = 25)",
    "CREATE INDEX ix_candidate_plan_id ON candidate (plan_id)",
    "DROP INDEX ix_candidate_plan_id_due",
    "ALTER TABLE certificate SET (toast_tuple_target = 8160)",
)
_DOWN = (
    "ALTER TABLE certificate RESET (toast_tuple_target)",
    """
    CREATE INDEX ix_candidate_plan_id_due ON candidate (plan_id)
     WHERE certificate_id IS NULL AND outcome = 'pass'
    """,
    "DROP INDEX ix_candidate_plan_id",
    "ALTER TABLE candidate RESET (fillfactor)",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
