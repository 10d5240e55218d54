"""Runs one service's Alembic migrations: once at a time, with a lock timeout, then grants the application its rights.

A service's `migrations/env.py` is two imports and `migrations.run(ExamTable.metadata)`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import util
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, NullPool, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_LOCK = 0x6B7A_6D69  # any number that every migration of a database shares
_WAIT_FOR_OTHERS_SECONDS = 300.0
_TRY_EVERY_SECONDS = 0.2
_WAIT_FOR_TABLES = "10s"

_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    "REVOKE UPDATE, DELETE ON audit FROM {role}",
)


def config_of(service: str) -> Config:
    """Return Alembic's configuration of a service; its scripts are in `services/<service>/migrations`."""
    found = util.find_spec(f"services.{service}")
    if found is None or found.origin is None:
        msg = f"there is no service {service!r}"
        raise LookupError(msg)
    config = Config()
    # `%` is Alembic's own escape character.
    config.set_main_option("script_location", str(Path(found.origin).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def run(metadata: MetaData) -> None:
    """Do what a service's env.py must do: migrate on the connection given by `upgrade`, or on `-x url=...`."""
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is not None:
        _migrate(connection, metadata)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not url:
        msg = "say which database: alembic -x url=postgresql://owner@host/database ..."
        raise LookupError(msg)
    asyncio.run(_run_on(url, metadata))


async def _run_on(url: str, metadata: MetaData) -> None:
    async with _connect(url) as connection:
        await connection.run_sync(lambda found: _migrate(found, metadata))


def _migrate(connection: Connection, metadata: MetaData) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        transaction_per_migration=True,
        include_object=_only_in(metadata),
    )
    with context.begin_transaction():
        context.run_migrations()


def _only_in(metadata: MetaData) -> Callable[..., bool]:
    """Leave out the tables of the platform, which are SQL and have no models."""

    def included(_item: Any, name: str | None, kind: str, reflected: bool, _compared_to: Any) -> bool:  # noqa: FBT001 - Alembic's signature
        return kind != "table" or not reflected or name in metadata.tables

    return included


async def upgrade(service: str, owner_url: str, revision: str = "head") -> None:
    """Bring a service's database to a revision. Two at once are safe: the second waits, then finds nothing to do."""
    await _command(service, owner_url, lambda config: command.upgrade(config, revision))


async def downgrade(service: str, owner_url: str, revision: str = "base") -> None:
    """Take a service's database back to a revision."""
    await _command(service, owner_url, lambda config: command.downgrade(config, revision))


async def _command(service: str, owner_url: str, deed: Callable[[Config], None]) -> None:
    config = config_of(service)

    def migrated(connection: Connection) -> None:
        connection.execute(text("SELECT set_config('lock_timeout', :wait, false)"), {"wait": _WAIT_FOR_TABLES})
        connection.commit()
        config.attributes["connection"] = connection
        deed(config)

    # Closing the connection gives the lock back, whatever happened.
    async with _connect(owner_url) as connection:
        await _lock(connection)
        await connection.run_sync(migrated)


async def _lock(connection: AsyncConnection) -> None:
    """Wait without an open transaction: `CREATE INDEX CONCURRENTLY` of the other one waits for all transactions to end.

    The lock belongs to the session, so that a migration may commit in between.
    """
    async with asyncio.timeout(_WAIT_FOR_OTHERS_SECONDS):
        while not await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
            await connection.rollback()
            await asyncio.sleep(_TRY_EVERY_SECONDS)
    await connection.commit()


@asynccontextmanager
async def _connect(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"server_settings": {"application_name": "migrate", "timezone": "UTC"}},
    )
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def grant(owner_url: str, app_url: str) -> None:
    """Give the role of `app_url` what it needs at run time: rows, not tables, and no way to rewrite the audit trail."""
    role, owner = make_url(app_url).username, make_url(owner_url).username
    if role is None or role == owner:
        return
    async with _connect(owner_url) as connection:
        quoted = connection.dialect.identifier_preparer.quote(role)
        for statement in _GRANTS:
            await connection.execute(text(statement.format(role=quoted)))
        await connection.commit()


async def at_head(engine: AsyncEngine, service: str) -> bool:
    """Tell whether the database has exactly the schema this code was written for."""
    script = ScriptDirectory.from_config(config_of(service))
    async with engine.connect() as connection:
        heads = await connection.run_sync(lambda found: MigrationContext.configure(found).get_current_heads())
    return set(heads) == set(script.get_heads())


async def differences(connection: AsyncConnection, metadata: MetaData) -> list[Any]:
    """Return what the models say and the database does not, or the other way round, for the service's own tables."""

    def compared(found: Connection) -> list[Any]:
        options = {
            "compare_server_default": True,
            "include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables,
            "include_object": _only_in(metadata),
        }
        return list(compare_metadata(MigrationContext.configure(found, opts=options), metadata))

    return await connection.run_sync(compared)
