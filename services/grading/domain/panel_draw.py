"""Which panel hears which interview: drawn by a seed, balanced, no examiner from the candidate's school."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.grading.domain.enough import check_enough
from services.grading.domain.least_loaded import LeastLoaded


@dataclass(frozen=True, slots=True)
class PanelOfPlan:
    """A panel, the schools of its examiners, and how many interviews it has."""

    panel_id: UUID
    institutions: frozenset[UUID]
    load: int


@dataclass(frozen=True, slots=True)
class DrawnInterview:
    """An interview that waits for a panel, by its code."""

    interview_code: str
    institution_id: UUID | None


def check_panels(waiting: Mapping[UUID | None, int], panels: Sequence[PanelOfPlan]) -> None:
    """Raise `NotEnoughMarkers` with the smallest conflict if an interview can have none. `waiting` counts by school."""
    barred = Counter[UUID | None](school for panel in panels for school in panel.institutions)
    check_enough(waiting, barred, available=len(panels), needed=1)


def draw_panels(interviews: Iterable[DrawnInterview], panels: Sequence[PanelOfPlan], seed: int) -> dict[str, UUID]:
    """Return a panel for each interview, the least loaded first; the same seed and input give the same draw.

    A plan may be drawn some interviews at a time, with the same seed and the panels' loads carried on. Raise
    `NotEnoughMarkers` with the smallest conflict among these interviews if one can have none.
    """
    waiting = sorted(interviews, key=lambda interview: interview.interview_code)
    check_panels(Counter(interview.institution_id for interview in waiting), panels)
    schools = {panel.panel_id: panel.institutions for panel in panels}
    order = sorted(schools)
    draw = random.Random(seed)  # noqa: S311 - a draw that anyone can repeat, not a secret
    draw.shuffle(order)
    draw.shuffle(waiting)
    queue = LeastLoaded(order, {panel.panel_id: panel.load for panel in panels})
    return {interview.interview_code: _take(queue, schools, interview.institution_id) for interview in waiting}


def _take(queue: LeastLoaded[UUID], schools: Mapping[UUID, frozenset[UUID]], institution_id: UUID | None) -> UUID:
    return queue.take(lambda panel_id: institution_id not in schools[panel_id])
