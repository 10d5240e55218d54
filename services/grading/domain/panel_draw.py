"""Which panel hears which interview: drawn by a seed, balanced, no examiner from the candidate's school."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.grading.domain.allocation import NotEnoughMarkers


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


def draw_panels(interviews: Iterable[DrawnInterview], panels: Sequence[PanelOfPlan], seed: int) -> dict[str, UUID]:
    """Return a panel for each interview, the least loaded first; raise `NotEnoughMarkers` if one can have none."""
    waiting = sorted(interviews, key=lambda interview: interview.interview_code)
    order = sorted(panels, key=lambda panel: panel.panel_id)
    draw = random.Random(seed)  # noqa: S311 - a draw that anyone can repeat, not a secret
    draw.shuffle(waiting)
    draw.shuffle(order)
    loads = {panel.panel_id: panel.load for panel in order}
    drawn = {}
    for interview in waiting:
        free = [panel.panel_id for panel in order if interview.institution_id not in panel.institutions]
        if not free:
            alike = sum(other.institution_id == interview.institution_id for other in waiting)
            raise NotEnoughMarkers(interview.institution_id, alike, 0, 1)
        panel = min(free, key=loads.__getitem__)
        loads[panel] += 1
        drawn[interview.interview_code] = panel
    return drawn
