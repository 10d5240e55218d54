"""What changes something: spans come in, old ones go."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from services.operations.application.ports import OpenWork
from services.operations.domain.model import Span
from shared.clock import Clock

_AHEAD_DAYS = 3
_PAUSE = timedelta(hours=1)
_RETRY = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Intake:
    """What one request brought: spans worth keeping, and how many were not, by reason."""

    spans: Sequence[Span] = ()
    ignored: Counter[str] = field(default_factory=Counter)


def unreadable() -> Intake:
    """Return the intake of a request that could not be read at all: it counts as one."""
    return Intake(ignored=Counter({"request": 1}))


async def take_in(open_work: OpenWork, clock: Clock, intake: Intake) -> None:
    """Store one request's spans in one transaction."""
    async with open_work() as work:
        if intake.spans:
            await work.spans.add(intake.spans)
        if intake.ignored:
            await work.spans.count_ignored(clock.now().date(), intake.ignored)


async def keep_days(open_work: OpenWork, clock: Clock, retention: timedelta, stop: asyncio.Event) -> None:
    """Until told to stop, make partitions ahead of time and drop those past retention, every hour."""
    while not stop.is_set():
        pause = _PAUSE
        try:
            async with open_work() as work:
                await work.spans.keep_days(clock.now().date(), ahead=_AHEAD_DAYS, retention=retention.days)
        except Exception as error:  # noqa: BLE001 - an old partition may wait, spans are still taken
            _log.warning("operations.partitions.failed", exc_info=error)
            pause = _RETRY
        try:
            await asyncio.wait_for(stop.wait(), pause.total_seconds())
        except TimeoutError:
            continue
