"""Let works and interviews change beside themselves: a work's state stands in no index, and pages keep room.

A work changes its state about four times; each change entered it anew into both its indexes. The candidates of a plan
and the interviews of a panel can be read page by page.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_UP = (
    "ALTER TABLE work SET (fillfactor = 50)",
    "CREATE INDEX ix_work_plan_id ON work (plan_id)",
    "DROP INDEX ix_work_plan_id_state",
    "ALTER TABLE interview SET (fillfactor = 50)",
    "CREATE INDEX ix_candidate_plan_id_application_id ON candidate (plan_id, application_id)",
    "DROP INDEX ix_candidate_plan_id",
    "CREATE INDEX ix_interview_plan_id_panel_id_interview_code ON interview (plan_id, panel_id, interview_code)",
    "DROP INDEX ix_interview_plan_id_panel_id",
)
_DOWN = (
    "CREATE INDEX ix_interview_plan_id_panel_id ON interview (plan_id, panel_id)",
    "DROP INDEX ix_interview_plan_id_panel_id_interview_code",
    "CREATE INDEX ix_candidate_plan_id ON candidate (plan_id)",
    "DROP INDEX ix_candidate_plan_id_application_id",
    "ALTER TABLE interview RESET (fillfactor)",
    "CREATE INDEX ix_work_plan_id_state ON work (plan_id, state)",
    "DROP INDEX ix_work_plan_id",
    "ALTER TABLE work RESET (fillfactor)",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
