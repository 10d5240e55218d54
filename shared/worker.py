"""The worker of a service: relay, consumer and background loops, started and stopped in the right order."""

import asyncio
from typing import TYPE_CHECKING

import structlog

from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.messaging.broker import Broker
from shared.messaging.log_identity import LogIdentity
from shared.messaging.options import MessagingOptions
from shared.messaging.status import WorkerStatus
from shared.outbox.partitions import PartitionKeeper
from shared.outbox.relay import Relay

if TYPE_CHECKING:
    from shared.service import Service

_log = structlog.get_logger()

#: After being told to stop the worker may take so long, beyond the time a batch may take, before it is cancelled.
_GRACE = 15.0


async def run_worker(
    service: "Service",
    broker: Broker,
    stop: asyncio.Event,
    *,
    options: MessagingOptions | None = None,
    status: WorkerStatus | None = None,
) -> None:
    """Run until told to stop: consumer and background end first, then the relay sends what they left behind.

    Raises what ended a part for good, so that the process ends and is started anew.
    """
    worker = _Worker(service, broker, options or MessagingOptions(), status or WorkerStatus())
    try:
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
            group.create_task(worker.limit(stop, limit))
            group.create_task(worker.run(stop))
    except TimeoutError:
        _log.error("worker.stop.forced", service=service.name)
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    _log.info("worker.stopped", service=service.name)


class _Worker:
    def __init__(self, service: "Service", broker: Broker, options: MessagingOptions, status: WorkerStatus) -> None:
        self._service = service
        self._options = options
        self._log = LogIdentity(broker)
        self._keeper = PartitionKeeper(engine=service.engine, options=options)
        self._relay = Relay(
            service=service.name,
            dsn=service.engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
            broker=broker,
            log=self._log,
            wake=service.wake,
            options=options,
            clock=service.clock,
        )
        self._consumer: Consumer | None = None
        if service.subscription:
            handler = BatchHandler(
                subscription=service.subscription, work=service.work, options=options, clock=service.clock
            )
            self._consumer = Consumer(handler=handler, broker=broker, log=self._log, status=status)

    async def run(self, stop: asyncio.Event) -> None:
        """Run everything; the relay and the watch over the log outlive the others."""
        relay_stop = asyncio.Event()
        async with asyncio.TaskGroup() as outer:
            outer.create_task(self._log.watch(relay_stop))
            outer.create_task(self._relay.run(relay_stop))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(self._keeper.run(stop))
                if self._consumer:
                    inner.create_task(self._consumer.run(stop))
                for loop in self._service.background:
                    inner.create_task(loop(stop))  # type: ignore[arg-type]  # any awaitable function will do
            relay_stop.set()

    async def limit(self, stop: asyncio.Event, limit: asyncio.Timeout) -> None:
        """Start the clock when the worker is told to stop."""
        await stop.wait()
        limit.reschedule(asyncio.get_running_loop().time() + self._options.drain + _GRACE)
