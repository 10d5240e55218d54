from threading import Event

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter, SpanExportResult

from shared.settings import PlatformSettings
from shared.telemetry import tracing
from shared.telemetry.tracing import RedactingExporter
from tests.worlds.waiting import PATIENCE

CANARY = "canary-number"


def everything(spans):
    return "\n".join(span.to_json() for span in spans.get_finished_spans())


async def test_a_request_is_one_span_named_by_its_route(client, spans):
    await client.get(f"/v1/certificates/{CANARY}", params={"token": "canary-token"})
    (span,) = spans.get_finished_spans()
    assert span.name == "GET /v1/certificates/{number}"
    assert span.attributes["http.route"] == span.attributes["url.path"] == "/v1/certificates/{number}"
    assert span.attributes["http.response.status_code"] == 200
    assert "canary" not in everything(spans)


async def test_nothing_private_leaves_with_a_span_when_requests_fail(client, spans):
    token = {"authorization": "Bearer canary-bearer"}
    await client.get(f"/v1/certificates/{CANARY}/crash", params={"token": "canary-token"}, headers=token)
    await client.get(f"/v1/nothing/{CANARY}", params={"canary-key": "canary-value"})
    await client.post("/v1/entries", json={"title": "canary-title"})
    await client.get("/v1/me", headers=token)
    assert len(spans.get_finished_spans()) == 4
    assert "canary" not in everything(spans)
    crashed = spans.get_finished_spans()[0]
    assert crashed.attributes["error.type"] == "RuntimeError"


async def test_health_checks_are_not_traced(client, spans):
    await client.get("/health/live")
    await client.get("/health/ready")
    assert not spans.get_finished_spans()


async def test_a_problem_carries_the_trace_id_of_its_span(client, spans):
    answer = await client.get("/v1/seats/7", headers={"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"})
    assert answer.json()["trace_id"] == "ab" * 16
    (span,) = spans.get_finished_spans()
    assert trace.format_trace_id(span.context.trace_id) == "ab" * 16


def test_private_attributes_and_messages_of_exceptions_are_taken_out_of_any_span(spans):
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(RedactingExporter(spans)))
    tracer = provider.get_tracer("test")

    def fail():
        with tracer.start_as_current_span("grading.score") as span:
            span.set_attributes({"person.name": CANARY, "works.count": 3, "messaging.destination.name": "exam.works"})
            span.add_event("seen", {"document_number": CANARY, "row": 1})
            int(CANARY)

    with pytest.raises(ValueError, match=CANARY):
        fail()
    (found,) = spans.get_finished_spans()
    assert dict(found.attributes) == {"works.count": 3, "messaging.destination.name": "exam.works"}
    assert dict(found.events[0].attributes) == {"row": 1}
    assert found.events[1].attributes["exception.type"] == "ValueError"
    assert "canary" not in everything(spans)


class Stuck(SpanExporter):
    """A collector that answers when it is told to."""

    def __init__(self):
        self.asked, self.told, self.answered = Event(), Event(), Event()

    def export(self, spans):
        self.asked.set()
        self.told.wait(PATIENCE)
        self.answered.set()
        return SpanExportResult.FAILURE

    def shutdown(self):
        pass


def test_a_collector_that_hangs_does_not_hold_up_work():
    collector, provider = Stuck(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(
        BatchSpanProcessor(RedactingExporter(collector), max_queue_size=64, max_export_batch_size=8)
    )
    tracer = provider.get_tracer("test")
    for _ in range(1_000):
        with tracer.start_as_current_span("x"):
            pass
    assert collector.asked.wait(PATIENCE)
    for _ in range(1_000):
        with tracer.start_as_current_span("x"):
            pass
    assert not collector.answered.is_set()
    collector.told.set()
    provider.shutdown()


def test_nothing_is_configured_without_an_endpoint():
    before = trace.get_tracer_provider()
    tracing.configure(PlatformSettings(environment="test"), "exam")
    assert trace.get_tracer_provider() is before


def test_a_process_says_which_it_is():
    attributes = tracing.resource(PlatformSettings(environment="test"), "exam").attributes
    assert attributes["service.name"] == "exam"
    assert attributes["service.namespace"] == "certification"
    assert attributes["deployment.environment.name"] == "test"
    assert attributes["service.version"]
    assert attributes["service.instance.id"]
