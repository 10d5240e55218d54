"""The tables of operations."""

import sqlalchemy as sa
from alembic import op

from shared.database import clock, messaging_tables, request_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PARTITIONED = ("span", "span_journey")

#: Runs with the rights of the migrating role, since the application may not create or drop tables.
_MAINTAIN = """
CREATE FUNCTION maintain_span(today date, ahead integer, retention_days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    parent text; day date; lower_ns bigint; oldest_ns bigint; part record; dropped integer := 0;
BEGIN
    IF ahead < 0 OR retention_days < 1 OR NOT pg_try_advisory_xact_lock(hashtext('maintain_span')) THEN
        RETURN 0;
    END IF;
    oldest_ns := extract(epoch FROM today - retention_days)::bigint * 1000000000;
    FOREACH parent IN ARRAY ARRAY['span', 'span_journey'] LOOP
        FOR day IN SELECT today + n FROM generate_series(-1, ahead) AS n LOOP
            lower_ns := extract(epoch FROM day)::bigint * 1000000000;
            IF to_regclass(parent || '_' || to_char(day, 'YYYYMMDD')) IS NULL THEN
                BEGIN
                    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)',
                                   parent || '_' || to_char(day, 'YYYYMMDD'), parent,
                                   lower_ns, lower_ns + 86400000000000);
                EXCEPTION WHEN check_violation THEN
                    NULL;  -- a day that began in the rest partition stays there
                END;
            END IF;
        END LOOP;
        FOR part IN SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                     WHERE i.inhparent = parent::regclass AND c.relname ~ '_\\d{8}$'
                       AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - retention_days LOOP
            EXECUTE format('DROP TABLE %I', part.name);
            dropped := dropped + 1;
        END LOOP;
        EXECUTE format('DELETE FROM %I WHERE start_ns < $1', parent || '_rest') USING oldest_ns;
    END LOOP;
    DELETE FROM operation_minute WHERE minute < extract(epoch FROM today - 1)::bigint / 60;
    DELETE FROM ignored_span WHERE ignored_span.day < today - retention_days;
    RETURN dropped;
END $$
"""


def upgrade():
    clock.upgrade(op)
    messaging_tables.upgrade(op)
    request_tables.upgrade(op)
    op.create_table(
        "span",
        sa.Column("trace_id", sa.LargeBinary(), nullable=False),
        sa.Column("span_id", sa.LargeBinary(), nullable=False),
        sa.Column("start_ns", sa.BigInteger(), nullable=False),
        sa.Column("end_ns", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.LargeBinary()),
        sa.Column("journey_id", sa.Uuid()),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", "span_id", "start_ns", name="pk_span"),
        postgresql_partition_by="RANGE (start_ns)",
    )
    op.create_table(
        "span_journey",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("trace_id", sa.LargeBinary(), nullable=False),
        sa.Column("span_id", sa.LargeBinary(), nullable=False),
        sa.Column("start_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("journey_id", "trace_id", "span_id", "start_ns", name="pk_span_journey"),
        postgresql_partition_by="RANGE (start_ns)",
    )
    op.create_table(
        "operation_minute",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.SmallInteger(), nullable=False),
        sa.Column("spans", sa.BigInteger(), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.Column("last_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service", "name", "kind", "minute", "bucket", name="pk_operation_minute"),
    )
    op.create_index("ix_operation_minute_minute", "operation_minute", ["minute"])
    op.create_table(
        "ignored_span",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("spans", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "reason", name="pk_ignored_span"),
    )
    for table in _PARTITIONED:
        op.execute(f"CREATE TABLE {table}_rest PARTITION OF {table} DEFAULT")
    op.execute(_MAINTAIN)
    op.execute("SELECT maintain_span((now() AT TIME ZONE 'UTC')::date, 3, 90)")


def downgrade():
    op.execute("DROP FUNCTION maintain_span(date, integer, integer)")
    for table in ("ignored_span", "operation_minute", "span_journey", "span"):
        op.drop_table(table)
    request_tables.downgrade(op)
    messaging_tables.downgrade(op)
    clock.downgrade(op)
