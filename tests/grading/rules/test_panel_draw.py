"""Which panel hears which interview: even loads, no examiner of the own school, also in pages."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grading.domain.enough import NotEnoughMarkers
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan, draw_panels
from tests.grading.draws import assert_smallest_conflict, named_schools, pages, schools, spread
from tests.grading.paged_plan import People, Waiting, cut, give_panels

SCHOOL = UUID(int=99)


def panels(count: int, *, load: int = 0) -> list[PanelOfPlan]:
    return [PanelOfPlan(UUID(int=number), frozenset(), load) for number in range(1, count + 1)]


def test_interviews_are_spread_evenly_and_the_draw_can_be_repeated():
    interviews = [DrawnInterview(f"I{number}", None) for number in range(31)]
    drawn = draw_panels(interviews, panels(4), 8)
    counts = Counter(drawn.values())
    assert max(counts.values()) - min(counts.values()) <= 1
    assert draw_panels(interviews[::-1], panels(4)[::-1], 8) == drawn
    assert draw_panels(interviews, panels(4), 9) != drawn


def test_a_panel_with_an_examiner_of_the_school_is_left_out():
    own = PanelOfPlan(UUID(int=50), frozenset({SCHOOL}), 0)
    drawn = draw_panels([DrawnInterview(f"I{number}", SCHOOL) for number in range(6)], [own, *panels(1, load=100)], 1)
    assert set(drawn.values()) == {UUID(int=1)}
    with pytest.raises(NotEnoughMarkers) as refused:
        draw_panels([DrawnInterview("I1", SCHOOL), DrawnInterview("I2", SCHOOL)], [own], 1)
    assert (refused.value.institution_id, refused.value.works, refused.value.needed) == (SCHOOL, 2, 1)


def test_no_interviews_need_no_panels():
    assert draw_panels([], [], 1) == {}


def hearings(institutions: list[UUID | None]) -> list[DrawnInterview]:
    return [DrawnInterview(f"I{number:03}", institution) for number, institution in enumerate(institutions)]


def panels_of(institutions: list[frozenset[UUID]], loads: list[int]) -> list[PanelOfPlan]:
    both = zip(institutions, loads, strict=False)
    return [PanelOfPlan(UUID(int=number), *each) for number, each in enumerate(both, start=50)]


@settings(max_examples=100)
@given(
    st.lists(schools, max_size=60), st.lists(st.frozensets(named_schools, max_size=2), max_size=6), pages, st.integers()
)
def test_a_panel_without_examiners_of_the_school_or_a_true_conflict(of_interviews, of_panels, page, seed):
    interviews, panels = hearings(of_interviews), panels_of(of_panels, [0] * len(of_panels))
    written: dict[str, UUID] = {}
    free = {school: sum(school not in panel.institutions for panel in panels) for school in set(of_interviews)}
    if not all(free.values()):
        waiting = Waiting(lambda: cut(interviews, page), written.update)
        assert_smallest_conflict(People((), panels), of_interviews, free, 1, interviews=waiting)
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
def test_panels_are_drawn_the_same_whatever_their_order(of_interviews, page, seed):
    crew, interviews = panels_of([frozenset()] * 4, [0] * 4), hearings(of_interviews)
    one, other = (asyncio.run(give_panels(interviews, crew[::order], page, seed)) for order in (1, -1))
    assert one == other
