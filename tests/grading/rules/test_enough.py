"""Whether all can be given away, and the smallest conflict if not."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.enough import NotEnoughMarkers, check_enough
from tests.grading.draws import schools

counts = st.dictionaries(schools, st.integers(1, 9), max_size=5)


@given(counts, counts, st.integers(0, 9), st.integers(1, 3))
def test_the_smallest_of_all_conflicts_is_told(waiting, barred, available, needed):
    lacking = {school: count for school, count in waiting.items() if available - barred.get(school, 0) < needed}
    if not lacking:
        check_enough(waiting, barred, available=available, needed=needed)
        return
    with pytest.raises(NotEnoughMarkers) as refused:
        check_enough(waiting, barred, available=available, needed=needed)
    lack = refused.value
    assert lack.works == waiting[lack.institution_id] == min(lacking.values())
    assert (lack.eligible, lack.needed) == (available - barred.get(lack.institution_id, 0), needed)


def test_of_equal_conflicts_the_same_one_is_told_in_any_order():
    one, other = UUID(int=1), UUID(int=2)
    for waiting in ({one: 3, other: 3}, {other: 3, one: 3}):
        with pytest.raises(NotEnoughMarkers) as refused:
            check_enough(waiting, {}, available=0, needed=1)
        assert refused.value.institution_id == one
