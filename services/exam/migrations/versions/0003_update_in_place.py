"""Let candidates change beside themselves: interview codes are kept unique by a table of their own.

The index on the code made attending an interview enter the candidate anew into all seven indexes.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UP = (
    "ALTER TABLE candidate SET (fillfactor = 40)",
    "CREATE TABLE interview_code (code text NOT NULL, CONSTRAINT pk_interview_code PRIMARY KEY (code))",
    "INSERT INTO interview_code (code) SELECT interview_code FROM candidate WHERE interview_code IS NOT NULL",
    "ALTER TABLE candidate DROP CONSTRAINT uq_candidate_interview_code",
)
_DOWN = (
    "ALTER TABLE candidate ADD CONSTRAINT uq_candidate_interview_code UNIQUE (interview_code)",
    "DROP TABLE interview_code",
    "ALTER TABLE candidate SET (fillfactor = 70)",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
