"""The PostgreSQL server of one test session and the databases that tests are given from it."""

import base64
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

import asyncpg
import psutil

from kaozheng.embedded import databases, ports
from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.postgres import EmbeddedPostgres, stop
from shared.database import migrations
from shared.ids import new_id
from tests.containers.postgres import PostgresServer
from tests.worlds.brokers import DOCKER, IDEMPOTENT

PASSWORD = "test"


@dataclass(frozen=True)
class ServiceDatabase:
    """A database of its own for one test: `url` as the service reaches it, `owner_url` as migrations do."""

    name: str
    url: str
    owner_url: str
    admin_url: str


@dataclass
class TestPostgres:
    """The session's server: makes plain databases and copies of migrated ones."""

    __test__ = False
    server: EmbeddedPostgres | PostgresServer
    _templates: dict[str, str] = field(default_factory=dict)

    def dsn(self, database: str = "postgres", role: str = "postgres") -> str:
        """Return a URL for any role; all test roles have one password."""
        return self.server.dsn(database, role, PASSWORD)

    async def create_database(self, prefix: str = "plain") -> str:
        """Create an empty database and return the superuser's URL of it; it goes with the server."""
        name = f"{prefix}_{new_id().hex}"
        admin = await asyncpg.connect(self.dsn())
        try:
            await admin.execute(f'CREATE DATABASE "{name}"')
        finally:
            await admin.close()
        return self.dsn(name)

    async def create_service_database(self, service: str) -> ServiceDatabase:
        """Copy the service's migrated template, with the same owner, grants and closed door as in production."""
        if service not in self._templates:
            self._templates[service] = await self._migrated_template(service)
        return await self._create(service, f"{service}_{new_id().hex}", template=self._templates[service])

    async def create_unmigrated_database(self, service: str) -> ServiceDatabase:
        """Create an empty database with the service's two roles, to test the migrations themselves."""
        return await self._create(service, f"{service}_{new_id().hex}", template=None)

    async def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        admin = await asyncpg.connect(self.dsn())
        try:
            await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        finally:
            await admin.close()

    async def _migrated_template(self, service: str) -> str:
        database = await self._create(service, f"template_{service}", template=None)
        await migrate(service, database)
        return database.name

    async def _create(self, service: str, name: str, *, template: str | None) -> ServiceDatabase:
        owner, app = databases.owner_role(service), databases.app_role(service)
        admin = await asyncpg.connect(self.dsn())
        try:
            for role in (owner, app):
                await databases.ensure_role(admin, role, PASSWORD)
            await databases.ensure_database(admin, name, owner=owner, members=(app,), template=template)
        finally:
            await admin.close()
        return ServiceDatabase(name, self.dsn(name, app), self.dsn(name, owner), self.dsn(name))


def service_values(service: str, database: ServiceDatabase) -> dict[str, object]:
    """Return the settings of a service under test by field name."""
    return {
        "environment": "test",
        "port": 0,
        "database_url": database.url,
        "database_owner_url": database.owner_url,
        "sealing_keys": {"test": base64.b64encode(bytes(32)).decode()},
        "sealing_active": "test",
        "index_key": base64.b64encode(bytes(31) + b"i").decode(),
        "kafka_idempotence": IDEMPOTENT,
    }


async def migrate(service: str, database: ServiceDatabase) -> None:
    """Bring a database to the newest schema, as the service's own `migrate` command does."""
    await migrations.upgrade(service, database.owner_url)
    await migrations.grant(database.owner_url, database.url)


def temporary_folder() -> Path:
    """Return where temporary folders go: as root, where other accounts may pass, whatever TMPDIR says."""
    return Path("/var/tmp") if os.geteuid() == 0 else Path(gettempdir())


def session_folder() -> Path:
    """Make a folder for this test process; PostgreSQL's account can pass through it."""
    folder = temporary_folder() / f"kaozheng-test-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    make_own_folder(folder, mode=0o711)
    return folder


def session_server(folder: Path, port: int) -> EmbeddedPostgres:
    """Describe the server of a session's folder."""
    return EmbeddedPostgres(
        home=folder / "pg", port=port, password=PASSWORD, log=folder / "postgres.log", durable=False
    )


def running_server() -> Iterator[TestPostgres]:
    """Start a fast, fleeting server; stop it and remove what it stored afterwards."""
    if DOCKER:
        contained = PostgresServer(PASSWORD, durable=False)
        yield TestPostgres(contained.start())
        contained.stop()
        return
    sweep_leftovers()
    folder = session_folder()
    server = session_server(folder, ports.free_port())
    process = server.start()
    yield TestPostgres(server)
    stop(process)
    shutil.rmtree(folder, ignore_errors=True)


def sweep_leftovers() -> None:
    """Stop the servers of test sessions that were killed, and remove their folders."""
    for folder in temporary_folder().glob("kaozheng-test-*"):
        owner = int(folder.name.rsplit("-", 1)[1])
        if psutil.pid_exists(owner) or folder.stat().st_uid != os.geteuid():
            continue
        left = session_server(folder, 0).running()
        if left:
            stop(left)
        shutil.rmtree(folder, ignore_errors=True)
