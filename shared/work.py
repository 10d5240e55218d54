"""The unit of work: one transaction with its SQL and the events it publishes, committed together or not at all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import CursorResult, Row, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from shared import ids
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.outbox import writer

_PROPAGATOR = TraceContextTextMapPropagator()

#: Statements are constants: looking for their binds once is enough.
_statement = lru_cache(maxsize=2_048)(text)


class UnitOfWork(AbstractAsyncContextManager["UnitOfWork"]):
    """`async with work: ...` opens one transaction; leaving it commits, an exception rolls back.

    Services subclass it to add their repositories. Lock or update an aggregate first, then publish its events: that
    makes the order of the outbox the order of commits per key.
    """

    session: AsyncSession

    def __init__(self, engine: AsyncEngine, committed: Callable[[], None] | None = None) -> None:
        """Take the service's engine, and what to call after a commit that wrote events (it wakes the relay)."""
        self._engine = engine
        self._committed = committed
        self._events: list[writer.OutgoingEvent] = []
        self._connection: AsyncConnection | None = None

    async def __aenter__(self) -> Self:
        """Open the transaction."""
        self.session = AsyncSession(self._engine, expire_on_commit=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Write the events and commit, or roll back. Shielded, so that cancelling never leaves it half-done."""
        await asyncio.shield(self._finish(failed=kind is not None))

    async def _finish(self, *, failed: bool) -> None:
        try:
            if failed:
                await self.session.rollback()
            else:
                await self._commit()
        finally:
            self._events.clear()
            self._connection = None
            await self.session.close()

    async def flush(self) -> None:
        """Write the events collected so far but the last, with which the commit wakes the relay: memory stays flat."""
        await writer.write(self.session, self._events[:-1])
        del self._events[:-1]

    async def _commit(self) -> None:
        wrote = bool(self._events)
        await writer.write(self.session, self._events)
        await self.session.commit()
        if wrote and self._committed:
            self._committed()

    async def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Run one statement. Bind with `:name`, cast with `CAST(:ids AS uuid[])` (`::` would hide the bind)."""
        return await (await self._connected()).execute(_statement(sql), parameters or {})

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self.session.connection()  # once: every asking switches stacks
        return self._connection

    async def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run one statement and return all its rows."""
        return (await self.execute(sql, parameters)).all()

    async def pages(self, sql: str, parameters: Mapping[str, Any], size: int) -> AsyncIterator[Sequence[Row[Any]]]:
        """Run one statement and yield its rows, so many at a time, out of a cursor of the server: memory stays flat.

        The rows are those of the statement's start, whatever the transaction changes in between.
        """
        async with (await self._connected()).stream(_statement(sql), parameters) as result:
            async for some in result.partitions(size):
                yield some

    def publish(
        self,
        payload: EventPayload,
        *,
        version: int,
        journey_id: UUID | None,
        cause: Received[EventPayload] | None = None,
        newer: EventPayload | None = None,
    ) -> None:
        """Publish when the transaction commits. `version` is the key's next version on that topic.

        The trace context stored is that of the event that caused it, else that of the current span (the request).
        `newer` says the same in the next major version: it goes out right behind under the same id, so that each
        consumer takes one of the two, the first that it sees.
        """
        event = writer.OutgoingEvent(
            ids.new_id(),
            payload,
            version,
            journey_id,
            cause.event_id if cause else None,
            cause.traceparent if cause and cause.traceparent else current_traceparent(),
        )
        self._events.append(event)
        if newer is not None:
            if (newer.topic, newer.key) != (payload.topic, payload.key):
                raise ValueError("two majors of one event have the same topic and key")
            self._events.append(event._replace(payload=newer))


def current_traceparent() -> str | None:
    """Return the W3C traceparent of the current span, or nothing outside any span."""
    if not trace.get_current_span().get_span_context().is_valid:
        return None
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")


#: Opens a new transaction each time it is called.
WorkFactory = Callable[[], UnitOfWork]
