"""The spans of one attempt at a batch, from their opening to what became of each event."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, Tracer

from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope
from shared.messaging.trace_context import context_of, traceparent_of
from shared.telemetry.sampling import KEPT_BECAUSE

#: An event as it came and what its envelope says.
Message = tuple[Record, Envelope]

#: A failed attempt at many events names so many; the halves of the batch that fail again name the others.
_NAMED = 16


@dataclass(slots=True)
class Tracks:
    """The open spans, and the events without one: those get a span only if they fail."""

    consumer: str
    tracer: Tracer | None = None
    spans: list[tuple[Span, tuple[UUID, ...]]] = field(default_factory=list)
    unseen: list[Message] = field(default_factory=list)
    _traceparents: dict[UUID, str] = field(default_factory=dict)
    _began: int = field(default_factory=time.time_ns)

    def add(self, span: Span, envelopes: Sequence[Envelope]) -> None:
        """Note the span that handles these events."""
        ids = tuple(envelope.event_id for envelope in envelopes)
        self.spans.append((span, ids))
        self._traceparents.update(dict.fromkeys(ids, traceparent_of(span.get_span_context())))

    def traceparent(self, envelope: Envelope) -> str | None:
        """Return the context that what follows from this event belongs to."""
        return self._traceparents.get(envelope.event_id, envelope.traceparent)

    def end(self, outcomes: Mapping[UUID, str], error: BaseException | None = None) -> None:
        """Close the spans with what became of each event; those not named are tried again."""
        self._show_trouble(outcomes, error)
        for span, event_ids in self.spans:
            results = [outcomes.get(event_id, "retry") for event_id in event_ids]
            if len(event_ids) == 1:
                span.set_attribute("cert.event.outcome", results[0])
            else:
                for outcome in sorted(set(results)):
                    span.set_attribute(f"cert.batch.{outcome}", results.count(outcome))
            if error is not None:
                _fail(span, error)
            span.end()
        self.spans.clear()
        self.unseen.clear()

    def _show_trouble(self, outcomes: Mapping[UUID, str], error: BaseException | None) -> None:
        """Open spans, late, for what nobody had asked to see: parked events, and an attempt that failed."""
        if not self.unseen or self.tracer is None:
            return
        if error is not None:
            self._open_late(self.unseen, "failed")
        elif "parked" in outcomes.values():
            for message in self.unseen:
                if outcomes.get(message[1].event_id) == "parked":
                    self._open_late([message], "parked")

    def _open_late(self, messages: Sequence[Message], why: str) -> None:
        assert self.tracer is not None  # the caller looked
        record, envelope = messages[0]
        alone = len(messages) == 1
        created = [context_of(each.traceparent) for _, each in messages[:_NAMED]]
        about = event(envelope) if alone else {"messaging.batch.message_count": len(messages)}
        span = self.tracer.start_span(
            f"process {record.partition.topic}",
            context=beneath(created[0] if alone else None),
            kind=SpanKind.CONSUMER,
            links=[
                Link(context, None if alone else of_whom(each))
                for context, (_, each) in zip(created, messages, strict=False)
                if context
            ],
            attributes=operation(self.consumer, record.partition.topic) | about | {KEPT_BECAUSE: why},
            start_time=self._began,
        )
        self.spans.append((span, tuple(each.event_id for _, each in messages)))


def _fail(span: Span, error: BaseException) -> None:
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(StatusCode.ERROR)


def beneath(parent: SpanContext | None) -> Context:
    """Return the context of a child of a remote span, or that of a new trace."""
    return trace.set_span_in_context(NonRecordingSpan(parent), Context()) if parent else Context()


def operation(consumer: str, topic: str) -> dict[str, str | int]:
    """Return what every span of processing says."""
    return {
        "messaging.system": "kafka",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": topic,
        "messaging.consumer.group.name": consumer,
    }


def of_whom(envelope: Envelope) -> dict[str, str]:
    """Return what a link must carry for a journey to be found; every attribute more costs on each event."""
    kind = {"cert.event.type": envelope.type}
    return kind | {"cert.journey.id": str(envelope.journey_id)} if envelope.journey_id else kind


def event(envelope: Envelope) -> dict[str, str | int]:
    """Return what the span of one event says of it."""
    number = str(envelope.event_id)
    return {"messaging.message.id": number, "cert.event.id": number, **of_whom(envelope)}
