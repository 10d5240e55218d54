"""Databases and roles of the services: one owner that migrates, one app role that can only read and write rows."""

import asyncpg

SERVICES = ("registration", "exam", "grading", "certificate", "operations")


def owner_role(service: str) -> str:
    """Name of the role that owns a service's tables."""
    return f"kz_{service}_owner"


def app_role(service: str) -> str:
    """Name of the role that a service runs as."""
    return f"kz_{service}_app"


async def ensure_role(admin: asyncpg.Connection, role: str, password: str) -> None:
    """Create the role, or set its password if it is there already."""
    known = await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role)
    # A utility statement takes no bound values: both parts are ours, quoted by the server.
    verb = "ALTER" if known else "CREATE"
    statement = await admin.fetchval(
        "SELECT format('%s ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %L', "
        "$1::text, $2::text, $3::text)",
        verb,
        role,
        password,
    )
    await admin.execute(statement)


async def ensure_database(
    admin: asyncpg.Connection, name: str, *, owner: str, members: tuple[str, ...] = (), template: str | None = None
) -> None:
    """Create the database if it is not there; only its owner and the named members may connect to it."""
    if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await admin.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE "{template or "template0"}"')
    await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    for member in members:
        await admin.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO "{member}"')


async def close_system_databases(admin: asyncpg.Connection) -> None:
    """Keep the services' roles out of the databases that every server has."""
    for name in ("postgres", "template1"):
        await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
