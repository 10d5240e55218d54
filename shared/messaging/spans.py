"""Spans of sending and processing, after the OpenTelemetry messaging conventions; every name of them is in this file.

A processed event is always linked to the context that created it, and is its child while it is young. Large batches
get one span per 128 events instead, with a link per event that carries the journey: what one span created stays its
child, the rest starts traces of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, TraceFlags, Tracer

from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope

#: As many links as an SDK keeps by default.
_LINKS = 128
_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")


def _tracer() -> Tracer | None:
    """Return a tracer if somebody listens: without, not even the arguments of a span should cost anything."""
    provider = trace.get_tracer_provider()
    return provider.get_tracer("kaozheng.messaging") if isinstance(provider, TracerProvider) else None


def context_of(traceparent: str | None) -> SpanContext | None:
    """Return the remote span context that a W3C traceparent names; nothing when there is none or it is malformed."""
    match = _TRACEPARENT.match(traceparent or "")
    if match is None:
        return None
    trace_id, span_id, flags = (int(part, 16) for part in match.groups())
    context = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


@contextmanager
def sending(events: Sequence[tuple[str, bytes | None]]) -> Iterator[None]:
    """Span the sending of a page, given topics and traceparents: one client span per topic, linked to the creators."""
    tracer = _tracer()
    with ExitStack() as stack:
        by_topic: dict[str, list[bytes | None]] = defaultdict(list)
        for topic, traceparent in events if tracer else ():
            by_topic[topic].append(traceparent)
        for topic, traceparents in by_topic.items():
            assert tracer is not None  # for the type checker
            stack.enter_context(
                tracer.start_as_current_span(
                    f"send {topic}",
                    context=Context(),
                    kind=SpanKind.CLIENT,
                    links=[Link(created) for t in traceparents[:_LINKS] if t and (created := context_of(t.decode()))],
                    attributes={
                        "messaging.system": "kafka",
                        "messaging.operation.name": "send",
                        "messaging.operation.type": "send",
                        "messaging.destination.name": topic,
                        "messaging.batch.message_count": len(traceparents),
                    },
                )
            )
        yield


@dataclass(slots=True)
class Tracks:
    """The open spans of one attempt at a batch."""

    spans: list[tuple[Span, tuple[UUID, ...]]] = field(default_factory=list)
    contexts: dict[UUID, SpanContext] = field(default_factory=dict)

    def traceparent(self, envelope: Envelope) -> str | None:
        """Return the context that what follows from this event belongs to."""
        context = self.contexts.get(envelope.event_id)
        if context is None:
            return envelope.traceparent
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"

    def end(self, outcomes: Mapping[UUID, str], error: BaseException | None = None) -> None:
        """Close the spans with what became of each event; those not named are tried again."""
        for span, event_ids in self.spans:
            results = [outcomes.get(event_id, "retry") for event_id in event_ids]
            if len(event_ids) == 1:
                span.set_attribute("cert.event.outcome", results[0])
            else:
                for outcome in sorted(set(results)):
                    span.set_attribute(f"cert.batch.{outcome}", results.count(outcome))
            if error is not None:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(StatusCode.ERROR)
            span.end()
        self.spans.clear()


def processing(
    consumer: str, messages: Sequence[tuple[Record, Envelope]], *, now: datetime, young: timedelta, single_up_to: int
) -> Tracks:
    """Open the spans for one attempt at these events."""
    tracks = Tracks()
    tracer = _tracer()
    if tracer is None:
        return tracks
    if len(messages) > single_up_to:
        _Batches(tracer, tracks, consumer, now - young).open(messages)
        return tracks
    for record, envelope in messages:
        created = context_of(envelope.traceparent)
        is_young = created is not None and now - envelope.occurred_at < young
        span = tracer.start_span(
            f"process {record.partition.topic}",
            context=trace.set_span_in_context(NonRecordingSpan(created), Context())
            if created and is_young
            else Context(),
            kind=SpanKind.CONSUMER,
            links=[Link(created)] if created else [],
            attributes=_operation(consumer, record.partition.topic)
            | _event(envelope)
            | {
                "messaging.destination.partition.id": str(record.partition.number),
                "messaging.kafka.offset": record.offset,
            },
        )
        tracks.spans.append((span, (envelope.event_id,)))
        tracks.contexts[envelope.event_id] = span.get_span_context()
    return tracks


@dataclass(frozen=True, slots=True)
class _Batches:
    """Opens spans for many events: together what one span created, as its children, and the rest as it comes."""

    tracer: Tracer
    tracks: Tracks
    consumer: str
    young_since: datetime

    def open(self, messages: Sequence[tuple[Record, Envelope]]) -> None:
        causes: dict[tuple[str, str | None], list[Envelope]] = defaultdict(list)
        for record, envelope in messages:
            causes[record.partition.topic, envelope.traceparent].append(envelope)
        mixed: dict[str, list[Envelope]] = defaultdict(list)
        for (topic, traceparent), envelopes in causes.items():
            created = context_of(traceparent)
            if created and len(envelopes) > 1 and min(e.occurred_at for e in envelopes) > self.young_since:
                self._span(topic, envelopes, trace.set_span_in_context(NonRecordingSpan(created), Context()))
            else:
                mixed[topic] += envelopes
        for topic, envelopes in mixed.items():
            self._span(topic, envelopes, Context())

    def _span(self, topic: str, envelopes: Sequence[Envelope], parent: Context) -> None:
        for start in range(0, len(envelopes), _LINKS):
            part = envelopes[start : start + _LINKS]
            span = self.tracer.start_span(
                f"process {topic}",
                context=parent,
                kind=SpanKind.CONSUMER,
                links=[Link(c, _of_whom(e)) for e in part if (c := context_of(e.traceparent))],
                attributes=_operation(self.consumer, topic) | {"messaging.batch.message_count": len(part)},
            )
            self.tracks.spans.append((span, tuple(e.event_id for e in part)))
            self.tracks.contexts.update(dict.fromkeys((e.event_id for e in part), span.get_span_context()))


def _operation(consumer: str, topic: str) -> dict[str, str | int]:
    return {
        "messaging.system": "kafka",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": topic,
        "messaging.consumer.group.name": consumer,
    }


def _of_whom(envelope: Envelope) -> dict[str, str]:
    """Return what a link must carry for a journey to be found; every attribute more costs on each event."""
    kind = {"cert.event.type": envelope.type}
    return kind | {"cert.journey.id": str(envelope.journey_id)} if envelope.journey_id else kind


def _event(envelope: Envelope) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        "messaging.message.id": str(envelope.event_id),
        "cert.event.id": str(envelope.event_id),
        "cert.event.type": envelope.type,
    }
    if envelope.journey_id:
        attributes["cert.journey.id"] = str(envelope.journey_id)
    return attributes
