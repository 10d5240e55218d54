"""The migrations make exactly the tables of the models, and can be taken back."""

import pytest

from services.grading.adapters.tables import GradingTable
from shared.database import migrations
from shared.database.engine import create_engine
from tests.worlds.stack import TestPostgres

pytestmark = pytest.mark.integration


# The platform's tables, which have no models, use types that SQLAlchemy does not know.
@pytest.mark.filterwarnings("ignore:Did not recognize type")
async def test_up_down_up_leaves_what_the_models_say(postgres: TestPostgres):
    database = await postgres.create_unmigrated_database("grading")
    engine = create_engine(database.owner_url, application="test")
    try:
        await migrations.upgrade("grading", database.owner_url)
        await migrations.downgrade("grading", database.owner_url)
        async with engine.connect() as connection:
            left = (
                await connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ).all()
        assert [row.tablename for row in left] == ["alembic_version"]
        await migrations.upgrade("grading", database.owner_url)
        assert await migrations.at_head(engine, "grading")
        async with engine.connect() as connection:
            assert await migrations.differences(connection, GradingTable.metadata) == []
    finally:
        await engine.dispose()
        await postgres.drop(database.name)
