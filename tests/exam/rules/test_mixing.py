"""People of one school are spread over rooms and stations as far as it goes."""

from array import array
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from services.exam.domain.mixing import apportion, balance, deal, most_apart, place, turns


@settings(max_examples=300)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=14), st.integers(0, 4))
def test_an_empty_room_has_no_more_neighbours_than_it_must(schools: list[int], spare: int) -> None:
    stations = len(schools) + spare
    placed, pairs = place([(school, index) for index, school in enumerate(schools)], stations, {})
    largest = max(Counter(schools).values())
    assert sorted(placed.values()) == list(range(len(schools)))
    assert pairs == max(0, 2 * largest - stations - 1)
    assert pairs == sum(
        schools[person] == schools[placed[station + 1]] for station, person in placed.items() if station + 1 in placed
    )


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any), st.data())
def test_shares_add_up_and_fit(free: list[int], data) -> None:
    total = data.draw(st.integers(0, sum(free)))
    shares = apportion(total, free)
    assert sum(shares) == total
    assert all(share <= room for share, room in zip(shares, free, strict=True))


@given(st.dictionaries(st.integers(), st.integers(1, 9), min_size=1, max_size=6))
def test_a_deal_gives_everybody_their_quota_and_loses_nobody(quotas: dict[int, int]) -> None:
    people = list(range(sum(quotas.values())))
    hands = deal(people, quotas)
    assert {label: len(hand) for label, hand in hands.items()} == quotas
    assert sorted(person for hand in hands.values() for person in hand) == people


@given(st.dictionaries(st.integers(), st.integers(1, 9), min_size=1, max_size=6))
def test_turns_come_as_evenly_as_the_quotas_allow(quotas: dict[int, int]) -> None:
    order = list(turns(quotas))
    for begun in range(1, len(order) + 1):
        for label, quota in quotas.items():
            assert abs(order[:begun].count(label) - quota * begun / len(order)) < len(quotas)


@given(st.lists(st.lists(st.integers(1, 3), max_size=6), min_size=1, max_size=6))
def test_balancing_keeps_people_and_sizes_and_never_makes_it_worse(schools: list[list[int]]) -> None:
    school = [each for room in schools for each in room]
    numbers = iter(range(len(school)))
    rooms = [array("I", [next(numbers) for _ in room]) for room in schools]
    before = crowded(rooms, school)
    sizes = [len(room) for room in rooms]
    balance(rooms, sizes, school.__getitem__)
    assert sorted(person for room in rooms for person in room) == list(range(len(school)))
    assert [len(room) for room in rooms] == sizes
    assert crowded(rooms, school) <= before


def crowded(rooms: Sequence[Sequence[int]], school: list[int]) -> int:
    return sum(
        max(0, max(Counter(school[person] for person in room).values(), default=0) - most_apart(len(room)))
        for room in rooms
    )
