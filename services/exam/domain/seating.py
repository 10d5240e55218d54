"""Seat allocation: everyone gets a practical and an interview seat, the same for the same seed and input.

The order of people comes from SHA-256 of seed and id, so that anybody can repeat the draw in any language.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from operator import attrgetter, itemgetter
from typing import NamedTuple
from uuid import UUID

from services.exam.domain.capacity import Slot, pair_times
from services.exam.domain.errors import NobodyToSeat
from services.exam.domain.mixing import apportion, balance, deal, place
from services.exam.domain.model import Component


class Entrant(NamedTuple):
    """Somebody to seat. Without a school they are nobody's schoolmate."""

    application_id: UUID
    school: UUID | None


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


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """The seats by application, and how many pairs of neighbours share a school because it cannot be helped."""

    seats: dict[UUID, SeatPair]
    neighbours: int


#: The rank of the school in the draw, and the person.
_Member = tuple[int, UUID]


def allocate(entrants: Sequence[Entrant], halls: Iterable[Hall], seed: str) -> SeatPlan:
    """Seat everyone; raise `NobodyToSeat`, or the smallest conflict as `CapacityShort` or `SessionsOverlap`."""
    if not entrants:
        raise NobodyToSeat
    by_time: dict[Component, dict[tuple[datetime, datetime], list[Hall]]] = {each: {} for each in Component}
    for hall in sorted(halls, key=lambda hall: (hall.starts_at, hall.ends_at, hall.session_id, hall.room_id)):
        by_time[hall.component].setdefault((hall.starts_at, hall.ends_at), []).append(hall)
    practical, interview = (list(by_time[each].values()) for each in Component)
    pairs = pair_times(_slots(practical), _slots(interview), len(entrants))
    members, ranks = _draw(entrants, seed)
    first: dict[int, list[_Member]] = defaultdict(list)
    second: dict[int, list[_Member]] = defaultdict(list)
    for (one, other), dealt in deal(members, pairs).items():
        first[one] += dealt
        second[other] += dealt
    seats, neighbours = _fill(practical, first, ranks)
    later, more = _fill(interview, second, ranks)
    return SeatPlan({person: SeatPair(seat, later[person]) for person, seat in seats.items()}, neighbours + more)


def digest(seats: Mapping[UUID, SeatPair]) -> str:
    """Return the SHA-256 of the canonical seat plan: one line a candidate, sorted by application id."""
    content = hashlib.sha256()
    name = cache(str)
    for person in sorted(seats, key=attrgetter("int")):
        (session, room, station), (later, hall, place_) = seats[person]
        line = f"{person}|{name(session)}|{name(room)}|{station}|{name(later)}|{name(hall)}|{place_}\n"
        content.update(line.encode())
    return content.hexdigest()


def _slots(times: Sequence[Sequence[Hall]]) -> list[Slot]:
    return [Slot(halls[0].starts_at, halls[0].ends_at, sum(hall.free for hall in halls)) for halls in times]


def _draw(entrants: Sequence[Entrant], seed: str) -> tuple[list[_Member], dict[UUID, int]]:
    """Return all in the order of their lots, schoolmates together, and the rank of each school."""
    prefix = f"{seed}|".encode()

    def lot(of: UUID) -> bytes:
        return hashlib.sha256(prefix + of.bytes).digest()

    schools = {school: lot(school) for school in {school for _, school in entrants if school}}
    drawn = sorted(
        (schools[school] if school else mine, mine, school or person, person)
        for person, school, mine in ((person, school, lot(person)) for person, school in entrants)
    )
    ranks: dict[UUID, int] = {}
    return [(ranks.setdefault(school, len(ranks)), person) for _, _, school, person in drawn], ranks


def _fill(
    times: Sequence[Sequence[Hall]], members: Mapping[int, list[_Member]], ranks: Mapping[UUID, int]
) -> tuple[dict[UUID, Seat], int]:
    """Seat the members of each time in its halls; return the seats and the pairs of schoolmates side by side."""
    seats: dict[UUID, Seat] = {}
    neighbours = 0
    for index, present in members.items():
        present.sort(key=itemgetter(0))
        halls = times[index]
        shares = apportion(len(present), [hall.free for hall in halls])
        hands = deal(present, {rank: share for rank, share in enumerate(shares) if share})
        rooms = [hands.get(rank, []) for rank in range(len(halls))]
        balance(rooms, [hall.stations for hall in halls])
        for hall, room in zip(halls, rooms, strict=True):
            placed, pairs = place(room, hall.stations, {at: ranks.get(school) for at, school in hall.taken.items()})
            neighbours += pairs
            for station, person in placed.items():
                seats[person] = Seat(hall.session_id, hall.room_id, station)
    return seats, neighbours
