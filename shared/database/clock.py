"""The database's side of the one clock (ADR 15): tables take the time of what they record from `clock_now()`.

What one process promises another for so many seconds (leases), and what is cleared away after so many days, goes by the
machine's clock: `clock_timestamp()` and `now()` stand there only, and a test knows where.
"""

from datetime import timedelta
from typing import Any

#: How many microseconds a session's clock is ahead of the machine's.
SETTING = "kaozheng.clock_ahead"

#: Given with each connection, it goes before what a database or a role was set to: only the process itself moves it.
AT_START = {SETTING: "0"}

_CLOCK_NOW = f"""
CREATE FUNCTION clock_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE RETURN
    clock_timestamp() + coalesce(current_setting('{SETTING}', true), '0')::bigint * interval '1 microsecond'
"""


def upgrade(op: Any) -> None:
    """Create the function; called with Alembic's `op` before the first table."""
    op.execute(_CLOCK_NOW)


def downgrade(op: Any) -> None:
    """Drop it."""
    op.execute("DROP FUNCTION clock_now()")


def moving(ahead: timedelta) -> str:
    """Return the statement that moves a session's clock."""
    return f"SET {SETTING} = '{ahead // timedelta(microseconds=1)}'"
