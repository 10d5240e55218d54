"""What drawing needs of memory does not grow with the plan."""

import tracemalloc
from collections.abc import Iterator
from uuid import UUID

from services.grading.domain.allocation import Marker, PoolWork
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan
from tests.grading.paged_plan import People, Waiting, give

PAGE = 200
PEOPLE = People(
    [Marker(f"m{number}", UUID(int=number % 5)) for number in range(20)],
    [PanelOfPlan(UUID(int=number), frozenset({UUID(int=number % 5)}), 0) for number in range(20)],
)


async def test_memory_does_not_grow_with_the_number_of_works_and_interviews():
    await most_memory(pages=2)  # what is made once, such as a thread
    small, large = await most_memory(pages=4), await most_memory(pages=40)
    assert large < small * 2


async def most_memory(pages: int) -> int:
    """Draw markers and panels for so many pages; return the most bytes that were held at once."""

    def works() -> Iterator[list[PoolWork]]:
        for page in range(pages):
            yield [PoolWork(f"W{page:03}{number:03}", UUID(int=number % 7)) for number in range(PAGE)]

    def interviews() -> Iterator[list[DrawnInterview]]:
        for page in range(pages):
            yield [DrawnInterview(f"I{page:03}{number:03}", UUID(int=number % 7)) for number in range(PAGE)]

    tracemalloc.start()
    try:
        counts = await give(PEOPLE, 1, works=Waiting(works, len), interviews=Waiting(interviews, len))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert counts == dict.fromkeys(("works", "allocated", "interviews"), pages * PAGE)
    return most
