"""Create registration's tables.

Revision ID: 0001
Revises:
"""

from alembic import op

from shared.database import clock, messaging_tables, request_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UP = (
    """
    CREATE TABLE institution (
        id          uuid        NOT NULL CONSTRAINT pk_institution PRIMARY KEY,
        name        text        NOT NULL,
        region      text        NOT NULL,
        credit_code text,
        created_at  timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE api_client (
        client_id      text        NOT NULL CONSTRAINT pk_api_client PRIMARY KEY,
        institution_id uuid        NOT NULL,
        label          text        NOT NULL,
        scopes         text[]      NOT NULL,
        secret_hash    bytea       NOT NULL,
        created_at     timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_api_client_institution_id ON api_client (institution_id)",
    """
    CREATE TABLE plan (
        id                 uuid        NOT NULL CONSTRAINT pk_plan PRIMARY KEY,
        title              text        NOT NULL,
        standard           text        NOT NULL,
        level              text        NOT NULL,
        unit               text,
        requires_materials boolean     NOT NULL,
        entry_opens_at     timestamptz NOT NULL,
        entry_closes_at    timestamptz NOT NULL,
        arranged_at        timestamptz,
        finished_at        timestamptz
    )
    """,
    """
    CREATE TABLE batch (
        id             uuid        NOT NULL CONSTRAINT pk_batch PRIMARY KEY,
        institution_id uuid        NOT NULL,
        plan_id        uuid        NOT NULL,
        key            text        NOT NULL,
        content_hash   bytea       NOT NULL,
        size           bigint      NOT NULL,
        form           text        NOT NULL,
        encoding       text        NOT NULL,
        chunks         integer     NOT NULL,
        status         text        NOT NULL,
        total          integer,
        last_row       integer     NOT NULL,
        accepted       integer     NOT NULL,
        refused        integer     NOT NULL,
        failure        jsonb,
        attempts       integer     NOT NULL,
        claimed_by     uuid,
        claimed_until  timestamptz,
        created_at     timestamptz NOT NULL,
        finished_at    timestamptz,
        CONSTRAINT uq_batch_institution_id UNIQUE (institution_id, key)
    )
    """,
    "CREATE INDEX ix_batch_institution_id_id ON batch (institution_id, id)",
    "CREATE INDEX ix_batch_open ON batch (id) WHERE status IN ('received', 'processing')",
    """
    CREATE TABLE batch_upload (
        batch_id uuid    NOT NULL,
        chunk    integer NOT NULL,
        sealed   bytea   NOT NULL,
        CONSTRAINT pk_batch_upload PRIMARY KEY (batch_id, chunk)
    )
    """,
    "ALTER TABLE batch_upload ALTER sealed SET STORAGE EXTERNAL",  # sealed bytes cannot be compressed
    """
    CREATE TABLE row_error (
        batch_id  uuid    NOT NULL,
        row_no    integer NOT NULL,
        place     integer NOT NULL,
        field     text    NOT NULL,
        code      text    NOT NULL,
        position  integer,
        character text    NOT NULL,
        CONSTRAINT pk_row_error PRIMARY KEY (batch_id, row_no, place)
    )
    """,
    """
    CREATE TABLE application (
        id             uuid        NOT NULL CONSTRAINT pk_application PRIMARY KEY,
        journey_id     uuid        NOT NULL,
        plan_id        uuid        NOT NULL,
        institution_id uuid,
        batch_id       uuid,
        row_no         integer,
        status         text        NOT NULL,
        version        bigint      NOT NULL,
        event_version  bigint      NOT NULL,
        person_index   bytea       NOT NULL,
        sealed         bytea       NOT NULL,
        materials      jsonb       NOT NULL DEFAULT '[]',
        history        jsonb       NOT NULL DEFAULT '[]',
        reason_code    text,
        comment        bytea,
        submitted_at   timestamptz NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX uq_application_live ON application (plan_id, person_index)
     WHERE status IN ('draft', 'submitted', 'under_review', 'returned', 'admitted')
    """,
    "CREATE INDEX ix_application_plan_id_id ON application (plan_id, id)",
    "CREATE INDEX ix_application_institution_id_id ON application (institution_id, id)",
    "CREATE INDEX ix_application_batch_id_id ON application (batch_id, id)",
    """
    CREATE TABLE journey (
        application_id          uuid NOT NULL CONSTRAINT pk_journey PRIMARY KEY,
        practical_seat          jsonb,
        interview_seat          jsonb,
        seated_at               timestamptz,
        practical_checked_in_at timestamptz,
        interview_checked_in_at timestamptz,
        interview_attended_at   timestamptz,
        practical_absent_at     timestamptz,
        interview_absent_at     timestamptz,
        result                  jsonb,
        result_published_at     timestamptz,
        certificate_id          uuid,
        certificate_number      text,
        certificate_issued_at   timestamptz,
        certificate_revoked_at  timestamptz,
        certificate_reason_code text
    )
    """,
)
_TABLES = ("journey", "application", "row_error", "batch_upload", "batch", "plan", "api_client", "institution")


def upgrade() -> None:
    clock.upgrade(op)
    messaging_tables.upgrade(op)
    request_tables.upgrade(op)
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for table in _TABLES:
        op.execute(f"DROP TABLE {table}")
    request_tables.downgrade(op)
    messaging_tables.downgrade(op)
    clock.downgrade(op)
