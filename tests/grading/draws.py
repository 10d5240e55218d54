"""Plans in which markers or panels are drawn some at a time, and the conflict that must be told."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import strategies as st

from services.grading.domain.enough import NotEnoughMarkers
from tests.grading.paged_plan import People, give

named_schools = st.integers(1, 4).map(lambda number: UUID(int=number))
schools = st.one_of(st.none(), named_schools)
pages = st.sampled_from([1, 2, 3, 7, 20, 1_000])


def spread(counts: Counter[str] | Counter[UUID]) -> int:
    return max(counts.values()) - min(counts.values())


def assert_smallest_conflict(people: People, of_waiting: list[UUID | None], free: dict, needed: int, **all_):
    """Expect the whole plan's smallest conflict, and that nothing was given before."""
    with pytest.raises(NotEnoughMarkers) as refused:
        asyncio.run(give(people, 1, **all_))
    lack, counts = refused.value, Counter(of_waiting)
    assert (lack.eligible, lack.needed) == (free[lack.institution_id], needed)
    assert lack.eligible < needed
    assert lack.works == counts[lack.institution_id] == min(counts[school] for school in free if free[school] < needed)
