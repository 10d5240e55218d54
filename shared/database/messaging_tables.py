"""The tables that carry events, the same in every service: a migration calls `upgrade(op)` and `downgrade(op)`.

The application role may not create or drop tables; it keeps the partitions in order through the two functions at the
end, which run with the rights of the migrating role.
"""

from typing import Any

#: Sequence numbers per partition of the outbox, for the first partition; later ones take what the caller says.
FIRST_WIDTH = 1_000_000

_TABLES = (
    """
    CREATE TABLE outbox (
        seq          bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
        tx           xid8 NOT NULL DEFAULT pg_current_xact_id(),
        event_id     uuid NOT NULL,
        topic        text NOT NULL,
        key          text NOT NULL,
        type         text NOT NULL,
        version      bigint NOT NULL,
        journey_id   uuid,
        causation_id uuid,
        traceparent  text,
        payload      bytea NOT NULL,
        occurred_at  timestamptz NOT NULL DEFAULT clock_now(),
        PRIMARY KEY (seq),
        CONSTRAINT ck_outbox_payload_fits_a_record CHECK (octet_length(payload) < 900000)
    ) PARTITION BY RANGE (seq)
    """,
    "CREATE INDEX ix_outbox_tx_seq ON outbox (tx, seq)",
    f"CREATE TABLE outbox_1 PARTITION OF outbox FOR VALUES FROM (1) TO ({FIRST_WIDTH + 1})",
    "CREATE TABLE outbox_rest PARTITION OF outbox DEFAULT",
    """
    CREATE TABLE outbox_cursor (
        id           integer PRIMARY KEY CHECK (id = 1),
        epoch        bigint NOT NULL,
        prev         pg_snapshot NOT NULL DEFAULT '1:1:',
        win          pg_snapshot,
        seq          bigint NOT NULL DEFAULT 0,
        log_identity text,
        sent         pg_snapshot NOT NULL DEFAULT '1:1:'
    ) WITH (fillfactor = 10)
    """,
    "INSERT INTO outbox_cursor (id, epoch) VALUES (1, 0)",
    """
    CREATE TABLE inbox (
        consumer     text NOT NULL,
        event_id     uuid NOT NULL,
        topic        text NOT NULL,
        key          text NOT NULL,
        version      bigint NOT NULL,
        log_identity text NOT NULL,
        partition    integer NOT NULL,
        log_offset   bigint NOT NULL,
        handled_at   timestamptz NOT NULL DEFAULT clock_now(),
        PRIMARY KEY (consumer, event_id)
    ) PARTITION BY RANGE (event_id)
    """,
    "CREATE TABLE inbox_rest PARTITION OF inbox DEFAULT",
    """
    CREATE TABLE inbox_offset (
        consumer     text NOT NULL,
        log_identity text NOT NULL,
        topic        text NOT NULL,
        partition    integer NOT NULL,
        next_offset  bigint NOT NULL,
        PRIMARY KEY (consumer, log_identity, topic, partition)
    ) WITH (fillfactor = 50)
    """,
    """
    CREATE TABLE parked_event (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        consumer      text NOT NULL,
        topic         text NOT NULL,
        key           text NOT NULL,
        event_id      uuid,
        type          text,
        log_identity  text NOT NULL,
        partition     integer NOT NULL,
        log_offset    bigint NOT NULL,
        record_key    bytea,
        payload       bytea,
        headers       json NOT NULL,
        reason        text NOT NULL CHECK (reason IN ('schema', 'failed', 'behind')),
        error         text NOT NULL DEFAULT '',
        attempts      integer NOT NULL DEFAULT 1,
        parked_at     timestamptz NOT NULL DEFAULT clock_now()
    )
    """,
    "CREATE INDEX ix_parked_event_consumer_topic_key_id ON parked_event (consumer, topic, key, id)",
)

_MAINTAIN_OUTBOX = """
CREATE FUNCTION maintain_outbox(width bigint, ahead integer, retention interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    top bigint; used bigint; dropped integer := 0; part record; kept boolean; ceiling xid8; open xid8[];
BEGIN
    IF width < 1 OR ahead < 1 OR NOT pg_try_advisory_xact_lock(hashtext('maintain_outbox')) THEN
        RETURN 0;
    END IF;
    SELECT coalesce(max(upper_seq), 1) INTO top FROM outbox_partitions;
    SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'seq')::regclass), 0) INTO used;
    IF used >= top THEN
        top := used + 1000;  -- what came too early stays in the rest partition; leave room for those now being written
    END IF;
    WHILE top <= used + width * ahead LOOP
        EXECUTE format('CREATE TABLE outbox_%s PARTITION OF outbox FOR VALUES FROM (%s) TO (%s)',
                       top, top, top + width);
        top := top + width;
    END LOOP;
    FOR part IN SELECT name, upper_seq FROM outbox_partitions WHERE upper_seq <= used ORDER BY upper_seq LOOP
        EXECUTE format('SELECT occurred_at > clock_timestamp() - $1 FROM %I ORDER BY seq DESC LIMIT 1', part.name)
           INTO kept USING retention;
        EXIT WHEN kept;
        LOCK TABLE ONLY outbox IN ACCESS EXCLUSIVE MODE;  -- waits for writers: the check cannot see their rows
        SELECT pg_snapshot_xmax(prev), ARRAY(SELECT pg_snapshot_xip(prev)) INTO ceiling, open FROM outbox_cursor;
        EXECUTE format('SELECT EXISTS (SELECT FROM %1$I WHERE tx >= $1)
                            OR EXISTS (SELECT FROM %1$I WHERE tx = ANY ($2))', part.name) INTO kept USING ceiling, open;
        EXIT WHEN kept;
        EXECUTE format('DROP TABLE %I', part.name);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM outbox_rest USING outbox_cursor c
     WHERE occurred_at < clock_timestamp() - retention AND pg_visible_in_snapshot(tx, c.prev);
    RETURN dropped;
END $$
"""

_OUTBOX_PARTITIONS = """
CREATE VIEW outbox_partitions AS
SELECT name, bounds[1]::bigint AS lower_seq, bounds[2]::bigint AS upper_seq
  FROM (SELECT c.relname AS name,
               regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(\\d+)''\\) TO \\(''(\\d+)''\\)') AS bounds
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'outbox'::regclass) AS parts
 WHERE bounds IS NOT NULL
"""

_FIRST_ID = """
CREATE FUNCTION first_id_of_day(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$
"""

_MAINTAIN_INBOX = """
CREATE FUNCTION maintain_inbox(today date, ahead integer, retention_days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    day date; dropped integer := 0; part record;
BEGIN
    IF ahead < 0 OR retention_days < 1 OR NOT pg_try_advisory_xact_lock(hashtext('maintain_inbox')) THEN
        RETURN 0;
    END IF;
    FOR day IN SELECT today + n FROM generate_series(0, ahead) AS n LOOP
        IF to_regclass('inbox_' || to_char(day, 'YYYYMMDD')) IS NULL
           AND NOT EXISTS (SELECT FROM inbox_rest  -- a day that began in the rest partition stays there
                            WHERE event_id >= first_id_of_day(day) AND event_id < first_id_of_day(day + 1)) THEN
            BEGIN
                EXECUTE format('CREATE TABLE inbox_%s PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)',
                               to_char(day, 'YYYYMMDD'), first_id_of_day(day), first_id_of_day(day + 1));
            EXCEPTION WHEN check_violation THEN
                NULL;  -- a row of that day came in between: it stays in the rest partition
            END;
        END IF;
    END LOOP;
    FOR part IN SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = 'inbox'::regclass AND c.relname ~ '^inbox_\\d{8}$'
                   AND to_date(right(c.relname, 8), 'YYYYMMDD') < today - retention_days LOOP
        EXECUTE format('DROP TABLE %I', part.name);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM inbox_rest
     WHERE handled_at < today - retention_days AND event_id < first_id_of_day(today - retention_days);
    RETURN dropped;
END $$
"""


def upgrade(op: Any) -> None:
    """Create the tables and the functions that keep their partitions."""
    for statement in (*_TABLES, _OUTBOX_PARTITIONS, _MAINTAIN_OUTBOX, _FIRST_ID, _MAINTAIN_INBOX):
        op.execute(statement)
    op.execute("SELECT maintain_inbox((now() AT TIME ZONE 'UTC')::date, 7, 14)")


def downgrade(op: Any) -> None:
    """Drop what `upgrade` created."""
    for function in ("maintain_inbox(date, integer, integer)", "maintain_outbox(bigint, integer, interval)"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP VIEW outbox_partitions")
    for table in ("parked_event", "inbox_offset", "inbox", "outbox_cursor", "outbox"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP FUNCTION first_id_of_day(date)")
