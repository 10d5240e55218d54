"""Times for everyone, against a search through all assignments."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exam.domain.capacity import Slot, pair_times
from services.exam.domain.errors import CapacityShort, SessionsOverlap

DAY = datetime(2026, 11, 21, tzinfo=UTC)


def slot(start: int, length: int, free: int) -> Slot:
    return Slot(DAY + timedelta(hours=start), DAY + timedelta(hours=start + length), free)


slots = st.lists(st.builds(slot, st.integers(0, 5), st.integers(1, 3), st.integers(0, 3)), min_size=1, max_size=4)


def apart(one: Slot, other: Slot) -> bool:
    return one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


def exists(practical: list[Slot], interview: list[Slot], wanted: int) -> bool:
    """Search: give people one by one every free pair of times."""
    rooms = [each.free for each in practical], [each.free for each in interview]
    seen: set[tuple[int, ...]] = set()

    def search(left: int) -> bool:
        key = (left, *rooms[0], *rooms[1])
        if not left or key in seen:
            return not left
        seen.add(key)
        for one, first in enumerate(practical):
            for other, second in enumerate(interview):
                if rooms[0][one] and rooms[1][other] and apart(first, second):
                    rooms[0][one] -= 1
                    rooms[1][other] -= 1
                    if search(left - 1):
                        return True
                    rooms[0][one] += 1
                    rooms[1][other] += 1
        return False

    return search(wanted)


@settings(max_examples=300)
@given(slots, slots, st.integers(1, 6))
def test_times_are_found_exactly_if_they_exist(practical: list[Slot], interview: list[Slot], wanted: int) -> None:
    if not exists(practical, interview, wanted):
        with pytest.raises((CapacityShort, SessionsOverlap)) as conflict:
            pair_times(practical, interview, wanted)
        refused = conflict.value
        assert isinstance(refused, CapacityShort | SessionsOverlap)
        assert refused.short > 0
        assert isinstance(refused, CapacityShort) or exists(practical, interview, wanted - refused.short)
        return
    pairs = pair_times(practical, interview, wanted)
    assert sum(pairs.values()) == wanted
    assert all(apart(practical[one], interview[other]) for one, other in pairs)
    for index, each in enumerate(practical):
        assert sum(count for (one, _), count in pairs.items() if one == index) <= each.free
    for index, each in enumerate(interview):
        assert sum(count for (_, other), count in pairs.items() if other == index) <= each.free
