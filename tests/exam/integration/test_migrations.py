"""The schema goes up, down and up again, is what the tables say, and what was frozen before stays frozen."""

import json

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine

from services.exam.adapters.tables import ExamTable
from shared import ids
from shared.database import migrations
from shared.standards import Blueprint, default_blueprint, load_standard
from tests.worlds.payloads import NOW


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


async def test_blueprints_of_plans_published_before_are_frozen_under_their_version(postgres):
    database = await postgres.create_unmigrated_database("exam")
    await migrations.upgrade("exam", database.owner_url, "0001")
    told = default_blueprint(load_standard("xb2b"), "junior")
    untold = json.dumps(told.model_dump(mode="json", exclude={"edition", "title", "title_en"}))
    connection = await asyncpg.connect(database.owner_url)
    for state in ("draft", "entry_open", "finished"):
        await connection.execute(
            """
            INSERT INTO plan (id, title, standard, level, entry_opens_at, entry_closes_at, requires_materials,
                              opens_minutes_before, late_limit_minutes, blueprint, state, version, seat_plan_version,
                              created_at)
            VALUES ($1, 'x', 'xb2b', 'junior', $2, $2, false, 60, 30, $3, $4, 1, 0, $2)
            """,
            ids.new_id(),
            NOW,
            untold,
            state,
        )
    await migrations.upgrade("exam", database.owner_url)
    [row] = await connection.fetch("SELECT code, version, digest, body FROM blueprint_version")
    await connection.close()
    assert (row["code"], row["version"]) == ("xb2b:junior", 1)
    assert Blueprint.model_validate_json(row["body"]).requirements == told.requirements
    assert row["digest"] != told.digest  # so what is derived from now on gets the next version
    await postgres.drop(database.name)
