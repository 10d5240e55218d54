"""Spans of sending and processing, after the OpenTelemetry messaging conventions.

A processed event is always linked to the context that created it, and is its child while it is young. Contexts that
are not kept get neither span nor link, unless their event fails. A large batch, or a rush, gets spans for many events.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Link, SpanKind, Tracer

from shared.messaging.batch_spans import LINKS, BatchSpans
from shared.messaging.trace_context import context_of, is_left_out
from shared.messaging.tracks import Message, Tracks, beneath, event, operation
from shared.telemetry.allowance import Allowance
from shared.telemetry.sampling import KEPT_BECAUSE

#: A span of its own costs as much as naming so many events in the span of a batch.
_SPAN_COST = 4
#: So many events of a batch are named whatever was spent before.
_NAMED_ALWAYS = 8


def _tracer() -> Tracer | None:
    """Return a tracer if somebody listens: without, not even the arguments of a span should cost anything."""
    provider = trace.get_tracer_provider()
    return provider.get_tracer("kaozheng.messaging") if isinstance(provider, TracerProvider) else None


@contextmanager
def sending(events: Sequence[tuple[str, bytes | None]]) -> Iterator[None]:
    """Span the sending of a page, given topics and traceparents: one client span per topic, linked to its creators."""
    tracer = _tracer()
    with ExitStack() as stack:
        counts: Counter[str] = Counter(topic for topic, _ in events if tracer)
        creators: dict[str, set[str]] = defaultdict(set)
        for topic, raw in set(events) if tracer else ():
            traceparent = raw.decode() if raw else None
            if traceparent and not is_left_out(traceparent):
                creators[topic].add(traceparent)
        for topic, traceparents in creators.items():
            assert tracer is not None  # for the type checker
            stack.enter_context(
                tracer.start_as_current_span(
                    f"send {topic}",
                    context=Context(),
                    kind=SpanKind.CLIENT,
                    links=[Link(created) for t in islice(traceparents, LINKS) if (created := context_of(t))],
                    attributes={
                        "messaging.system": "kafka",
                        "messaging.operation.name": "send",
                        "messaging.operation.type": "send",
                        "messaging.destination.name": topic,
                        "messaging.batch.message_count": counts[topic],
                    },
                )
            )
        yield


@dataclass(frozen=True, slots=True)
class Tracing:
    """How the events of one consumer are traced.

    Events younger than `young` are children of what created them. Up to `single_up_to` events have a span each, while
    `allowance` lasts: it counts events named in spans.
    """

    consumer: str
    young: timedelta
    single_up_to: int
    allowance: Allowance

    def processing(self, messages: Iterable[Message], now: datetime) -> Tracks:
        """Open the spans for one attempt at these events."""
        tracer = _tracer()
        tracks = Tracks(self.consumer, tracer)
        if tracer is None:
            return tracks
        seen: list[Message] = []
        for message in messages:
            (tracks.unseen if is_left_out(message[1].traceparent) else seen).append(message)
        if len(seen) <= self.single_up_to and self.allowance.take_all(len(seen) * _SPAN_COST):
            for message in seen:
                _open(tracer, tracks, message, young_since=now - self.young)
        else:
            named = max(_NAMED_ALWAYS, self.allowance.take(len(seen)))
            BatchSpans(tracer, tracks, now - self.young).open(seen, named)
        return tracks


def replaying(consumer: str, message: Message) -> Tracks:
    """Open the span of an event that an operator replays: a new trace, always kept."""
    tracer = _tracer()
    tracks = Tracks(consumer, tracer)
    if tracer:
        _open(tracer, tracks, message, because="replayed")
    return tracks


def _open(
    tracer: Tracer, tracks: Tracks, message: Message, *, young_since: datetime | None = None, because: str = ""
) -> None:
    record, envelope = message
    created = context_of(envelope.traceparent)
    is_young = young_since is not None and envelope.occurred_at > young_since
    span = tracer.start_span(
        f"process {record.partition.topic}",
        context=beneath(created if is_young else None),
        kind=SpanKind.CONSUMER,
        links=[Link(created)] if created else [],
        attributes=operation(tracks.consumer, record.partition.topic)
        | event(envelope)
        | {
            "messaging.destination.partition.id": str(record.partition.number),
            "messaging.kafka.offset": record.offset,
        }
        | ({KEPT_BECAUSE: because} if because else {}),
    )
    tracks.add(span, [envelope])
