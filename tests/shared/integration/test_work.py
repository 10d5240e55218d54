"""A transaction reads a large result some rows at a time, and works in between."""

from collections.abc import Callable

import pytest

from shared.work import UnitOfWork

pytestmark = pytest.mark.integration
NUMBERS = "SELECT number FROM generate_series(1, :last) AS number"


async def test_pages_hold_every_row_once_and_never_more_than_asked(work: Callable[[], UnitOfWork]) -> None:
    async with work() as unit:
        pages = [[row.number for row in some] async for some in unit.pages(NUMBERS, {"last": 7}, 3)]
        nothing = [some async for some in unit.pages(NUMBERS, {"last": 0}, 3)]
    assert pages == [[1, 2, 3], [4, 5, 6], [7]]
    assert nothing == []


async def test_pages_do_not_see_what_the_transaction_changes_meanwhile(work: Callable[[], UnitOfWork]) -> None:
    seen = []
    async with work() as unit:
        await unit.execute("CREATE TEMPORARY TABLE line AS SELECT * FROM generate_series(1, 6) AS number")
        async for some in unit.pages("SELECT number FROM line ORDER BY number FOR UPDATE", {}, 2):
            seen += [row.number for row in some]
            await unit.execute("UPDATE line SET number = number + 100 WHERE number <= :seen", {"seen": seen[-1]})
        left = await unit.rows("SELECT number FROM line ORDER BY number")
    assert seen == [1, 2, 3, 4, 5, 6]
    assert min(row.number for row in left) > 100


async def test_pages_may_be_left_early(work: Callable[[], UnitOfWork]) -> None:
    async with work() as unit:
        async for some in unit.pages(NUMBERS, {"last": 9}, 2):
            assert len(some) == 2
            break
        [row] = await unit.rows("SELECT 1 AS still")
    assert row.still == 1
