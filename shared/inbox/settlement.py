"""Brings a batch to its end: infrastructure trouble is waited out, otherwise halved until the bad event is alone."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from shared.inbox.batch import BatchHandler, Failure
from shared.inbox.incoming import Incoming
from shared.inbox.parked import Parking
from shared.inbox.trouble import describe, is_transient
from shared.telemetry import metrics

_log = structlog.get_logger()

ResultT = TypeVar("ResultT")


async def settle(handler: BatchHandler, batch: Sequence[Incoming], log: str) -> list[Parking]:
    """Apply every event or park it; return what was parked. Ends only when the batch is done or cancelled."""
    parkings: list[Parking] = []
    waiting = [list(batch)]
    while waiting:
        part = waiting.pop()
        try:
            parkings += await _apply(handler, part, log)
        except Exception as error:  # noqa: BLE001  # whatever a handler raises must not stop the other keys
            metrics.inbox_failures.add(1, {"consumer": handler.consumer, "kind": "event"})
            if sum(item.is_of_interest for item in part) > 1:
                middle = len(part) // 2
                waiting += [part[middle:], part[:middle]]
            else:
                parkings += await _settle_alone(handler, part, log, error)
    for parking in parkings:
        _log.error(
            "inbox.event.parked",
            consumer=handler.consumer,
            event_id=str(parking.item.event_id),
            topic=parking.item.record.partition.topic,
            reason=parking.reason,
            error=parking.error,
        )
    return parkings


async def patiently(consumer: str, limit: float, operation: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Do something again and again while the infrastructure is in trouble; other errors are raised."""
    failures = 0
    while True:
        try:
            return await operation()
        except Exception as error:
            if not is_transient(error):
                raise
            failures += 1
            metrics.inbox_failures.add(1, {"consumer": consumer, "kind": "transient"})
            _log.warning("inbox.batch.delayed", consumer=consumer, error=describe(error), failures=failures)
        pause = min(0.05 * 2 ** min(failures, 20), limit)
        await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  # not for secrets


async def _apply(
    handler: BatchHandler, part: Sequence[Incoming], log: str, failure: Failure | None = None
) -> list[Parking]:
    outcome = await patiently(
        handler.consumer, handler.options.backoff_limit, lambda: handler.apply(part, log, failure)
    )
    return outcome.parkings


async def _settle_alone(handler: BatchHandler, part: Sequence[Incoming], log: str, error: Exception) -> list[Parking]:
    for _ in range(1, handler.options.attempts):
        try:
            return await _apply(handler, part, log)
        except Exception as again:  # noqa: BLE001  # as above
            error = again
    return await _apply(handler, part, log, Failure(describe(error), handler.options.attempts))
