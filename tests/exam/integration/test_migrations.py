"""The schema goes up, down and up again, and is what the tables say."""

from sqlalchemy.ext.asyncio import create_async_engine

from services.exam.adapters.tables import ExamTable
from shared.database import migrations


async def test_schema_goes_up_and_down_and_equals_the_tables(postgres):
    database = await postgres.create_unmigrated_database("exam")
    await migrations.upgrade("exam", database.owner_url)
    await migrations.downgrade("exam", database.owner_url)
    await migrations.upgrade("exam", database.owner_url)
    engine = create_async_engine(database.owner_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        assert await migrations.differences(connection, ExamTable.metadata) == []
    await engine.dispose()
    await postgres.drop(database.name)
