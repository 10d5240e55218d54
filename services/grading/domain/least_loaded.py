"""A queue of those who can take something on: the least loaded first, in a drawn order where loads are equal."""

import heapq
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Taker = TypeVar("Taker", bound=Hashable)


class LeastLoaded(Generic[Taker]):
    """Those in the queue, by what names them, and how much each has; who is not in `loads` has nothing."""

    def __init__(self, order: Sequence[Taker], loads: Mapping[Taker, int]) -> None:
        """Queue them up by their loads, and in this order where loads are equal."""
        self.loads = {taker: loads.get(taker, 0) for taker in order}
        self._heap = [(self.loads[taker], place, taker) for place, taker in enumerate(order)]
        heapq.heapify(self._heap)

    def take(self, may: Callable[[Taker], bool]) -> Taker:
        """Return the least loaded who may, and count it; there must be one. Costs more only for those passed over."""
        passed_over = []
        while not may((least := heapq.heappop(self._heap))[2]):
            passed_over.append(least)
        load, place, taker = least
        for entry in (*passed_over, (load + 1, place, taker)):
            heapq.heappush(self._heap, entry)
        self.loads[taker] = load + 1
        return taker
