"""Traces: one provider per process, exported over OTLP/HTTP, with private values taken out before they leave."""

import socket
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status, Tracer
from opentelemetry.util import types

from shared import ids
from shared.settings import PlatformSettings
from shared.telemetry.allowance import Allowance
from shared.telemetry.redaction import is_private
from shared.telemetry.sampling import BoundedSampler

_NAMESPACE = "certification"
_QUEUE = 65_536
_BATCH = 2_048
_DELAY_MS = 1_000
_METRICS_MS = 15_000

#: A path carries certificate numbers, a query carries tokens; the route template says enough.
_LOCATIONS = frozenset({"url.path", "url.query", "url.full", "http.target", "http.url"})


def tracer(name: str) -> Tracer:
    """Return the tracer for one module, e.g. `tracer("grading")`."""
    return trace.get_tracer(name)


class RedactingExporter(SpanExporter):
    """Passes spans on without URLs, private attributes, and the messages of exceptions."""

    def __init__(self, inner: SpanExporter) -> None:
        """Take the exporter that sends."""
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send cleaned copies."""
        return self._inner.export([_clean(span) for span in spans])

    def shutdown(self) -> None:
        """Stop sending."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._inner.force_flush(timeout_millis)


def _clean(span: ReadableSpan) -> ReadableSpan:
    attributes = span.attributes or {}
    if not span.events and not span.status.description and not any(_withheld(key) for key in attributes):
        return span
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={**_kept(attributes), **_template(attributes)},
        events=[Event(event.name, _kept(event.attributes), event.timestamp) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _withheld(key: str) -> bool:
    # A stack trace ends with the exception's message.
    return key in _LOCATIONS or key in {"exception.message", "exception.stacktrace"} or is_private(key)


def _kept(attributes: types.Attributes) -> dict[str, Any]:
    return {key: value for key, value in (attributes or {}).items() if not _withheld(key)}


def _template(attributes: types.Attributes) -> dict[str, Any]:
    known = attributes or {}
    return {"url.path": known["http.route"]} if "url.path" in known and "http.route" in known else {}


def resource(settings: PlatformSettings, service: str) -> Resource:
    """Say which process speaks."""
    return Resource.create(
        {
            "service.name": service,
            "service.namespace": _NAMESPACE,
            "service.version": _version(),
            "service.instance.id": f"{socket.gethostname()}-{ids.new_id()}",
            "deployment.environment.name": settings.environment.value,
        }
    )


def _version() -> str:
    try:
        return metadata.version("kaozheng")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"


def configure(settings: PlatformSettings, service: str) -> None:
    """Set the process's providers. Nothing is exported without an endpoint; a dead collector only loses spans."""
    if not settings.otlp_endpoint:
        return
    base = settings.otlp_endpoint.rstrip("/").removesuffix("/v1/traces")
    headers = {"authorization": f"Bearer {settings.otlp_token.get_secret_value()}"} if settings.otlp_token else None
    exporter = RedactingExporter(OTLPSpanExporter(endpoint=f"{base}/v1/traces", headers=headers, timeout=10))
    sampler = BoundedSampler(Allowance(settings.trace_roots_per_second))
    provider = TracerProvider(sampler, resource=resource(settings, service), shutdown_on_exit=False)
    provider.add_span_processor(
        BatchSpanProcessor(
            exporter, max_queue_size=_QUEUE, max_export_batch_size=_BATCH, schedule_delay_millis=_DELAY_MS
        )
    )
    trace.set_tracer_provider(provider)
    if settings.otlp_metrics_endpoint:
        _configure_metrics(settings.otlp_metrics_endpoint, headers, provider.resource)


def _configure_metrics(endpoint: str, headers: dict[str, str] | None, described: Resource) -> None:
    exporter = OTLPMetricExporter(endpoint=endpoint, headers=headers, timeout=10)
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=_METRICS_MS)
    metrics.set_meter_provider(MeterProvider([reader], described, shutdown_on_exit=False))


def shutdown() -> None:
    """Send what waits and stop; called after the process has drained."""
    for provider in (trace.get_tracer_provider(), metrics.get_meter_provider()):
        if isinstance(provider, TracerProvider | MeterProvider):
            provider.shutdown()
