"""Which panel hears which interview."""

from collections import Counter
from uuid import UUID

import pytest

from services.grading.domain.enough import NotEnoughMarkers
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan, draw_panels

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
