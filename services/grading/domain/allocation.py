"""Who marks what: drawn by a seed, balanced per position, never twice the same marker, none from the work's school."""

import hashlib
import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

#: Every work has two blind marks.
POSITIONS = (1, 2)


@dataclass(frozen=True, slots=True)
class Marker:
    """A person who may mark, and the school whose works are barred, if there is one."""

    subject: str
    institution_id: UUID | None


@dataclass(frozen=True, slots=True)
class PoolWork:
    """A work that waits for markers, by its code."""

    work_code: str
    institution_id: UUID | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The two markers drawn for one work, by position."""

    work_code: str
    first: str
    second: str


class NotEnoughMarkers(Exception):
    """Some school's works have fewer markers than they need. Keeps the smallest such conflict."""

    def __init__(self, institution_id: UUID | None, works: int, eligible: int, needed: int) -> None:
        """Keep whose works they are, how many, and how many may mark them."""
        super().__init__(f"{works} works need {needed} markers, {eligible} may mark them")
        self.institution_id = institution_id
        self.works = works
        self.eligible = eligible
        self.needed = needed


def may_mark(marker_institution: UUID | None, work_institution: UUID | None) -> bool:
    """Say whether the schools allow it: nobody marks works of the own school."""
    return work_institution is None or marker_institution != work_institution


def allocate(
    works: Iterable[PoolWork], markers: Sequence[Marker], loads: Mapping[tuple[str, int], int], seed: int
) -> list[Pair]:
    """Draw two markers for each work; the same seed and input give the same draw. `loads` is what markers have.

    Raise `NotEnoughMarkers` with the smallest conflict if some work cannot have two.
    """
    waiting = sorted(works, key=lambda work: work.work_code)
    if not waiting:
        return []
    _check_possible(waiting, markers)
    draw = random.Random(seed)  # noqa: S311 - a draw that anyone can repeat, not a secret
    draw.shuffle(waiting)
    order = sorted(markers, key=lambda marker: marker.subject)
    draw.shuffle(order)
    queues = [
        _Queue(order, {marker.subject: loads.get((marker.subject, at), 0) for marker in order}) for at in POSITIONS
    ]
    pairs = []
    for work in waiting:
        first = queues[0].take(work.institution_id, excluded=None)
        second = queues[1].take(work.institution_id, excluded=first)
        pairs.append(Pair(work.work_code, first, second))
    return _level_seconds(pairs, waiting, queues[1])


def third_marker(work_code: str, markers: Iterable[Marker], excluded: Iterable[str]) -> str | None:
    """Return the third marker of a work, drawn by a hash of both: even over many works, and the same each time."""
    barred = set(excluded)
    free = [marker.subject for marker in markers if marker.subject not in barred]
    return max(free, key=lambda subject: hashlib.sha256(f"{work_code}\0{subject}".encode()).digest(), default=None)


def _check_possible(works: Sequence[PoolWork], markers: Sequence[Marker]) -> None:
    groups = Counter(work.institution_id for work in works)
    conflicts = [
        (count, str(institution), institution, eligible)
        for institution, count in groups.items()
        if (eligible := sum(may_mark(marker.institution_id, institution) for marker in markers)) < len(POSITIONS)
    ]
    if conflicts:
        count, _, institution, eligible = min(conflicts, key=lambda conflict: conflict[:2])
        raise NotEnoughMarkers(institution, count, eligible, len(POSITIONS))


class _Queue:
    """The markers of one position, the least loaded first, in the drawn order where loads are equal."""

    def __init__(self, order: Sequence[Marker], loads: dict[str, int]) -> None:
        self.loads = loads
        self.institutions = {marker.subject: marker.institution_id for marker in order}
        self._heap = [(loads[marker.subject], place, marker.subject) for place, marker in enumerate(order)]
        heapq.heapify(self._heap)

    def take(self, institution: UUID | None, excluded: str | None) -> str:
        """Return the least loaded marker who may mark it, and count it."""
        passed_over = []
        while True:
            load, place, subject = heapq.heappop(self._heap)
            if subject != excluded and may_mark(self.institutions[subject], institution):
                break
            passed_over.append((load, place, subject))
        for entry in (*passed_over, (load + 1, place, subject)):
            heapq.heappush(self._heap, entry)
        self.loads[subject] = load + 1
        return subject


def _level_seconds(pairs: list[Pair], works: Sequence[PoolWork], queue: _Queue) -> list[Pair]:
    """Move second positions from the most to the least loaded: the first position may have barred the fair choice."""
    schools = {work.work_code: work.institution_id for work in works}
    while True:
        ranked = sorted(queue.loads, key=lambda subject: (queue.loads[subject], subject))
        moved = _move(pairs, ranked, queue, lambda code, to: may_mark(queue.institutions[to], schools[code]))
        if not moved:
            return pairs


def _move(pairs: list[Pair], ranked: list[str], queue: _Queue, may: Callable[[str, str], bool]) -> bool:
    least, most = ranked[0], ranked[-1]
    if queue.loads[most] - queue.loads[least] <= 1:
        return False
    for at in range(len(pairs) - 1, -1, -1):
        pair = pairs[at]
        if pair.second == most and pair.first != least and may(pair.work_code, least):
            pairs[at] = Pair(pair.work_code, pair.first, least)
            queue.loads[most] -= 1
            queue.loads[least] += 1
            return True
    return False
