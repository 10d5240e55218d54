"""Who is to be seated: kept in some twenty bytes each, because a plan may have a million people.

The order of people comes from SHA-256 of seed and id, so that anybody can repeat the draw in any language.
"""

import hashlib
import heapq
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

_ID = 16
_RUN = 20_000


class Entrant(NamedTuple):
    """Somebody to seat. Without a school they are nobody's schoolmate."""

    application_id: UUID
    school: UUID | None


class Roll:
    """Entrants by their place, from 0 in the order they were added."""

    def __init__(self, entrants: Iterable[Entrant] = ()) -> None:
        """Begin with these."""
        self._people = bytearray()
        self._schools = array("i")
        self._numbers: dict[UUID, int] = {}
        self.extend(entrants)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._schools)

    def extend(self, entrants: Iterable[Entrant]) -> None:
        """Add some more."""
        for person, school in entrants:
            self._schools.append(self._numbers.setdefault(school, len(self._numbers)) if school else ~len(self))
            self._people += person.bytes

    def person(self, at: int) -> UUID:
        """Return who has this place."""
        return UUID(bytes=self._id(at))

    def school(self, at: int) -> int:
        """Return the number of somebody's school; without a school it is one that nobody else has."""
        return self._schools[at]

    def number(self, school: UUID) -> int | None:
        """Return the number of a school, if somebody comes from it."""
        return self._numbers.get(school)

    def drawn(self, seed: str) -> Iterator[int]:
        """Yield all places in the order of the schools' lots and then of the people's own."""
        prefix = f"{seed}|".encode()

        def lot(of: bytes) -> bytes:
            return hashlib.sha256(prefix + of).digest()

        schools = [lot(school.bytes) for school in self._numbers]

        def lots(at: int) -> bytes:
            mine, school = lot(self._id(at)), self._schools[at]
            return (schools[school] if school >= 0 else mine) + mine

        # some at a time are sorted, and then merged: the lots of all at once would take a hundred bytes each
        runs = (range(len(self))[start : start + _RUN] for start in range(0, len(self), _RUN))
        return heapq.merge(*(array("I", sorted(run, key=lots)) for run in runs), key=lots)

    def _id(self, at: int) -> bytes:
        return bytes(self._people[_ID * at : _ID * (at + 1)])
