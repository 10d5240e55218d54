"""The relay: sends what the outbox holds to the broker, in order, at least once. One leads per database.

The first event after a pause is sent at once. While events keep coming, they are gathered for a moment: a page of many
costs little more than a page of one, here, at the broker, and in the transactions of all who consume it.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg
import structlog

from shared.clock import Clock, SystemClock
from shared.messaging import checkpoints, envelope, spans
from shared.messaging.broker import Broker, BrokerTrouble, Outgoing, Publisher
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.log_identity import LogIdentity
from shared.messaging.options import MessagingOptions
from shared.outbox.cursor import Cursor, Deposed, Page, Position, lead
from shared.outbox.wake import Wake
from shared.telemetry import metrics

_log = structlog.get_logger()

#: What ends a term but not the relay: it waits and stands for election again.
_TROUBLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, BrokerTrouble, Deposed)


@dataclass(kw_only=True)
class Relay:
    """Reads pages of the outbox and sends them as whole batches. Safe to run in any number of processes."""

    service: str
    dsn: str
    broker: Broker
    log: LogIdentity
    wake: Wake
    options: MessagingOptions
    clock: Clock = field(default_factory=SystemClock)
    reached: Checkpoint = checkpoints.passing
    _passed_on_at: float = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Lead, or wait for the leader to go, until told to stop; then finish the page in hand."""
        failures = 0
        while not stop.is_set():
            try:
                await self._stand(stop)
                failures = 0
            except _TROUBLE as trouble:
                failures += 1
                metrics.relay_rebuilds.add(1, {"service": self.service})
                _log.warning("relay.term.ended", service=self.service, reason=type(trouble).__name__)
            if not stop.is_set():
                await _pause(stop, self._patience(failures))

    def _patience(self, failures: int) -> float:
        if not failures:
            return self.options.lead_retry
        limit: float = min(0.1 * 2 ** min(failures, 20), self.options.backoff_limit)
        return limit * random.uniform(0.5, 1)  # noqa: S311  # not for secrets

    async def _stand(self, stop: asyncio.Event) -> None:
        idle_limit = self.options.send_deadline + self.options.lead_idle
        async with lead(self.dsn, application=f"{self.service} relay", idle_limit=idle_limit) as cursor:
            if cursor is None:
                return
            publisher = await self.broker.publisher()
            _log.info("relay.lead.taken", service=self.service)
            try:
                await self._serve(cursor, publisher, stop)
            finally:
                await publisher.close()

    async def _serve(self, cursor: Cursor, publisher: Publisher, stop: asyncio.Event) -> None:
        page: _Ready | None = None
        pause = self.options.poll_busy
        while not stop.is_set():
            identity = await self.log.fresh(self.options.log_check)
            if identity != cursor.log_identity:
                await cursor.restart(identity, self.options.outbox_retention)
                _log.info("relay.log.new", service=self.service, identity=identity, from_seq=cursor.position.seq)
                page = None
            if page is None:
                await _pause(stop, self._passed_on_at + self.options.linger - time.monotonic())
                page = await self._read(cursor, publisher, cursor.position, identity)
            if page is None:
                metrics.outbox_oldest_age.set(0, {"service": self.service})
                if not await self.wake.wait(pause):
                    await cursor.confirm()
                pause = min(pause * 2, self.options.poll_idle)
                continue
            pause = self.options.poll_busy
            page = await self._pass_on(cursor, publisher, page, identity)

    async def _read(self, cursor: Cursor, publisher: Publisher, position: Position, identity: str) -> "_Ready | None":
        page = await cursor.read(position, self.options.page_events, self.options.page_bytes)
        await self.reached("relay.page_read")
        if page is None:
            return None
        return _Ready(page, await publisher.prepare(self._records(page, identity)))

    async def _pass_on(self, cursor: Cursor, publisher: Publisher, ready: "_Ready", identity: str) -> "_Ready | None":
        """Send the page while reading the next, and save the position unless the log turned out to be another."""
        page = ready.page
        if not page.events:
            await cursor.save(page.after)
            return None
        self._measure(page)
        self._passed_on_at = time.monotonic()
        following: _Ready | None = None
        with spans.sending([(event.topic, event.traceparent) for event in page.events]):
            if page.after.win is None:  # nothing more to read of this window: let the next one fill
                await ready.send()
            else:
                following = await self._send_and_read(cursor, publisher, ready, identity)
        await self.reached("relay.page_sent")
        if await self.log.fresh(self.options.log_check) != identity:
            return None
        await cursor.save(page.after)
        metrics.outbox_sent.add(len(page.events), {"service": self.service})
        await self.reached("relay.page_saved")
        return following

    async def _send_and_read(
        self, cursor: Cursor, publisher: Publisher, ready: "_Ready", identity: str
    ) -> "_Ready | None":
        # no TaskGroup: Python 3.11's leaves its parent cancelled when a child fails, and later timeouts then misfire
        sent, following = await asyncio.gather(
            ready.send(), self._read(cursor, publisher, ready.page.after, identity), return_exceptions=True
        )
        if isinstance(sent, BaseException):
            raise sent
        if isinstance(following, BaseException):
            raise following
        return following

    def _records(self, page: Page, identity: str) -> Sequence[Outgoing]:
        source, log = f"/kaozheng/{self.service}".encode(), identity.encode()
        return [envelope.to_record(event, source=source, log=log) for event in page.events]

    def _measure(self, page: Page) -> None:
        age = self.clock.now() - datetime.fromisoformat(page.events[0].occurred_at.decode())
        labels = {"service": self.service}
        metrics.outbox_oldest_age.set(age.total_seconds(), labels)
        metrics.outbox_pending.set(max(0, page.behind + len(page.events)), labels)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A page and what sends it: its batches are built while the page before it is on its way."""

    page: Page
    send: Callable[[], Awaitable[None]]


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    if seconds <= 0:
        return
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
