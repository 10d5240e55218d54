"""Tables every API needs: answers kept for repeated requests, and the audit trail that cannot be rewritten."""

from typing import Any

_UP = (
    """
    CREATE TABLE idempotency (
        subject     text        NOT NULL,
        operation   text        NOT NULL,
        key         text        NOT NULL,
        fingerprint bytea       NOT NULL,
        status      smallint,
        answer      bytea,
        created_at  timestamptz NOT NULL DEFAULT clock_now(),
        CONSTRAINT pk_idempotency PRIMARY KEY (subject, operation, key)
    )
    """,
    "CREATE INDEX ix_idempotency_created_at ON idempotency (created_at)",
    """
    CREATE TABLE audit (
        seq      bigint      NOT NULL CONSTRAINT pk_audit PRIMARY KEY,
        at       timestamptz NOT NULL,
        actor    text        NOT NULL,
        action   text        NOT NULL,
        subject  text        NOT NULL,
        detail   jsonb       NOT NULL,
        previous bytea       NOT NULL,
        hash     bytea       NOT NULL
    )
    """,
    "CREATE INDEX ix_audit_subject ON audit (subject, seq)",
    """
    CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()
    """,
)
_DOWN = (
    "DROP TABLE audit",
    "DROP FUNCTION audit_refuse_change()",
    "DROP TABLE idempotency",
)


def upgrade(op: Any) -> None:
    """Create the tables; called with Alembic's `op` from each service's first migration."""
    for statement in _UP:
        op.execute(statement)


def downgrade(op: Any) -> None:
    """Drop the tables."""
    for statement in _DOWN:
        op.execute(statement)
