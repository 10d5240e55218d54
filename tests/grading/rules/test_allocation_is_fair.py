"""What every draw of markers and panels keeps, whatever the schools and however few are drawn at a time."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grading.domain.allocation import Marker, Pair, PoolWork, may_mark, third_marker
from services.grading.domain.enough import NotEnoughMarkers
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan
from tests.grading.unit.paged_plan import People, Waiting, cut, give, give_markers, give_panels

ids = st.integers(1, 4).map(lambda number: UUID(int=number))
schools = st.one_of(st.none(), ids)
pages = st.sampled_from([1, 2, 3, 7, 20, 1_000])


def crew(institutions: list[UUID | None]) -> list[Marker]:
    return [Marker(f"m{number:02}", institution) for number, institution in enumerate(institutions)]


def pool(institutions: list[UUID | None]) -> list[PoolWork]:
    return [PoolWork(f"W{number:03}", institution) for number, institution in enumerate(institutions)]


def hearings(institutions: list[UUID | None]) -> list[DrawnInterview]:
    return [DrawnInterview(f"I{number:03}", institution) for number, institution in enumerate(institutions)]


def panels_of(institutions: list[frozenset[UUID]], loads: list[int]) -> list[PanelOfPlan]:
    both = zip(institutions, loads, strict=False)
    return [PanelOfPlan(UUID(int=number), *each) for number, each in enumerate(both, start=50)]


def spread(counts: Counter[str] | Counter[UUID]) -> int:
    return max(counts.values()) - min(counts.values())


def refuses_with_the_smallest_conflict(people: People, of_waiting: list[UUID | None], free: dict, needed: int, **all_):
    """Expect the whole plan's smallest conflict, and that nothing was given before."""
    with pytest.raises(NotEnoughMarkers) as refused:
        asyncio.run(give(people, 1, **all_))
    lack, counts = refused.value, Counter(of_waiting)
    assert (lack.eligible, lack.needed) == (free[lack.institution_id], needed)
    assert lack.eligible < needed
    assert lack.works == counts[lack.institution_id] == min(counts[school] for school in free if free[school] < needed)


@settings(max_examples=150)
@given(st.lists(schools, max_size=60), st.lists(schools, max_size=8), pages, st.integers())
def test_two_different_markers_from_other_schools_or_a_true_conflict(of_works, of_markers, page, seed):
    works, markers = pool(of_works), crew(of_markers)
    written: list[Pair] = []
    free = {school: sum(may_mark(marker.institution_id, school) for marker in markers) for school in set(of_works)}
    if any(count < 2 for count in free.values()):
        waiting = Waiting(lambda: cut(works, page), written.extend)
        refuses_with_the_smallest_conflict(People(markers, ()), of_works, free, 2, works=waiting)
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


@settings(max_examples=100)
@given(st.lists(schools, max_size=60), st.lists(st.frozensets(ids, max_size=2), max_size=6), pages, st.integers())
def test_a_panel_without_examiners_of_the_school_or_a_true_conflict(of_interviews, of_panels, page, seed):
    interviews, panels = hearings(of_interviews), panels_of(of_panels, [0] * len(of_panels))
    written: dict[str, UUID] = {}
    free = {school: sum(school not in panel.institutions for panel in panels) for school in set(of_interviews)}
    if not all(free.values()):
        waiting = Waiting(lambda: cut(interviews, page), written.update)
        refuses_with_the_smallest_conflict(People((), panels), of_interviews, free, 1, interviews=waiting)
        assert written == {}
        return
    barred = {panel.panel_id: panel.institutions for panel in panels}
    drawn = asyncio.run(give_panels(interviews, panels, page, seed))
    assert all(each.institution_id not in barred[drawn[each.interview_code]] for each in interviews)


@settings(max_examples=100)
@given(st.integers(0, 90), st.lists(st.integers(0, 5), min_size=1, max_size=7), pages, st.integers())
def test_panels_are_balanced_and_never_less_than_they_were_without_conflicts(interviews, loads, page, seed):
    panels = panels_of([frozenset()] * len(loads), loads)
    counts = Counter({panel.panel_id: panel.load for panel in panels})
    apart = spread(counts)
    counts.update(asyncio.run(give_panels(hearings([None] * interviews), panels, page, seed)).values())
    missing = sum(max(loads) - load for load in loads)
    assert spread(counts) <= (1 if interviews >= missing else max(apart, 1))


@settings(max_examples=50)
@given(st.lists(schools, max_size=40), pages, st.integers())
def test_the_same_seed_gives_the_same_draw(of_waiting, page, seed):
    markers, panels = crew([None] * 5), panels_of([frozenset()] * 4, [0] * 4)

    async def draw(order: int) -> tuple[object, object]:
        return (
            await give_markers(pool(of_waiting), markers[::order], page, seed),
            await give_panels(hearings(of_waiting), panels[::order], page, seed),
        )

    assert asyncio.run(draw(1)) == asyncio.run(draw(-1))


@given(st.text(max_size=10), st.lists(schools, max_size=8), st.sets(st.integers(0, 8)))
def test_third_marker_is_never_a_barred_one(code, of_markers, barred):
    markers = crew(of_markers)
    excluded = {f"m{number:02}" for number in barred}
    drawn = third_marker(code, markers, excluded)
    free = {marker.subject for marker in markers} - excluded
    assert drawn in free if free else drawn is None
