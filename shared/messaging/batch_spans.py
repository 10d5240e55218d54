"""Spans for many events at once: what one span created stays together as its child, the rest is linked.

A span names up to 128 events by a link each, with the journey. When there is less to spend than there are events, those
of the lowest keys are named, at every consumer the same ones, so that the journeys that are seen are seen throughout;
of the others only some contexts are linked, each once.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from itertools import islice
from uuid import UUID

from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind, Tracer

from shared.messaging.envelope import Envelope
from shared.messaging.trace_context import context_of
from shared.messaging.tracks import Message, Tracks, beneath, of_whom, operation

#: As many links as an SDK keeps by default.
LINKS = 128
#: So many contexts of events that are not named are linked.
_SOME = 16
#: So many creators of a batch, those of the most events, get spans of their own.
_OWN_SPANS = 16
#: Keys are UUIDs that begin with the time; only their ends are spread evenly.
_END = slice(-12, None)


@dataclass(frozen=True, slots=True)
class BatchSpans:
    """Opens the spans of one attempt at a batch."""

    tracer: Tracer
    tracks: Tracks
    young_since: datetime

    def open(self, messages: Sequence[Message], named: int) -> None:
        """Open as few spans as show the shape of the traces, and name so many events."""
        if named < len(messages):
            chosen = {e.event_id for _, e in nsmallest(named, messages, key=lambda message: message[1].key[_END])}
        else:
            chosen = {e.event_id for _, e in messages}
        for topic, envelopes, parent in self._groups(messages):
            self._open(topic, parent, envelopes, chosen)

    def _groups(self, messages: Sequence[Message]) -> Iterator[tuple[str, list[Envelope], Context]]:
        """Give topic, events and parent: the largest groups that young spans created, then the rest by topic."""
        causes: dict[tuple[str, str | None], list[Envelope]] = defaultdict(list)
        for record, envelope in messages:
            causes[record.partition.topic, envelope.traceparent].append(envelope)
        rest: dict[str, list[Envelope]] = defaultdict(list)
        own = 0
        for (topic, traceparent), envelopes in sorted(causes.items(), key=lambda item: -len(item[1])):
            created = context_of(traceparent) if len(envelopes) > 1 and own < _OWN_SPANS else None
            if created and min(e.occurred_at for e in envelopes) > self.young_since:
                own += 1
                yield topic, envelopes, beneath(created)
            else:
                rest[topic] += envelopes
        for topic, envelopes in rest.items():
            yield topic, envelopes, Context()

    def _open(self, topic: str, parent: Context, envelopes: Sequence[Envelope], chosen: Container[UUID]) -> None:
        named = [e for e in envelopes if e.event_id in chosen]
        others = [e for e in envelopes if e.event_id not in chosen] if len(named) < len(envelopes) else []
        for start in range(0, max(len(named), 1), LINKS):
            part = named[start : start + LINKS]
            links = [Link(c, of_whom(e)) for e in part if (c := context_of(e.traceparent))]
            if start == 0:
                links += _once_each(others, min(_SOME, LINKS - len(links)))
                part += others
            span = self.tracer.start_span(
                f"process {topic}",
                context=parent,
                kind=SpanKind.CONSUMER,
                links=links,
                attributes=operation(self.tracks.consumer, topic) | {"messaging.batch.message_count": len(part)},
            )
            self.tracks.add(span, part)


def _once_each(envelopes: Sequence[Envelope], most: int) -> list[Link]:
    distinct = islice(dict.fromkeys(e.traceparent for e in envelopes), most)
    return [Link(created) for traceparent in distinct if (created := context_of(traceparent))]
