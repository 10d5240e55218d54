"""Keeps people of one school apart: an even deal over the rooms, then the stations of each room.

Neighbours are consecutive station numbers; an empty station between two people separates them. In an empty room with
`c` stations, `m` people of its largest school must have `max(0, 2m - c - 1)` pairs of neighbours, and get no more.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from heapq import heapify, heappop, heappush, merge
from typing import Any, TypeVar

LabelT = TypeVar("LabelT", bound=Hashable)
ItemT = TypeVar("ItemT")
SchoolT = TypeVar("SchoolT", bound=Hashable)

#: How many rooms are asked for space, so that the pass stays linear.
_LOOK = 64


def apportion(total: int, free: Sequence[int]) -> list[int]:
    """Split `total` in proportion to `free` (largest remainder), never above it; `total` is at most the sum."""
    whole = sum(free)
    shares = [total * each // whole for each in free]
    rest = sorted(range(len(free)), key=lambda index: (-(total * free[index] % whole), index))
    for index in rest[: total - sum(shares)]:
        shares[index] += 1
    return shares


def turns(quotas: Mapping[LabelT, int]) -> Iterator[LabelT]:
    """Yield each label as often as its quota says, spread evenly, as cards are dealt to players of unequal hands."""
    labels = list(quotas)
    hands = (_moments(quota, rank) for rank, quota in enumerate(quotas.values()))
    return (labels[rank] for _, rank in merge(*hands))


def _moments(quota: int, rank: int) -> Iterator[tuple[float, int]]:
    return (((2 * turn + 1) / quota, rank) for turn in range(quota))


def deal(people: Iterable[int], quotas: Mapping[LabelT, int]) -> dict[LabelT, MutableSequence[int]]:
    """Deal people, so that every run of neighbours spreads over all labels by their quotas, which are all used up."""
    hands: dict[LabelT, MutableSequence[int]] = {label: array("I") for label in quotas}
    for person, label in zip(people, turns(quotas), strict=True):
        hands[label].append(person)
    return hands


def most_apart(stations: int) -> int:
    """Return how many people of one school fit into a room without being neighbours."""
    return (stations + 1) // 2


def balance(
    rooms: Sequence[MutableSequence[int]], stations: Sequence[int], school_of: Callable[[int], SchoolT]
) -> None:
    """Swap people between rooms, in place, where a school is over half of one room and a near room has space for it."""
    counts = [Counter(map(school_of, room)) for room in rooms]
    for index, count in enumerate(counts):
        school, many = max(count.items(), key=lambda item: item[1], default=(None, 0))
        for _ in range(many - most_apart(stations[index])):
            other = _with_space(counts, stations, index, school)
            if other is None:
                break
            came, left = _swap(rooms[index], rooms[other], school_of, school)
            for room, sign in ((index, 1), (other, -1)):
                counts[room][school_of(came)] += sign
                counts[room][school_of(left)] -= sign


def _with_space(counts: Sequence[Counter[SchoolT]], stations: Sequence[int], index: int, school: Any) -> int | None:
    """Return a room near `index` that can take one more of the school and has somebody else to give."""
    for step in range(1, min(_LOOK, len(counts))):
        other = (index + step) % len(counts)
        here = counts[other][school]
        if here < most_apart(stations[other]) and here < counts[other].total():
            return other
    return None


def _swap(
    one: MutableSequence[int], other: MutableSequence[int], school_of: Callable[[int], SchoolT], school: Any
) -> tuple[int, int]:
    """Exchange one of the school in the first room with one of another school in the second; return who came, left."""
    here = next(seat for seat, person in enumerate(one) if school_of(person) == school)
    there = next(seat for seat, person in enumerate(other) if school_of(person) != school)
    one[here], other[there] = other[there], one[here]
    return one[here], other[there]


def place(
    members: Iterable[tuple[SchoolT, ItemT]], stations: int, taken: Mapping[int, SchoolT | None]
) -> tuple[dict[int, ItemT], int]:
    """Return who sits at which station (from 1), and how many pairs of neighbours of one school there are.

    The school with most people left goes first wherever its neighbours are others; a station stays empty if only
    that keeps people apart and there is one to spare. Earlier occupants (`taken`) do not move.
    """
    waiting: dict[SchoolT, list[ItemT]] = {}
    for school, item in members:
        waiting.setdefault(school, []).append(item)
    schools = list(waiting)
    heap = [(-len(waiting[school]), rank) for rank, school in enumerate(schools)]
    heapify(heap)
    spare = stations - len(taken) - sum(map(len, waiting.values()))
    sitting: dict[int, SchoolT | None] = dict(taken)
    seats: dict[int, ItemT] = {}
    pairs = 0
    for station in range(1, stations + 1):
        if not heap:
            break
        if station in taken:
            continue
        beside = sitting.get(station - 1), sitting.get(station + 1)
        count, rank = _next(heap, schools, beside, may_wait=spare > 0)
        if not count:
            spare -= 1
            continue
        sitting[station] = school = schools[rank]
        seats[station] = waiting[school].pop()
        pairs += beside.count(school)
        if count + 1:
            heappush(heap, (count + 1, rank))
    return seats, pairs


def _next(
    heap: list[tuple[int, int]], schools: Sequence[SchoolT], beside: tuple[SchoolT | None, ...], *, may_wait: bool
) -> tuple[int, int]:
    """Take the largest school that is not beside the station; else none (0, 0) if it may wait, or the largest."""
    skipped = []
    while heap and schools[heap[0][1]] in beside:
        skipped.append(heappop(heap))
    chosen = heappop(heap) if heap else (0, 0)
    if not chosen[0] and not may_wait:
        chosen = skipped.pop(0)
    for entry in skipped:
        heappush(heap, entry)
    return chosen
