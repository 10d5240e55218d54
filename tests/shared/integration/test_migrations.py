import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, text
from sqlalchemy.exc import DBAPIError

import services
from shared.database import migrations
from shared.database.engine import create_engine

pytestmark = pytest.mark.integration

ENV = """
from sqlalchemy import Column, MetaData, Table, Text
from shared.database import migrations
METADATA = MetaData()
Table("sample", METADATA, Column("code", Text, primary_key=True), Column("note", Text))
migrations.run(METADATA)
"""
FIRST = """
import sqlalchemy as sa
from alembic import op
from shared.database import clock, request_tables
revision, down_revision = "0001", None
def upgrade():
    clock.upgrade(op)
    request_tables.upgrade(op)
    op.create_table("sample", sa.Column("code", sa.Text, primary_key=True))
    op.execute("CREATE SEQUENCE numbers")
def downgrade():
    op.execute("DROP SEQUENCE numbers")
    op.drop_table("sample")
    request_tables.downgrade(op)
    clock.downgrade(op)
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.add_column("sample", sa.Column("note", sa.Text))
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_sample_note ON sample (note)")
def downgrade():
    op.drop_index("ix_sample_note")
    op.drop_column("sample", "note")
"""


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A service with two migrations, one of which cannot run inside a transaction."""
    versions = tmp_path / "sample" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "sample" / "__init__.py").touch()
    (versions.parent / "env.py").write_text(ENV)
    (versions / "0001_first.py").write_text(FIRST)
    (versions / "0002_second.py").write_text(SECOND)
    monkeypatch.setattr(services, "__path__", [*services.__path__, str(tmp_path)])
    return "sample"


@pytest.fixture
async def place(postgres):
    """An empty database with the two roles of a service."""
    found = await postgres.create_unmigrated_database("exam")
    yield found
    await postgres.drop(found.name)


@pytest.fixture
async def app(place):
    """The application's own engine."""
    found = create_engine(place.url, application="test")
    yield found
    await found.dispose()


async def test_up_down_and_up_again(sample, place, app):
    await migrations.upgrade(sample, place.owner_url)
    await migrations.grant(place.owner_url, place.url)
    assert await migrations.at_head(app, sample)
    await migrations.downgrade(sample, place.owner_url, "0001")
    assert not await migrations.at_head(app, sample)
    await migrations.downgrade(sample, place.owner_url)
    await migrations.upgrade(sample, place.owner_url)
    await migrations.grant(place.owner_url, place.url)
    assert await migrations.at_head(app, sample)


async def test_an_empty_database_is_not_at_head(sample, app):
    assert not await migrations.at_head(app, sample)


async def test_two_migrations_at_once_are_safe(sample, place, app):
    urls = [place.owner_url] * 3
    # Alembic keeps its environment in a module, so that two in one process need threads of their own processes.
    code = (
        "import asyncio, sys, services; services.__path__.append(sys.argv[1]);"
        "from shared.database import migrations; asyncio.run(migrations.upgrade('sample', sys.argv[2]))"
    )
    processes = [await _python(code, services.__path__[-1], url) for url in urls]
    for process in processes:
        _, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
    await migrations.grant(place.owner_url, place.url)
    assert await migrations.at_head(app, sample)


async def _python(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-c", *arguments, stderr=asyncio.subprocess.PIPE)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE other (x int)",
        "DROP TABLE sample",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
        "TRUNCATE idempotency",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
async def test_the_application_may_not_change_schema_or_audit_trail(sample, place, app, sql):
    await migrations.upgrade(sample, place.owner_url)
    await migrations.grant(place.owner_url, place.url)
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with app.begin() as connection:
            await connection.execute(text(sql))


async def test_the_application_may_work_with_rows_of_tables_made_later_too(sample, place, app):
    await migrations.upgrade(sample, place.owner_url, "0001")
    await migrations.grant(place.owner_url, place.url)
    owner = create_engine(place.owner_url, application="test")
    async with owner.begin() as connection:
        await connection.execute(text("CREATE TABLE later (x int)"))
    await owner.dispose()
    async with app.begin() as connection:
        for table, column in (("sample", "code"), ("later", "x")):
            await connection.execute(text(f"INSERT INTO {table} ({column}) VALUES (1)"))
            await connection.execute(text(f"UPDATE {table} SET {column} = {column}"))
            await connection.execute(text(f"DELETE FROM {table}"))
        await connection.execute(text("SELECT nextval('numbers')"))


async def test_a_table_in_use_makes_a_migration_give_up_instead_of_blocking_all(sample, place, monkeypatch):
    monkeypatch.setattr(migrations, "_WAIT_FOR_TABLES", "200ms")
    await migrations.upgrade(sample, place.owner_url, "0001")
    owner = create_engine(place.owner_url, application="test")
    async with owner.begin() as connection:
        await connection.execute(text("LOCK TABLE sample IN ACCESS SHARE MODE"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            await migrations.upgrade(sample, place.owner_url)
    await migrations.upgrade(sample, place.owner_url)
    await owner.dispose()


async def test_models_and_database_are_compared_for_the_services_own_tables(sample, place):
    await migrations.upgrade(sample, place.owner_url)
    same, other = MetaData(), MetaData()
    Table("sample", same, Column("code", Text, primary_key=True), Column("note", Text, index=True))
    Table("sample", other, Column("code", Text, primary_key=True), Column("count", Integer))
    owner = create_engine(place.owner_url, application="test")
    async with owner.connect() as connection:
        assert await migrations.differences(connection, same) == []
        assert await migrations.differences(connection, other)
    await owner.dispose()


async def test_a_service_that_does_not_exist_is_named():
    with pytest.raises(LookupError, match="nothing"):
        await migrations.upgrade("nothing", "postgresql://x/x")
