"""What every draw of markers keeps, whatever the schools."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grading.domain.allocation import Marker, NotEnoughMarkers, PoolWork, allocate, may_mark, third_marker

schools = st.one_of(st.none(), st.integers(1, 4).map(lambda number: UUID(int=number)))


def crew(institutions: list[UUID | None]) -> list[Marker]:
    return [Marker(f"m{number:02}", institution) for number, institution in enumerate(institutions)]


def pool(institutions: list[UUID | None]) -> list[PoolWork]:
    return [PoolWork(f"W{number:03}", institution) for number, institution in enumerate(institutions)]


@settings(max_examples=150, deadline=None)
@given(st.lists(schools, max_size=60), st.lists(schools, max_size=8), st.integers())
def test_two_different_markers_from_other_schools_or_a_true_conflict(of_works, of_markers, seed):
    works, markers = pool(of_works), crew(of_markers)
    free = {school: sum(may_mark(marker.institution_id, school) for marker in markers) for school in set(of_works)}
    if any(count < 2 for count in free.values()):
        with pytest.raises(NotEnoughMarkers) as refused:
            allocate(works, markers, {}, seed)
        assert refused.value.eligible == free[refused.value.institution_id] < 2
        assert refused.value.works == of_works.count(refused.value.institution_id)
        return
    home = {marker.subject: marker.institution_id for marker in markers}
    pairs = {pair.work_code: pair for pair in allocate(works, markers, {}, seed)}
    assert set(pairs) == {work.work_code for work in works}
    for work in works:
        pair = pairs[work.work_code]
        assert pair.first != pair.second
        for subject in (pair.first, pair.second):
            assert work.institution_id is None or home[subject] != work.institution_id


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 90), st.integers(2, 9), st.integers())
def test_each_marker_is_first_and_second_equally_often_without_conflicts(works, markers, seed):
    pairs = allocate(pool([None] * works), crew([None] * markers), {}, seed)
    for position in ("first", "second"):
        counts = Counter({f"m{number:02}": 0 for number in range(markers)})
        counts.update(getattr(pair, position) for pair in pairs)
        assert max(counts.values()) - min(counts.values()) <= 1


@given(st.text(max_size=10), st.lists(schools, max_size=8), st.sets(st.integers(0, 8)))
def test_third_marker_is_never_a_barred_one(code, of_markers, barred):
    markers = crew(of_markers)
    excluded = {f"m{number:02}" for number in barred}
    drawn = third_marker(code, markers, excluded)
    free = {marker.subject for marker in markers} - excluded
    assert drawn in free if free else drawn is None
