"""Whether everyone can have a seat in both components, at times that one person can attend.

A maximum flow over the few distinct times of the plan, never over people: practical times feed interview times that do
not overlap with them. Of the interviews sorted by end, those over before a practical begins are a prefix; sorted by
start, those that begin after it are a suffix. Chains along both orders keep the graph linear in the number of times.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.exam.domain.errors import CapacityShort, SessionsOverlap
from services.exam.domain.model import Component

_SOURCE, _SINK = 0, 1


@dataclass(frozen=True, slots=True)
class Slot:
    """All stations of one component that are free at the same time."""

    starts_at: datetime
    ends_at: datetime
    free: int


def pair_times(practical: Sequence[Slot], interview: Sequence[Slot], wanted: int) -> dict[tuple[int, int], int]:
    """Return how many people take each (practical, interview) pair of times, by index.

    Raise `CapacityShort` or `SessionsOverlap`, with the smallest conflict, if `wanted` people cannot all be seated.
    """
    for component, slots in ((Component.PRACTICAL, practical), (Component.INTERVIEW, interview)):
        free = sum(slot.free for slot in slots)
        if free < wanted:
            raise CapacityShort(component=component.value, wanted=wanted, free=free, short=wanted - free)
    network = _network(practical, interview, wanted)
    flow = network.maximise(wanted)
    if flow < wanted:
        raise _overlap(network, practical, interview, wanted)
    return network.pairs(len(practical), len(interview))


class _Network:
    """A residual graph. An edge and its reverse are neighbours in the arrays: `edge ^ 1`."""

    def __init__(self, nodes: int) -> None:
        self.out: list[list[int]] = [[] for _ in range(nodes)]
        self.head: list[int] = []
        self.room: list[int] = []

    def connect(self, tail: int, head: int, room: int) -> None:
        self.out[tail].append(len(self.head))
        self.out[head].append(len(self.head) + 1)
        self.head += (head, tail)
        self.room += (room, 0)

    def reach(self) -> dict[int, int]:
        """Return the edge by which each node is reached from the source, over edges with room."""
        by = {_SOURCE: -1}
        queue = deque([_SOURCE])
        while queue:
            node = queue.popleft()
            for edge in self.out[node]:
                head = self.head[edge]
                if self.room[edge] and head not in by:
                    by[head] = edge
                    queue.append(head)
        return by

    def maximise(self, wanted: int) -> int:
        """Push along shortest paths until `wanted` flows or nothing more fits; return what flows."""
        flow = 0
        while flow < wanted and _SINK in (by := self.reach()):
            path, node = [], _SINK
            while node != _SOURCE:
                path.append(by[node])
                node = self.head[by[node] ^ 1]
            amount = min(wanted - flow, *(self.room[edge] for edge in path))
            for edge in path:
                self.room[edge] -= amount
                self.room[edge ^ 1] += amount
            flow += amount
        return flow

    def pairs(self, practicals: int, interviews: int) -> dict[tuple[int, int], int]:
        """Split the flow into amounts per (practical, interview)."""
        amounts: dict[tuple[int, int], int] = {}
        last = 2 + practicals + interviews
        for practical in range(practicals):
            while (path := self._carried(2 + practical, last)) is not None:
                amount = min(self.room[edge ^ 1] for edge in path)
                for edge in path:
                    self.room[edge ^ 1] -= amount
                pair = practical, self.head[path[-1]] - 2 - practicals
                amounts[pair] = amounts.get(pair, 0) + amount
        return amounts

    def _carried(self, node: int, last: int) -> list[int] | None:
        """Return a path of edges that carry flow from a practical to an interview."""
        path: list[int] = []
        while not path or node >= last:
            edge = next((edge for edge in self.out[node] if edge % 2 == 0 and self.room[edge ^ 1]), None)
            if edge is None:
                return None
            path.append(edge)
            node = self.head[edge]
        return path


def _network(practical: Sequence[Slot], interview: Sequence[Slot], wanted: int) -> _Network:
    """Nodes: source, sink, practicals, interviews, the chain by end, the chain by start."""
    first = 2 + len(practical)
    count = len(interview)
    by_end = sorted(range(count), key=lambda index: interview[index].ends_at)
    by_start = sorted(range(count), key=lambda index: interview[index].starts_at)
    ended, begun = first + count, first + 2 * count
    network = _Network(begun + count)
    for index, slot in enumerate(interview):
        network.connect(first + index, _SINK, slot.free)
    for rank in range(count):
        network.connect(ended + rank, first + by_end[rank], wanted)
        network.connect(begun + rank, first + by_start[rank], wanted)
        if rank:
            network.connect(ended + rank, ended + rank - 1, wanted)
            network.connect(begun + rank - 1, begun + rank, wanted)
    ends = [interview[index].ends_at for index in by_end]
    starts = [interview[index].starts_at for index in by_start]
    for index, slot in enumerate(practical):
        network.connect(_SOURCE, 2 + index, slot.free)
        over, later = bisect_right(ends, slot.starts_at), bisect_left(starts, slot.ends_at)
        if over:
            network.connect(2 + index, ended + over - 1, wanted)
        if later < count:
            network.connect(2 + index, begun + later, wanted)
    return network


def _overlap(network: _Network, practical: Sequence[Slot], interview: Sequence[Slot], wanted: int) -> SessionsOverlap:
    """Name the practicals on the source's side of the smallest cut: their free interviews are all taken."""
    reached = network.reach()
    stuck = [slot for index, slot in enumerate(practical) if 2 + index in reached]
    elsewhere = sum(slot.free for index, slot in enumerate(practical) if 2 + index not in reached)
    first = 2 + len(practical)
    compatible = sum(slot.free for index, slot in enumerate(interview) if first + index in reached)
    return SessionsOverlap(
        short=wanted - elsewhere - compatible,
        practical=", ".join(sorted(slot.starts_at.isoformat() for slot in stuck)),
        elsewhere=elsewhere,
        compatible=compatible,
    )
