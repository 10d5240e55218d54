"""Whether all that waits can be given away: nobody decides on the own school, so some schools may have too few left."""

from collections.abc import Mapping
from uuid import UUID


class NotEnoughMarkers(Exception):
    """Some school's works have fewer markers than they need. Keeps the smallest such conflict."""

    def __init__(self, institution_id: UUID | None, works: int, eligible: int, needed: int) -> None:
        """Keep whose works they are, how many, and how many may mark them."""
        super().__init__(f"{works} works need {needed} markers, {eligible} may mark them")
        self.institution_id = institution_id
        self.works = works
        self.eligible = eligible
        self.needed = needed


def check_enough(
    waiting: Mapping[UUID | None, int], barred: Mapping[UUID | None, int], *, available: int, needed: int
) -> None:
    """Raise `NotEnoughMarkers` with the smallest conflict.

    `waiting` counts what waits by school, `barred` those of the `available` who may not have that school's.
    """
    conflicts = [
        (count, str(school), school, eligible)
        for school, count in waiting.items()
        if (eligible := available - barred.get(school, 0)) < needed
    ]
    if conflicts:
        count, _, school, eligible = min(conflicts, key=lambda conflict: conflict[:2])
        raise NotEnoughMarkers(school, count, eligible, needed)
