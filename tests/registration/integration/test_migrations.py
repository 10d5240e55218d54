"""The schema goes up, down and up again, and is what the tables say."""

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from services.registration.adapters.tables import RegistrationTable
from shared.database import migrations


# The platform's tables, which have no models, use types that SQLAlchemy does not know.
@pytest.mark.filterwarnings("ignore:Did not recognize type")
async def test_schema_goes_up_and_down_and_equals_the_tables(postgres):
    database = await postgres.create_unmigrated_database("registration")
    await migrations.upgrade("registration", database.owner_url)
    await migrations.downgrade("registration", database.owner_url)
    await migrations.upgrade("registration", database.owner_url)
    engine = create_async_engine(database.owner_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with engine.connect() as connection:
        assert await migrations.differences(connection, RegistrationTable.metadata) == []
    await engine.dispose()
    await postgres.drop(database.name)
