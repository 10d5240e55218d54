"""What is asked: the story of a journey, and how the services are doing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from services.operations.application.ports import OpenWork, Tally
from services.operations.domain import journey, window
from services.operations.domain.journey import Story
from shared.clock import Clock
from shared.errors import NotFound

#: More spans than this are no story that anybody can read.
MOST_SPANS = 2_000

#: How far back the services are looked at.
LOOK_BACK = timedelta(hours=1)


class JourneyUnknown(NotFound):
    """No span of this journey is kept."""

    slug = "journey-unknown"
    zh = "没有该旅程的追踪记录，可能已超过保留期。"
    en = "Nothing is kept of this journey; it may be past retention."


@dataclass(frozen=True, slots=True)
class Health:
    """What ran of late, by service, and what was not taken."""

    services: Mapping[str, Sequence[Tally]]
    ignored: Mapping[str, int]


async def story_of(open_work: OpenWork, journey_id: UUID) -> Story:
    """Return the story of a journey; raise `JourneyUnknown` if nothing is known of it."""
    async with open_work() as work:
        spans = await work.spans.of_journey(journey_id, MOST_SPANS)
    if not spans:
        raise JourneyUnknown
    return journey.tell(journey_id, spans)


async def health(open_work: OpenWork, clock: Clock) -> Health:
    """Return what every service did over the last hour, busiest operation first."""
    since = clock.now() - LOOK_BACK
    async with open_work() as work:
        tallies = await work.spans.tallies(window.nanoseconds(since))
        ignored = await work.spans.ignored(since.date())
    ordered = sorted(tallies, key=lambda tally: (tally.service, -tally.spans, tally.name))
    return Health({service: list(found) for service, found in groupby(ordered, lambda tally: tally.service)}, ignored)
