"""Whatever the plan, everyone sits once in each component, and the same input gives the same seats."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exam.domain.errors import CapacityShort, SessionsOverlap
from services.exam.domain.model import Component
from services.exam.domain.roll import Entrant, Roll
from services.exam.domain.seating import Hall, SeatPair, SeatPlanDigest, allocate

DAY = datetime(2026, 11, 21, tzinfo=UTC)


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
