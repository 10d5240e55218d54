"""A plan whose works and interviews wait in pages that are made when asked for: what the drawing itself holds shows."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from services.grading.application.allocation import give_all
from services.grading.application.ports import GradingWork
from services.grading.application.records import PlanRecord
from services.grading.domain.allocation import Marker, Pair, PoolWork
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan

PLAN = cast("PlanRecord", SimpleNamespace(plan_id=UUID(int=1)))


class Waiting:
    """What waits, and who takes what is given."""

    def __init__(self, pages: Callable[[], Iterable[Sequence[Any]]], taker: Callable[[Any], object]) -> None:
        self._pages, self._taker = pages, taker

    async def waiting(self, _plan_id: UUID) -> AsyncIterator[Sequence[Any]]:
        for page in self._pages():
            yield page

    async def waiting_by_school(self, _plan_id: UUID) -> Counter[UUID | None]:
        return Counter(each.institution_id for page in self._pages() for each in page)

    async def loads(self, _plan_id: UUID) -> dict[tuple[str, int], int]:
        return {}

    async def without_third(self, _plan_id: UUID) -> AsyncIterator[Sequence[Any]]:
        nobody: tuple[Sequence[Any], ...] = ()
        for none in nobody:
            yield none

    async def allocate(self, *given: Any) -> None:
        self._taker(given[-1])


NOTHING = Waiting(list, id)


class People:
    """Who marks and hears."""

    def __init__(self, markers: Sequence[Marker], panels: Sequence[PanelOfPlan]) -> None:
        self._markers, self._panels = markers, panels

    async def markers(self, _plan_id: UUID) -> Sequence[Marker]:
        return self._markers

    async def panels(self, _plan_id: UUID) -> Sequence[PanelOfPlan]:
        return self._panels


async def give(people: People, seed: int, *, works: Waiting = NOTHING, interviews: Waiting = NOTHING) -> dict[str, int]:
    """Draw for all that waits; return the counts."""
    work = cast("GradingWork", SimpleNamespace(plans=people, works=works, interviews=interviews))
    return await give_all(work, PLAN, seed)


async def give_markers(works: Sequence[PoolWork], markers: Sequence[Marker], page: int, seed: int) -> list[Pair]:
    """Draw markers so many works at a time; return all pairs."""
    pairs: list[Pair] = []
    counts = await give(People(markers, ()), seed, works=Waiting(lambda: cut(works, page), pairs.extend))
    assert counts == {"works": len(works), "allocated": len(works), "interviews": 0}
    return pairs


async def give_panels(
    interviews: Sequence[DrawnInterview], panels: Sequence[PanelOfPlan], page: int, seed: int
) -> dict[str, UUID]:
    """Draw panels so many interviews at a time; return all."""
    drawn: dict[str, UUID] = {}
    counts = await give(People((), panels), seed, interviews=Waiting(lambda: cut(interviews, page), drawn.update))
    assert counts == {"works": 0, "allocated": 0, "interviews": len(interviews)}
    return drawn


def cut(waiting: Sequence[Any], page: int) -> Iterator[Sequence[Any]]:
    return (waiting[at : at + page] for at in range(0, len(waiting), page))
