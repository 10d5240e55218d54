import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from shared import audit
from shared.audit import Broken, Entry

pytestmark = pytest.mark.integration
DETAIL = {"role": "审核员", "count": 3, "codes": ["a", "b"], "nothing": None, "nested": {"是": True}}


async def verdict(engine):
    async with AsyncSession(engine) as session:
        return await audit.verify(session)


async def forge(engine, sql):
    """Change the trail as somebody with all rights could."""
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_append_only"))
        await connection.execute(text(sql))


async def test_an_untouched_trail_verifies(engine, work):
    assert await verdict(engine) is None
    for number in range(3):
        async with work() as open_work:
            await audit.record(open_work, "staff-1", "persons.read", f"application:{number}", DETAIL)
    async with work() as open_work:
        await audit.record_all(open_work, [Entry("staff-2", "reviewed", f"a:{number}", {}) for number in range(1_500)])
    assert await verdict(engine) is None


async def test_a_deed_that_is_rolled_back_leaves_no_row(engine, work):
    async def fail():
        async with work() as open_work:
            await audit.record(open_work, "staff-1", "persons.read", "a", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with work() as open_work:
        assert (await open_work.rows("SELECT count(*) FROM audit"))[0][0] == 0


async def test_writers_at_the_same_time_keep_one_chain(engine, work):
    async def write(number):
        async with work() as open_work:
            await audit.record(open_work, f"staff-{number}", "read", "a", DETAIL)

    await asyncio.gather(*(write(number) for number in range(20)))
    assert await verdict(engine) is None
    async with work() as open_work:
        rows = await open_work.rows("SELECT seq FROM audit ORDER BY seq")
    assert [row.seq for row in rows] == list(range(1, 21))


@pytest.mark.parametrize("sql", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
async def test_the_trail_cannot_be_rewritten(work, sql):
    async with work() as open_work:
        await audit.record(open_work, "staff-1", "read", "a", {})
    with pytest.raises(DBAPIError, match="append-only"):
        async with work() as open_work:
            await open_work.execute(sql)


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit SET detail = '{\"count\": 4}' WHERE seq = 2", Broken(2, "content changed")),
        ("UPDATE audit SET actor = 'somebody' WHERE seq = 3", Broken(3, "content changed")),
        ("UPDATE audit SET at = at + interval '1 second' WHERE seq = 1", Broken(1, "content changed")),
        ("DELETE FROM audit WHERE seq = 2", Broken(2, "row missing")),
        ("UPDATE audit SET hash = previous WHERE seq = 2", Broken(2, "content changed")),
        ("UPDATE audit SET previous = hash WHERE seq = 3", Broken(3, "does not follow the row before")),
    ],
)
async def test_the_first_broken_row_is_found(engine, work, sql, broken):
    for number in range(4):
        async with work() as open_work:
            await audit.record(open_work, "staff-1", "read", f"a:{number}", DETAIL)
    await forge(engine, sql)
    assert await verdict(engine) == broken
