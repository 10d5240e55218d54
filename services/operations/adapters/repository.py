"""The spans in PostgreSQL: one request, one transaction, two statements however many spans."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.operations.application.ports import Tally
from services.operations.domain.latency import LAST_BUCKET
from services.operations.domain.model import Kind, Link, Span, Status
from shared.work import UnitOfWork

_MINUTE = 60_000_000_000

_ADD = f"""
    WITH fresh AS (
        INSERT INTO span (trace_id, span_id, start_ns, end_ns, parent_id, journey_id, kind, status, service, name,
                          attributes, links)
        SELECT trace_id, span_id, start_ns, end_ns, parent_id, journey_id, kind, status, service, name,
               CAST(attributes AS json), CAST(links AS json)
          FROM unnest(CAST(:traces AS bytea[]), CAST(:spans AS bytea[]), CAST(:starts AS bigint[]),
                      CAST(:ends AS bigint[]), CAST(:parents AS bytea[]), CAST(:journeys AS uuid[]),
                      CAST(:kinds AS smallint[]), CAST(:statuses AS smallint[]), CAST(:services AS text[]),
                      CAST(:names AS text[]), CAST(:attributes AS text[]), CAST(:links AS text[]))
               AS given (trace_id, span_id, start_ns, end_ns, parent_id, journey_id, kind, status, service, name,
                         attributes, links)
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

_ADD_JOURNEYS = """
    INSERT INTO span_journey (journey_id, trace_id, span_id, start_ns)
    SELECT * FROM unnest(CAST(:journeys AS uuid[]), CAST(:traces AS bytea[]), CAST(:spans AS bytea[]),
                         CAST(:starts AS bigint[])) AS given (journey_id, trace_id, span_id, start_ns)
     ORDER BY 1, 2, 3
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

_COUNT_IGNORED = """
    INSERT INTO ignored_span AS kept (day, reason, spans)
    SELECT CAST(:day AS date), reason, spans
      FROM unnest(CAST(:reasons AS text[]), CAST(:counts AS bigint[])) AS given (reason, spans) ORDER BY reason
        ON CONFLICT (day, reason) DO UPDATE SET spans = kept.spans + excluded.spans
"""


class SqlSpans:
    """The stored spans, through one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def add(self, spans: Sequence[Span]) -> None:
        """Store spans that are not stored yet, and count them per operation and minute."""
        await self._work.execute(_ADD, _columns(spans))
        owned = [(journey, span) for span in spans for journey in span.journeys]
        if owned:
            await self._work.execute(
                _ADD_JOURNEYS,
                {
                    "journeys": [journey for journey, _ in owned],
                    "traces": [span.trace_id for _, span in owned],
                    "spans": [span.span_id for _, span in owned],
                    "starts": [span.start for _, span in owned],
                },
            )

    async def count_ignored(self, day: date, reasons: Mapping[str, int]) -> None:
        """Remember how many spans were not taken, and why."""
        await self._work.execute(
            _COUNT_IGNORED, {"day": day, "reasons": list(reasons), "counts": list(reasons.values())}
        )

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


def _columns(spans: Sequence[Span]) -> dict[str, list[Any]]:
    return {
        "traces": [span.trace_id for span in spans],
        "spans": [span.span_id for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
        "parents": [span.parent_id for span in spans],
        "journeys": [span.journey_id for span in spans],
        "kinds": [int(span.kind) for span in spans],
        "statuses": [int(span.status) for span in spans],
        "services": [span.service for span in spans],
        "names": [span.name for span in spans],
        "attributes": [json.dumps(span.attributes) for span in spans],
        "links": [_links_text(span.links) for span in spans],
    }


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
