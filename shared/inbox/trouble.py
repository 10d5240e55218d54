"""Whose fault is it? Infrastructure trouble is waited out; anything else is the event's and gets it parked."""

from asyncpg import InterfaceError as DriverInterfaceError
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.errors import Unavailable

#: SQLSTATE classes: connection, transaction rollback, resources, object state (locks), operator intervention, system.
_TRANSIENT = frozenset({"08", "40", "53", "55", "57", "58"})


def is_transient(error: BaseException) -> bool:
    """Say whether the same batch may succeed later without anybody touching it."""
    if isinstance(error, DBAPIError):
        state = sqlstate(error) or ""
        return error.connection_invalidated or isinstance(error, InterfaceError) or state[:2] in _TRANSIENT
    return isinstance(error, OSError | PoolTimeout | DriverInterfaceError | Unavailable)


def sqlstate(error: DBAPIError) -> str | None:
    """Return the SQLSTATE of a database error, if the server gave one."""
    return getattr(error.orig, "sqlstate", None)


def describe(error: BaseException) -> str:
    """Name an error for operators: its type and code, never its message, which may quote what people entered."""
    slug = getattr(error, "slug", None) or (sqlstate(error) if isinstance(error, DBAPIError) else None)
    place = _place(error)
    return " ".join(part for part in (type(error).__name__, slug and f"[{slug}]", place and f"at {place}") if part)


def _place(error: BaseException) -> str:
    """Return the innermost line of our own code that the error passed."""
    found = ""
    step = error.__traceback__
    while step:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith(("services.", "shared.")):
            found = f"{module}:{step.tb_lineno}"
        step = step.tb_next
    return found
