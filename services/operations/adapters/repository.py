"""The spans in PostgreSQL: one request, one transaction, two statements however many spans."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row

from services.operations.application.ports import Tally
from services.operations.domain.latency import LAST_BUCKET
from services.operations.domain.model import Kind, Link, Span, Status
from shared.database.columns import Columns, Json
from shared.work import UnitOfWork

_MINUTE = 60_000_000_000


class _Span(NamedTuple):
    trace_id: bytes
    span_id: bytes
    start_ns: int
    end_ns: int
    parent_id: bytes | None
    journey_id: UUID | None
    kind: Kind
    status: Status
    service: str
    name: str
    attributes: Json
    links: Json


class _Owned(NamedTuple):
    journey_id: UUID
    trace_id: bytes
    span_id: bytes
    start_ns: int


class _Ignored(NamedTuple):
    reason: str
    spans: int


_SPAN, _OWNED, _IGNORED = Columns(_Span), Columns(_Owned), Columns(_Ignored)
_ADD = f"""
    WITH fresh AS (
        INSERT INTO span ({_SPAN}) SELECT {_SPAN} FROM {_SPAN.unnest("new")}
         ORDER BY trace_id, span_id
            ON CONFLICT DO NOTHING
        RETURNING service, name, kind, status, start_ns, end_ns)
    INSERT INTO operation_minute AS kept (service, name, kind, minute, bucket, spans, errors, last_ns)
    SELECT service, name, kind, start_ns / {_MINUTE},
           least({LAST_BUCKET}, floor(ln(greatest(1, (end_ns - start_ns) / 1000)::float8) / ln(2::float8))) AS bucket,
           count(*), count(*) FILTER (WHERE status = {Status.ERROR.value}), max(end_ns)
      FROM fresh GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (service, name, kind, minute, bucket) DO UPDATE
       SET spans = kept.spans + excluded.spans, errors = kept.errors + excluded.errors,
           last_ns = greatest(kept.last_ns, excluded.last_ns)
"""

_ADD_JOURNEYS = f"""
    INSERT INTO span_journey ({_OWNED}) SELECT {_OWNED} FROM {_OWNED.unnest("new")}
     ORDER BY journey_id, trace_id, span_id
        ON CONFLICT DO NOTHING
"""

#: Upwards to parents, and along links that mean this journey; UNION drops what was seen, so circles end. OFFSET 0 makes
#: every step an index look-up: the planner expects a recursion to find far more than it does.
_OF_JOURNEY = """
    WITH RECURSIVE wanted (trace_id, span_id) AS (
        SELECT trace_id, span_id FROM span_journey WHERE journey_id = CAST(:journey AS uuid)
         UNION
        SELECT further.trace_id, further.span_id
          FROM wanted
         CROSS JOIN LATERAL (
               SELECT * FROM span WHERE trace_id = wanted.trace_id AND span_id = wanted.span_id OFFSET 0) AS s
         CROSS JOIN LATERAL (
               SELECT s.trace_id, s.parent_id WHERE s.parent_id IS NOT NULL
                UNION ALL
               SELECT decode(link ->> 0, 'hex'), decode(link ->> 1, 'hex') FROM json_array_elements(s.links) AS link
                WHERE link ->> 2 = CAST(:journey AS text)
                   OR (link ->> 2 IS NULL AND s.journey_id = CAST(:journey AS uuid))
               ) AS further (trace_id, span_id))
    SELECT s.* FROM wanted
     CROSS JOIN LATERAL (
           SELECT * FROM span WHERE trace_id = wanted.trace_id AND span_id = wanted.span_id OFFSET 0) AS s
     ORDER BY s.start_ns LIMIT :limit
"""

_TALLIES = """
    SELECT service, name, kind, sum(spans) AS spans, sum(errors) AS errors, max(last_ns) AS last_ns,
           json_object_agg(bucket, spans) AS buckets
      FROM (SELECT service, name, kind, bucket, sum(spans) AS spans, sum(errors) AS errors, max(last_ns) AS last_ns
              FROM operation_minute WHERE minute >= CAST(:minute AS integer) GROUP BY 1, 2, 3, 4) AS by_bucket
     GROUP BY 1, 2, 3
"""

_COUNT_IGNORED = f"""
    INSERT INTO ignored_span AS kept (day, {_IGNORED})
    SELECT CAST(:day AS date), {_IGNORED} FROM {_IGNORED.unnest("new")} ORDER BY reason
        ON CONFLICT (day, reason) DO UPDATE SET spans = kept.spans + excluded.spans
"""


class SqlSpans:
    """The stored spans, through one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def add(self, spans: Sequence[Span]) -> None:
        """Store spans that are not stored yet, and count them per operation and minute."""
        await self._work.execute(_ADD, _SPAN.binds([_of(span) for span in spans]))
        owned = [
            _Owned(journey, span.trace_id, span.span_id, span.start) for span in spans for journey in span.journeys
        ]
        if owned:
            await self._work.execute(_ADD_JOURNEYS, _OWNED.binds(owned))

    async def count_ignored(self, day: date, reasons: Mapping[str, int]) -> None:
        """Remember how many spans were not taken, and why."""
        counts = [_Ignored(*each) for each in reasons.items()]
        await self._work.execute(_COUNT_IGNORED, _IGNORED.binds(counts) | {"day": day})

    async def of_journey(self, journey_id: UUID, limit: int) -> Sequence[Span]:
        """Return the spans of a journey with their ancestors and the spans that they link to."""
        rows = await self._work.rows(_OF_JOURNEY, {"journey": str(journey_id), "limit": limit})
        return [_to_domain(row) for row in rows]

    async def tallies(self, since: int) -> Sequence[Tally]:
        """Return what ran since a moment in nanoseconds, by service and operation."""
        rows = await self._work.rows(_TALLIES, {"minute": since // _MINUTE})
        return [
            Tally(
                service=row.service,
                name=row.name,
                kind=Kind(row.kind),
                spans=int(row.spans),
                errors=int(row.errors),
                last=row.last_ns,
                buckets={int(bucket): int(count) for bucket, count in _json(row.buckets).items()},
            )
            for row in rows
        ]

    async def ignored(self, since: date) -> Mapping[str, int]:
        """Return how many spans were not taken since a day, by reason."""
        rows = await self._work.rows(
            "SELECT reason, sum(spans) AS spans FROM ignored_span WHERE day >= :since GROUP BY 1 ORDER BY 1",
            {"since": since},
        )
        return {row.reason: int(row.spans) for row in rows}

    async def keep_days(self, today: date, *, ahead: int, retention: int) -> None:
        """Make room for the coming days and drop those past retention."""
        values = {"today": today, "ahead": ahead, "retention": retention}
        await self._work.execute(
            "SELECT maintain_span(CAST(:today AS date), CAST(:ahead AS integer), CAST(:retention AS integer))", values
        )


def _of(span: Span) -> _Span:
    return _Span(
        span.trace_id,
        span.span_id,
        span.start,
        span.end,
        span.parent_id,
        span.journey_id,
        span.kind,
        span.status,
        span.service,
        span.name,
        json.dumps(span.attributes),
        _links_text(span.links),
    )


def _links_text(links: Sequence[Link]) -> str:
    if not links:
        return "[]"
    return json.dumps(
        [
            (
                link.trace_id.hex(),
                link.span_id.hex(),
                str(link.journey_id) if link.journey_id else None,
                link.event_type,
            )
            for link in links
        ]
    )


def _to_domain(row: Row[Any]) -> Span:
    return Span(
        trace_id=row.trace_id,
        span_id=row.span_id,
        parent_id=row.parent_id,
        service=row.service,
        name=row.name,
        kind=Kind(row.kind),
        status=Status(row.status),
        start=row.start_ns,
        end=row.end_ns,
        attributes=_json(row.attributes),
        links=tuple(
            Link(bytes.fromhex(trace), bytes.fromhex(span), UUID(journey) if journey else None, event_type)
            for trace, span, journey, event_type in _json(row.links)
        ),
        journey_id=row.journey_id,
    )


def _json(value: Any) -> Any:
    """Read a JSON column, which plain SQL hands over as text."""
    return json.loads(value) if isinstance(value, str) else value
