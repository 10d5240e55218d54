"""Who marks what."""

from uuid import UUID

import pytest

from services.grading.domain.allocation import Marker, PoolWork, allocate, third_marker
from services.grading.domain.enough import NotEnoughMarkers

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
