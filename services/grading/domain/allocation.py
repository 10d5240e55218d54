"""Who marks what: drawn by a seed, balanced per position, never twice the same marker, none from the work's school."""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.grading.domain.enough import check_enough
from services.grading.domain.least_loaded import LeastLoaded

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


def may_mark(marker_institution: UUID | None, work_institution: UUID | None) -> bool:
    """Say whether the schools allow it: nobody marks works of the own school."""
    return work_institution is None or marker_institution != work_institution


def check_markers(waiting: Mapping[UUID | None, int], markers: Sequence[Marker]) -> None:
    """Raise `NotEnoughMarkers` with the smallest conflict if some work cannot have two. `waiting` counts by school."""
    barred = Counter[UUID | None](marker.institution_id for marker in markers if marker.institution_id is not None)
    check_enough(waiting, barred, available=len(markers), needed=len(POSITIONS))


def allocate(
    works: Iterable[PoolWork], markers: Sequence[Marker], loads: Mapping[tuple[str, int], int], seed: int
) -> list[Pair]:
    """Draw two markers for each work; the same seed and input give the same draw. `loads` is what markers have.

    A plan may be drawn some works at a time, with the same seed and the loads carried on. Raise `NotEnoughMarkers`
    with the smallest conflict among these works if some work cannot have two.
    """
    waiting = sorted(works, key=lambda work: work.work_code)
    check_markers(Counter(work.institution_id for work in waiting), markers)
    homes = {marker.subject: marker.institution_id for marker in markers}
    order = sorted(homes)
    draw = random.Random(seed)  # noqa: S311 - a draw that anyone can repeat, not a secret
    draw.shuffle(order)
    draw.shuffle(waiting)
    # who is next in both positions is never the same: each round of seconds begins one place further on
    turns = (order, order[1:] + order[:1])
    first, second = (
        LeastLoaded(turn, {name: loads.get((name, at), 0) for name in turn})
        for at, turn in zip(POSITIONS, turns, strict=True)
    )
    pairs = [_draw_pair(work, homes, first, second) for work in waiting]
    return _level_seconds(pairs, waiting, homes, second.loads)


def _draw_pair(
    work: PoolWork, homes: Mapping[str, UUID | None], first: LeastLoaded[str], second: LeastLoaded[str]
) -> Pair:
    one = first.take(lambda subject: may_mark(homes[subject], work.institution_id))
    other = second.take(lambda subject: subject != one and may_mark(homes[subject], work.institution_id))
    return Pair(work.work_code, one, other)


def third_marker(work_code: str, markers: Iterable[Marker], excluded: Iterable[str]) -> str | None:
    """Return the third marker of a work, drawn by a hash of both: even over many works, and the same each time."""
    barred = set(excluded)
    free = [marker.subject for marker in markers if marker.subject not in barred]
    return max(free, key=lambda subject: hashlib.sha256(f"{work_code}\0{subject}".encode()).digest(), default=None)


def _level_seconds(
    pairs: list[Pair], works: Sequence[PoolWork], homes: Mapping[str, UUID | None], loads: dict[str, int]
) -> list[Pair]:
    """Move second positions from the most to the least loaded: the first position may have barred the fair choice."""
    schools = {work.work_code: work.institution_id for work in works}
    while True:
        ranked = sorted(loads, key=lambda subject: (loads[subject], subject))
        if not _move(pairs, ranked, loads, lambda code, to: may_mark(homes[to], schools[code])):
            return pairs


def _move(pairs: list[Pair], ranked: list[str], loads: dict[str, int], may: Callable[[str, str], bool]) -> bool:
    if not pairs or loads[ranked[-1]] - loads[ranked[0]] <= 1:
        return False
    least, most = ranked[0], ranked[-1]
    for at in range(len(pairs) - 1, -1, -1):
        pair = pairs[at]
        if pair.second == most and pair.first != least and may(pair.work_code, least):
            pairs[at] = Pair(pair.work_code, pair.first, least)
            loads[most] -= 1
            loads[least] += 1
            return True
    return False
