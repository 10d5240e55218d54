"""Spans that are exported as in production, encoded and all, and then thrown away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from shared.telemetry.allowance import Allowance
from shared.telemetry.sampling import BoundedSampler
from shared.telemetry.tracing import RedactingExporter

#: As the settings have it.
ROOTS = 50


class Sink(SpanExporter):
    """Encodes spans and forgets them."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Do all that costs CPU in this process."""
        encode_spans(spans).SerializeToString()
        return SpanExportResult.SUCCESS


@contextmanager
def exporting(*, on: bool) -> Iterator[None]:
    """Set the process's tracer provider, once and for all, if spans are wanted."""
    if not on:
        yield
        return
    provider = TracerProvider(BoundedSampler(Allowance(ROOTS)), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(RedactingExporter(Sink()), 65_536, 1_000, 2_048))
    trace.set_tracer_provider(provider)
    yield
    provider.shutdown()
