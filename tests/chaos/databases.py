"""Faults of PostgreSQL: sessions, locks and snapshots, a server that crashes, errors that it would give in need."""

import signal
from contextlib import suppress

import psutil

from tests.chaos.ground import TROUBLE, Ground, Strike
from tests.chaos.schedule import Fault, Kind
from tests.e2e.job import EVENT_SERVICES
from tests.worlds.waiting import until

_DISK_FULL, _NOT_SERIALIZABLE = "53100", "40001"
_AGAIN = "UPDATE outbox_cursor SET epoch = epoch + 1, prev = '1:1:', win = NULL, seq = 0"
_BACKEND = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND client_port = ANY ($1) LIMIT 1"
#: What handlers change beside their offsets.
_ROWS = {"registration": "journey", "exam": "candidate", "grading": "candidate", "certificate": "candidate"}

#: A disk that is really full can be had neither everywhere nor undone at once: its error is raised where it would be,
#: in transactions of handlers only (they write the inbox first) and of the relay. Commits fail by a deferred trigger.
_TRIGGERS = f"""
    CREATE TABLE chaos (sqlstate text PRIMARY KEY, until timestamptz NOT NULL);
    CREATE FUNCTION chaos_strikes() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        is_handler boolean := coalesce(current_setting('chaos.handler', true), '') = 'yes';
    BEGIN
        IF TG_TABLE_NAME = 'inbox' THEN
            PERFORM set_config('chaos.handler', 'yes', true);
        END IF;
        IF EXISTS (SELECT FROM chaos WHERE sqlstate = TG_ARGV[0] AND until > clock_timestamp())
           AND (CASE TG_TABLE_NAME WHEN 'outbox' THEN is_handler WHEN 'inbox' THEN random() < 0.5 ELSE true END) THEN
            RAISE EXCEPTION 'chaos' USING ERRCODE = TG_ARGV[0];
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER chaos BEFORE INSERT ON inbox FOR EACH STATEMENT EXECUTE FUNCTION chaos_strikes('{_DISK_FULL}');
    CREATE TRIGGER chaos AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION chaos_strikes('{_DISK_FULL}');
    CREATE TRIGGER chaos BEFORE UPDATE ON outbox_cursor
        FOR EACH STATEMENT EXECUTE FUNCTION chaos_strikes('{_DISK_FULL}');
    CREATE CONSTRAINT TRIGGER chaos AFTER UPDATE ON inbox_offset DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION chaos_strikes('{_NOT_SERIALIZABLE}');
"""
_STRIKE = """
    INSERT INTO chaos VALUES ($1, clock_timestamp() + make_interval(secs => $2))
        ON CONFLICT (sqlstate) DO UPDATE SET until = excluded.until
"""


async def prepare(ground: Ground) -> None:
    """Make the databases ready to fail when they are told to."""
    for service in EVENT_SERVICES:
        async with ground.superuser(service) as connection:
            await connection.execute(_TRIGGERS)


def _ports(ground: Ground, fault: Fault) -> list[int]:
    return ground.network.ports_of(f"{fault.target}-worker", "postgres")


async def cut(ground: Ground, fault: Fault) -> None:
    """End the sessions of a worker, as a failing server would."""
    await ground.job.cut(fault.target, _ports(ground, fault))


async def publish_again(ground: Ground, fault: Fault) -> None:
    """Send the relay back to the beginning."""
    await ground.job.rows(fault.target, _AGAIN)


async def hold_transaction(ground: Ground, fault: Fault) -> None:
    """Keep a transaction open that has an id: what comes after it must not wait for it, nor be lost."""
    ground.later(_held(ground, fault, "SELECT pg_current_xact_id()", fault.seconds))


async def hold_snapshot(ground: Ground, fault: Fault) -> None:
    """Keep a snapshot to the end, so that no dead row can be cleared away from now on."""
    ground.later(_held(ground, fault, "SELECT pg_current_snapshot()", float("inf")), lasting=True)


async def _held(ground: Ground, fault: Fault, statement: str, seconds: float) -> None:
    try:
        async with ground.superuser(fault.target) as connection, connection.transaction(isolation="repeatable_read"):
            await connection.execute(statement)
            await ground.pause(seconds)
    except TROUBLE:
        return  # it went with the server


async def deadlock(ground: Ground, fault: Fault) -> None:
    """Lock a handler's rows first and its offsets afterwards; the server ends the handler, as we wait longer."""
    ground.later(_deadlocked(ground, fault))


async def _deadlocked(ground: Ground, fault: Fault) -> None:
    try:
        async with ground.superuser(fault.target) as connection, connection.transaction():
            await connection.execute("SET LOCAL deadlock_timeout = '1min'; SET LOCAL lock_timeout = '20s'")
            await connection.execute(f"SELECT FROM {_ROWS[fault.target]} FOR UPDATE")
            await ground.pause(fault.seconds)
            await connection.execute("SELECT FROM inbox_offset FOR UPDATE")
            await ground.pause(1)
    except TROUBLE:
        return


async def fail(ground: Ground, fault: Fault) -> None:
    """Let writes fail for a while; the time is the database's own, so that this heals whatever happens."""
    state = _DISK_FULL if fault.kind is Kind.DISK_FULL else _NOT_SERIALIZABLE
    async with ground.superuser(fault.target) as connection:
        await connection.execute(_STRIKE, state, fault.seconds)


async def crash(ground: Ground, _: Fault) -> None:
    """End the server at once, as `pg_ctl stop -m immediate` does; the launcher has to start it anew."""
    if process := ground.process("postgres"):
        process.send_signal(signal.SIGQUIT)


async def kill_backend(ground: Ground, fault: Fault) -> None:
    """Kill one backend: the server then ends all others and recovers."""
    async with ground.superuser(fault.target) as connection:
        if pid := await connection.fetchval(_BACKEND, _ports(ground, fault)):
            psutil.Process(pid).kill()


async def exhaust(ground: Ground, fault: Fault) -> None:
    """Let the service's role have no new connection, as if others had them all, and end those of its worker."""
    async with ground.superuser(fault.target) as connection:
        await connection.execute(f"ALTER ROLE kz_{fault.target}_app CONNECTION LIMIT 0")
    ground.later(_relieved(ground, fault))
    await cut(ground, fault)


async def _relieved(ground: Ground, fault: Fault) -> None:
    await ground.pause(fault.seconds)

    async def relieve() -> str | None:
        with suppress(*TROUBLE):
            async with ground.superuser(fault.target) as connection:
                return await connection.execute(f"ALTER ROLE kz_{fault.target}_app CONNECTION LIMIT -1")

    await until("connections are allowed again", relieve)


STRIKES: dict[Kind, Strike] = {
    Kind.CUT_DATABASE: cut,
    Kind.PUBLISH_AGAIN: publish_again,
    Kind.HOLD_TRANSACTION: hold_transaction,
    Kind.HOLD_SNAPSHOT: hold_snapshot,
    Kind.DEADLOCK: deadlock,
    Kind.DISK_FULL: fail,
    Kind.NOT_SERIALIZABLE: fail,
    Kind.CRASH_DATABASE: crash,
    Kind.KILL_BACKEND: kill_backend,
    Kind.EXHAUST_POOL: exhaust,
}
