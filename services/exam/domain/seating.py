"""Seat allocation: everyone gets a practical and an interview seat, the same for the same seed and input."""

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from services.exam.domain.capacity import Slot, pair_times
from services.exam.domain.errors import NobodyToSeat
from services.exam.domain.mixing import apportion, balance, deal, place, turns
from services.exam.domain.model import Component
from services.exam.domain.roll import Roll


class Seat(NamedTuple):
    """A station of a room in a session."""

    session_id: UUID
    room_id: UUID
    station: int


class SeatPair(NamedTuple):
    """One candidate's seats."""

    practical: Seat
    interview: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A room in a session: its stations, and who already sits there (station to school, or to the person without)."""

    component: Component
    session_id: UUID
    room_id: UUID
    starts_at: datetime
    ends_at: datetime
    stations: int
    taken: Mapping[int, UUID] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """Return how many stations are empty."""
        return self.stations - len(self.taken)


class Seats:
    """One component: its halls by time, and the hall and station of everybody on the roll, in eight bytes each."""

    def __init__(self, component: Component, halls: Iterable[Hall], people: int) -> None:
        """Seat nobody yet."""
        by_time: dict[tuple[datetime, datetime], list[int]] = {}
        self._halls = sorted(
            (hall for hall in halls if hall.component is component),
            key=lambda hall: (hall.starts_at, hall.ends_at, hall.session_id, hall.room_id),
        )
        for number, hall in enumerate(self._halls):
            by_time.setdefault((hall.starts_at, hall.ends_at), []).append(number)
        self._times = list(by_time.values())
        self._hall = array("I", bytes(4 * people))
        self._station = array("I", bytes(4 * people))

    def slots(self) -> list[Slot]:
        """Return each time with its free stations."""
        times = [[self._halls[number] for number in numbers] for numbers in self._times]
        return [Slot(halls[0].starts_at, halls[0].ends_at, sum(hall.free for hall in halls)) for halls in times]

    def fill(self, time: int, present: Sequence[int], roll: Roll) -> int:
        """Seat these, schoolmates listed together, in the halls of a time; return the schoolmates side by side."""
        halls = [self._halls[number] for number in self._times[time]]
        shares = apportion(len(present), [hall.free for hall in halls])
        hands = deal(present, {rank: share for rank, share in enumerate(shares) if share})
        rooms = [hands.get(rank, array("I")) for rank in range(len(halls))]
        balance(rooms, [hall.stations for hall in halls], roll.school)
        neighbours = 0
        for number, hall, room in zip(self._times[time], halls, rooms, strict=True):
            taken = {station: roll.number(school) for station, school in hall.taken.items()}
            placed, pairs = place(((roll.school(at), at) for at in room), hall.stations, taken)
            neighbours += pairs
            for station, at in placed.items():
                self._hall[at], self._station[at] = number, station
        return neighbours

    def seat(self, at: int) -> Seat:
        """Return the seat of who has this place on the roll."""
        hall = self._halls[self._hall[at]]
        return Seat(hall.session_id, hall.room_id, self._station[at])


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """Both components, and how many pairs of neighbours share a school because it cannot be helped."""

    practical: Seats
    interview: Seats
    neighbours: int

    def seats(self, at: int) -> SeatPair:
        """Return the seats of who has this place on the roll."""
        return SeatPair(self.practical.seat(at), self.interview.seat(at))


def allocate(roll: Roll, halls: Sequence[Hall], seed: str) -> SeatPlan:
    """Seat everyone; raise `NobodyToSeat`, or the smallest conflict as `CapacityShort` or `SessionsOverlap`."""
    if not roll:
        raise NobodyToSeat
    practical, interview = (Seats(component, halls, len(roll)) for component in Component)
    pairs = pair_times(practical.slots(), interview.slots(), len(roll))
    first = {one: array("I") for one, _ in pairs}
    second = {other: array("I") for _, other in pairs}
    for at, (one, other) in zip(roll.drawn(seed), turns(pairs), strict=True):
        first[one].append(at)
        second[other].append(at)
    neighbours = sum(practical.fill(time, present, roll) for time, present in first.items())
    neighbours += sum(interview.fill(time, present, roll) for time, present in second.items())
    return SeatPlan(practical, interview, neighbours)


class SeatPlanDigest:
    """The SHA-256 of a seat plan in its canonical form: one line a candidate, sorted by application id."""

    def __init__(self) -> None:
        """Begin without anybody."""
        self.people = 0
        self._content = hashlib.sha256()
        self._name = cache(str)

    def add(self, seats: Iterable[tuple[UUID, SeatPair]]) -> None:
        """Add the next ones, in the order of their ids."""
        for person, ((session, room, station), (later, hall, place_)) in seats:
            names = self._name(session), self._name(room), station, self._name(later), self._name(hall), place_
            self._content.update(f"{person}|{'|'.join(map(str, names))}\n".encode())
            self.people += 1

    def hexdigest(self) -> str:
        """Return it, of all so far."""
        return self._content.hexdigest()
