"""What operations answers."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.operations.application.ports import Tally
from services.operations.application.queries import LOOK_BACK, MOST_SPANS, Health
from services.operations.domain import journey
from services.operations.domain.journey import Step, Story, Trace
from services.operations.domain.latency import percentile
from services.operations.domain.window import moment

_NANO_PER_MS = 1_000_000


class Answer(BaseModel):
    """An answer is made once and not changed."""

    model_config = ConfigDict(frozen=True)


class OriginResponse(Answer):
    """A span elsewhere."""

    trace_id: str
    span_id: str


class SpanResponse(Answer):
    """One step. The list is depth first, so `depth` alone gives the tree."""

    span_id: str = Field(examples=["00f067aa0ba902b7"])
    parent_span_id: str | None = Field(description="The step above; none for a root, or if its parent is not kept")
    depth: int
    service: str = Field(examples=["exam"])
    name: str = Field(examples=["process registration.applications"])
    kind: str = Field(examples=["consumer"])
    started_at: datetime
    offset_ms: float = Field(description="Since the start of its trace")
    duration_ms: float
    status: str = Field(examples=["unset", "ok", "error"])
    topic: str | None
    event_type: str | None = Field(examples=["registration.application_admitted.v1"])
    outcome: str | None = Field(examples=["applied"])
    waited_ms: float | None = Field(description="How long its event lay in the topic after the creating span ended")

    @classmethod
    def of(cls, step: Step, origin: int) -> Self:
        """Show one step of a trace that began at `origin`."""
        span = step.span
        return cls(
            span_id=span.span_id.hex(),
            parent_span_id=step.parent.hex() if step.parent else None,
            depth=step.depth,
            service=span.service,
            name=span.name,
            kind=span.kind.name.lower(),
            started_at=moment(span.start),
            offset_ms=(span.start - origin) / _NANO_PER_MS,
            duration_ms=(span.end - span.start) / _NANO_PER_MS,
            status=span.status.name.lower(),
            topic=_text(step, "messaging.destination.name"),
            event_type=step.event_type,
            outcome=step.outcome,
            waited_ms=None if step.waited is None else step.waited / _NANO_PER_MS,
        )


class TraceResponse(Answer):
    """One trace of the journey."""

    trace_id: str = Field(examples=["4bf92f3577b34da6a3ce929d0e0e4736"])
    started_at: datetime
    duration_ms: float
    gap_ms: float = Field(description="The pause since everything before it had ended")
    continues: OriginResponse | None = Field(description="The span of an earlier trace that it goes on from")
    spans: list[SpanResponse]

    @classmethod
    def of(cls, trace: Trace, gap: int) -> Self:
        """Show one trace."""
        origin = trace.origin
        return cls(
            trace_id=trace.trace_id.hex(),
            started_at=moment(trace.start),
            duration_ms=(trace.end - trace.start) / _NANO_PER_MS,
            gap_ms=gap / _NANO_PER_MS,
            continues=OriginResponse(trace_id=origin.trace_id.hex(), span_id=origin.span_id.hex()) if origin else None,
            spans=[SpanResponse.of(step, trace.start) for step in trace.steps],
        )


class JourneyResponse(Answer):
    """Everything that is kept of one application's journey, trace by trace in the order of time."""

    journey_id: UUID
    started_at: datetime
    ended_at: datetime
    elapsed_ms: float
    busy_ms: float = Field(description="How much of it something was being done; the rest was waiting")
    services: list[str] = Field(description="By first appearance")
    span_count: int
    error_count: int
    truncated: bool = Field(description=f"There are more than {MOST_SPANS} spans; only the first are shown")
    traces: list[TraceResponse]

    @classmethod
    def of(cls, story: Story) -> Self:
        """Show a story that has at least one span."""
        start, end = story.traces[0].start, max(trace.end for trace in story.traces)
        return cls(
            journey_id=story.journey_id,
            started_at=moment(start),
            ended_at=moment(end),
            elapsed_ms=(end - start) / _NANO_PER_MS,
            busy_ms=story.busy / _NANO_PER_MS,
            services=list(story.services),
            span_count=len(story.spans),
            error_count=story.errors,
            truncated=len(story.spans) >= MOST_SPANS,
            traces=[
                TraceResponse.of(trace, gap) for trace, gap in zip(story.traces, (0, *journey.gaps(story)), strict=True)
            ],
        )


class PageLinkResponse(Answer):
    """Opens one journey's page in a browser."""

    url: str = Field(examples=["/journeys/4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11?access=AAAAAGkg…"])
    expires_at: datetime


class OperationResponse(Answer):
    """One operation over the last hour."""

    name: str
    kind: str
    spans: int
    errors: int
    per_minute: float
    p50_ms: float | None = Field(description="Half of them took no longer; at most twice too high")
    p95_ms: float | None
    last_seen_at: datetime

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """Show one tally."""
        return cls(
            name=tally.name,
            kind=tally.kind.name.lower(),
            spans=tally.spans,
            errors=tally.errors,
            per_minute=round(tally.spans / (LOOK_BACK.total_seconds() / 60), 2),
            p50_ms=percentile(tally.buckets, 0.5),
            p95_ms=percentile(tally.buckets, 0.95),
            last_seen_at=moment(tally.last),
        )


class ServiceResponse(Answer):
    """One service over the last hour."""

    service: str
    last_seen_at: datetime
    spans: int
    errors: int
    operations: list[OperationResponse]


class ServicesResponse(Answer):
    """All services that were heard of over the last hour."""

    items: list[ServiceResponse]
    ignored: dict[str, int] = Field(description="Spans that were not kept today, by reason")

    @classmethod
    def of(cls, health: Health) -> Self:
        """Show what was found."""
        return cls(
            items=[
                ServiceResponse(
                    service=service,
                    last_seen_at=moment(max(tally.last for tally in tallies)),
                    spans=sum(tally.spans for tally in tallies),
                    errors=sum(tally.errors for tally in tallies),
                    operations=[OperationResponse.of(tally) for tally in tallies],
                )
                for service, tallies in health.services.items()
            ],
            ignored=dict(health.ignored),
        )


def _text(step: Step, key: str) -> str | None:
    value = step.span.attributes.get(key)
    return None if value is None else str(value)
