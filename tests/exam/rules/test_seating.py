"""Seats against a brute-force oracle: feasible exactly if some assignment exists, never two people on one seat."""

import hashlib
import tracemalloc
from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exam.domain.capacity import Slot, pair_times
from services.exam.domain.errors import CapacityShort, SessionsOverlap
from services.exam.domain.mixing import apportion, balance, deal, most_apart, place, turns
from services.exam.domain.model import Component
from services.exam.domain.roll import Entrant, Roll
from services.exam.domain.seating import Hall, SeatPair, SeatPlanDigest, allocate

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


@st.composite
def inputs(draw: st.DrawFn) -> tuple[list[Entrant], list[Hall]]:
    people = draw(st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=1, max_size=30))
    entrants = [
        Entrant(UUID(int=1000 + index), UUID(int=school) if school else None) for index, school in enumerate(people)
    ]
    halls = []
    for index in range(draw(st.integers(2, 8))):
        component = Component.PRACTICAL if index % 2 else Component.INTERVIEW
        start = DAY + timedelta(hours=draw(st.integers(0, 6)))
        halls.append(
            Hall(
                component=component,
                session_id=UUID(int=5000 + index),
                room_id=UUID(int=6000 + index),
                starts_at=start,
                ends_at=start + timedelta(hours=draw(st.integers(1, 3))),
                stations=draw(st.integers(1, 20)),
                taken={station: UUID(int=draw(st.integers(1, 3))) for station in draw(st.sets(st.integers(1, 4)))}
                if draw(st.booleans())
                else {},
            )
        )
    return entrants, [
        hall for hall in halls if len(hall.taken) <= hall.stations and max(hall.taken, default=0) <= hall.stations
    ]


@settings(max_examples=300)
@given(inputs(), st.text(max_size=5), st.randoms(use_true_random=False))
def test_every_seat_plan_keeps_the_promises(given_input, seed, shuffler) -> None:
    entrants, halls = given_input
    try:
        seats, neighbours = seated(entrants, halls, seed)
    except (CapacityShort, SessionsOverlap):
        return
    assert set(seats) == {entrant.application_id for entrant in entrants}
    by_place = {(hall.session_id, hall.room_id): hall for hall in halls}
    used = [seat for pair in seats.values() for seat in pair]
    assert len(set(used)) == len(used)
    for practical, interview in seats.values():
        one, other = by_place[practical[:2]], by_place[interview[:2]]
        assert (one.component, other.component) == (Component.PRACTICAL, Component.INTERVIEW)
        assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
        for hall, seat in ((one, practical), (other, interview)):
            assert 1 <= seat.station <= hall.stations
            assert seat.station not in hall.taken
    assert neighbours == side_by_side(seats, entrants, halls)
    shuffled = list(entrants), list(halls)
    shuffler.shuffle(shuffled[0])
    shuffler.shuffle(shuffled[1])
    again, _ = seated(shuffled[0], shuffled[1], seed)
    assert digest(again) == digest(seats)


def seated(entrants: list[Entrant], halls: list[Hall], seed: str) -> tuple[dict[UUID, SeatPair], int]:
    roll = Roll(entrants)
    plan = allocate(roll, halls, seed)
    return {roll.person(at): plan.seats(at) for at in range(len(roll))}, plan.neighbours


def digest(seats: dict[UUID, SeatPair]) -> str:
    content = SeatPlanDigest()
    content.add(sorted(seats.items()))
    return content.hexdigest()


def side_by_side(seats: dict[UUID, SeatPair], entrants: list[Entrant], halls: list[Hall]) -> int:
    """Count new pairs of schoolmates on consecutive stations, earlier occupants included."""
    school = {person: of or person for person, of in entrants}
    sitting = {(hall.session_id, hall.room_id, station): of for hall in halls for station, of in hall.taken.items()}
    old = pairs_in(sitting)
    sitting |= {(*seat,): school[person] for person, pair in seats.items() for seat in pair}
    return pairs_in(sitting) - old


def pairs_in(sitting: dict[tuple[UUID, UUID, int], UUID]) -> int:
    return sum(of == sitting.get((session, room, station + 1)) for (session, room, station), of in sitting.items())


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


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), st.integers(1, 3)), max_size=30), st.text(max_size=5), st.integers(1, 9))
def test_the_draw_is_the_order_of_the_hashes_that_anybody_can_compute(of, seed, run) -> None:
    entrants = [Entrant(UUID(int=number + 1), school and UUID(int=10**9 + school)) for number, school in enumerate(of)]

    def lot(one: UUID) -> str:
        return hashlib.sha256(seed.encode() + b"|" + one.bytes).hexdigest()

    expected = sorted((lot(school or person), lot(person), person) for person, school in entrants)
    roll = Roll(entrants)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.exam.domain.roll._RUN", run)
        assert [roll.person(at) for at in roll.drawn(seed)] == [person for *_, person in expected]


def test_a_larger_plan_needs_few_bytes_more_for_each() -> None:
    """So that a plan of a million fits beside everything else."""
    small, large = 2_000, 22_000
    assert (peak(large) - peak(small)) / (large - small) < 250


def peak(people: int) -> int:
    """Return how many bytes a seat plan took at most."""
    halls = hall_rows(people // 25)
    tracemalloc.start()
    try:
        roll = Roll(Entrant(UUID(int=at + 1), UUID(int=10**9 + at % 7)) for at in range(people))
        allocate(roll, halls, "seed")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("rooms", [3, 7, 20])
def test_two_schools_of_equal_size_never_sit_side_by_side(rooms: int) -> None:
    entrants = [Entrant(UUID(int=index + 1), UUID(int=10**9 + index % 2)) for index in range(10 * rooms)]
    assert seated(entrants, hall_rows(rooms, stations=10), "seed")[1] == 0


def hall_rows(rooms: int, stations: int = 30) -> list[Hall]:
    """Return so many rooms in the morning for the practical, and in the afternoon for the interview."""
    return [
        Hall(
            component=component,
            session_id=UUID(int=shift),
            room_id=UUID(int=room + 1),
            starts_at=DAY + timedelta(hours=shift),
            ends_at=DAY + timedelta(hours=shift + 2),
            stations=stations,
        )
        for shift, component in ((1, Component.PRACTICAL), (4, Component.INTERVIEW))
        for room in range(rooms)
    ]
