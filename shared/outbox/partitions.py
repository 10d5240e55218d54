"""Looks after the partitions of outbox and inbox: makes them ahead, drops the old ones."""

import asyncio
from dataclasses import dataclass

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.messaging.options import MessagingOptions

_log = structlog.get_logger()

_OUTBOX = text("SELECT maintain_outbox(:width, :ahead, :retention)")
#: By the database's clock: a worker whose own clock is weeks ahead would throw away what protects against repeats.
_INBOX = text("SELECT maintain_inbox((now() AT TIME ZONE 'UTC')::date, 7, :days)")


@dataclass(kw_only=True)
class PartitionKeeper:
    """Calls the database's own maintenance functions now and then; several at once do no harm."""

    engine: AsyncEngine
    options: MessagingOptions

    async def run(self, stop: asyncio.Event) -> None:
        """Look after the partitions until told to stop. A failure is retried sooner than the next turn."""
        while not stop.is_set():
            pause = self.options.maintenance_interval
            try:
                await self.once()
            except (SQLAlchemyError, OSError) as error:
                pause = min(pause, 10)
                _log.warning("partitions.maintenance.failed", error=type(error).__name__)
            try:
                async with asyncio.timeout(pause):
                    await stop.wait()
            except TimeoutError:
                continue

    async def once(self) -> int:
        """Make what will be needed, drop what is published and old; return how many partitions were dropped."""
        outbox = {
            "width": self.options.outbox_width,
            "ahead": self.options.outbox_ahead,
            "retention": self.options.outbox_retention,
        }
        inbox = {"days": self.options.inbox_retention_days}
        async with self.engine.begin() as connection:
            dropped = (await connection.execute(_OUTBOX, outbox)).scalar_one()
        async with self.engine.begin() as connection:
            dropped += (await connection.execute(_INBOX, inbox)).scalar_one()
        if dropped:
            _log.info("partitions.dropped", count=dropped)
        return int(dropped)
