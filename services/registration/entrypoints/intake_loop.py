"""The worker's loop over batches: takes the next one, works through it, waits when there is none."""

import asyncio

import structlog

from services.registration.application.errors import LeaseLost
from services.registration.application.intake import Intake
from shared.outbox.wake import Wake
from shared.telemetry.tracing import tracer

_IDLE_SECONDS = 0.25
_BACK_OFF_SECONDS = 2.0

_log = structlog.get_logger(__name__)
_tracer = tracer("registration")


async def run(intake: Intake, arrived: Wake, stop: asyncio.Event) -> None:
    """Work until told to stop. Trouble with a batch is logged and the batch is taken up again when its lease ends.

    What another process received is found by looking now and then; `arrived` wakes for what came to this one.
    """
    while not stop.is_set():
        try:
            if not await _next(intake, stop):
                await arrived.wait(_IDLE_SECONDS)
        except LeaseLost:
            _log.warning("registration.batch.lease_lost")
        except Exception as error:  # noqa: BLE001 - the database may be away; the loop must outlive it
            _log.error("registration.batch.interrupted", kind=type(error).__name__)
            await _wait(stop, _BACK_OFF_SECONDS)


async def _next(intake: Intake, stop: asyncio.Event) -> bool:
    batch = await intake.claim()
    if batch is None:
        return False
    with _tracer.start_as_current_span("process batch", attributes={"registration.batch.id": str(batch.id)}):
        await intake.process(batch, stop)
    _log.info("registration.batch.left", batch_id=str(batch.id))
    return True


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
