"""Who marks what: the same draw for the same seed, even loads, nobody on the own school, also in pages."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grading.domain.allocation import Marker, Pair, PoolWork, allocate, may_mark, third_marker
from services.grading.domain.enough import NotEnoughMarkers
from tests.grading.draws import assert_smallest_conflict, pages, schools, spread
from tests.grading.paged_plan import People, Waiting, cut, give_markers

SCHOOL, OTHER = UUID(int=1), UUID(int=2)


def test_same_seed_gives_the_same_draw_whatever_the_order_of_the_input():
    works = [PoolWork(f"W{number}", None) for number in range(40)]
    markers = [Marker(f"m{number}", None) for number in range(7)]
    drawn = allocate(works, markers, {}, 5)
    assert allocate(works[::-1], markers[::-1], {}, 5) == drawn
    assert allocate(works, markers, {}, 6) != drawn


def test_smallest_conflict_is_told_when_a_school_has_too_few_markers():
    works = [PoolWork(f"A{number}", SCHOOL) for number in range(3)] + [PoolWork("B", OTHER)]
    markers = [Marker("one", SCHOOL), Marker("two", OTHER), Marker("three", OTHER)]
    with pytest.raises(NotEnoughMarkers) as refused:
        allocate(works, markers, {}, 1)
    assert (refused.value.institution_id, refused.value.works, refused.value.eligible) == (OTHER, 1, 1)


def test_earlier_loads_are_evened_out():
    works = [PoolWork(f"W{number}", None) for number in range(10)]
    markers = [Marker("old", None), Marker("new", None), Marker("newer", None)]
    pairs = allocate(works, markers, {("old", 1): 10, ("old", 2): 10}, 1)
    assert not [pair for pair in pairs if "old" in (pair.first, pair.second)]


def test_third_marker_is_none_of_the_barred_and_stays_the_same():
    markers = [Marker(f"m{number}", None) for number in range(5)]
    drawn = {third_marker(f"W{number}", markers, {"m0", "m1"}) for number in range(200)}
    assert drawn == {"m2", "m3", "m4"}
    assert third_marker("W", markers, ["m0"]) == third_marker("W", markers[::-1], ["m0"])
    assert third_marker("W", markers[:2], ["m0", "m1"]) is None


def crew(institutions: list[UUID | None]) -> list[Marker]:
    return [Marker(f"m{number:02}", institution) for number, institution in enumerate(institutions)]


def pool(institutions: list[UUID | None]) -> list[PoolWork]:
    return [PoolWork(f"W{number:03}", institution) for number, institution in enumerate(institutions)]


@settings(max_examples=150)
@given(st.lists(schools, max_size=60), st.lists(schools, max_size=8), pages, st.integers())
def test_two_different_markers_from_other_schools_or_a_true_conflict(of_works, of_markers, page, seed):
    works, markers = pool(of_works), crew(of_markers)
    written: list[Pair] = []
    free = {school: sum(may_mark(marker.institution_id, school) for marker in markers) for school in set(of_works)}
    if any(count < 2 for count in free.values()):
        waiting = Waiting(lambda: cut(works, page), written.extend)
        assert_smallest_conflict(People(markers, ()), of_works, free, 2, works=waiting)
        assert written == []
        return
    home = {marker.subject: marker.institution_id for marker in markers}
    drawn = asyncio.run(give_markers(works, markers, page, seed))
    pairs = {pair.work_code: pair for pair in drawn}
    assert set(pairs) == {work.work_code for work in works}
    assert len(pairs) == len(drawn)
    for work in works:
        pair = pairs[work.work_code]
        assert pair.first != pair.second
        for subject in (pair.first, pair.second):
            assert work.institution_id is None or home[subject] != work.institution_id


@settings(max_examples=150)
@given(st.integers(0, 90), st.integers(2, 9), pages, st.integers())
def test_each_marker_is_first_and_second_equally_often_without_conflicts(works, markers, page, seed):
    pairs = asyncio.run(give_markers(pool([None] * works), crew([None] * markers), page, seed))
    for position in ("first", "second"):
        counts = Counter({f"m{number:02}": 0 for number in range(markers)})
        counts.update(getattr(pair, position) for pair in pairs)
        assert spread(counts) <= 1


@given(st.text(max_size=10), st.lists(schools, max_size=8), st.sets(st.integers(0, 8)))
def test_third_marker_is_never_a_barred_one(code, of_markers, barred):
    markers = crew(of_markers)
    excluded = {f"m{number:02}" for number in barred}
    drawn = third_marker(code, markers, excluded)
    free = {marker.subject for marker in markers} - excluded
    assert drawn in free if free else drawn is None


@settings(max_examples=50)
@given(st.lists(schools, max_size=40), pages, st.integers())
def test_markers_are_drawn_the_same_whatever_their_order(of_works, page, seed):
    one, other = (asyncio.run(give_markers(pool(of_works), crew([None] * 5)[::order], page, seed)) for order in (1, -1))
    assert one == other
