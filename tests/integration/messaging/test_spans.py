"""The traces of sending and processing: parents, links, attributes, and no cost without a listener."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.clock import SystemClock
from shared.messaging import spans
from shared.messaging.envelope import from_record
from tests.faults.records import records

TRACE = "0123456789abcdef0123456789abcdef"
PARENT = f"00-{TRACE}-0123456789abcdef-01"


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def _messages(count: int = 1, traceparent: str | None = PARENT):
    return [(record, from_record(record)) for record in records(count, traceparent=traceparent)]


def _process(messages, *, young=timedelta(minutes=15), single_up_to=500):
    return spans.processing("exam", messages, now=SystemClock().now(), young=young, single_up_to=single_up_to)


def test_a_young_event_is_child_of_what_created_it_and_linked_to_it(exporter):
    messages = _messages()
    tracks = _process(messages)
    tracks.end({messages[0][1].event_id: "applied"})
    (span,) = exporter.get_finished_spans()
    assert span.name == "process exam.sittings"
    assert span.kind is trace.SpanKind.CONSUMER
    assert f"{span.context.trace_id:032x}" == TRACE
    assert f"{span.parent.span_id:016x}" == "0123456789abcdef"
    assert [link.context.span_id for link in span.links] == [span.parent.span_id]
    assert span.attributes["cert.event.outcome"] == "applied"
    assert span.attributes["cert.journey.id"] == str(messages[0][1].journey_id)
    assert span.attributes["messaging.consumer.group.name"] == "exam"
    assert tracks.traceparent(messages[0][1]) == f"00-{TRACE}-{span.context.span_id:016x}-01"


def test_an_old_event_begins_a_new_trace_that_is_linked(exporter):
    _process(_messages(), young=timedelta(0)).end({})
    (span,) = exporter.get_finished_spans()
    assert span.parent is None
    assert f"{span.links[0].context.trace_id:032x}" == TRACE
    assert span.attributes["cert.event.outcome"] == "retry"


def test_an_event_without_a_context_has_a_span_of_its_own(exporter):
    _process(_messages(traceparent="garbage")).end({}, ValueError("secret"))
    (span,) = exporter.get_finished_spans()
    assert (span.parent, list(span.links)) == (None, [])
    assert span.attributes["error.type"] == "ValueError"
    assert "secret" not in span.to_json()


def test_a_large_batch_has_a_span_per_128_events_with_a_link_each(exporter):
    messages = _messages(300)
    tracks = _process(messages, single_up_to=100)
    tracks.end(dict.fromkeys([envelope.event_id for _, envelope in messages], "applied"))
    finished = exporter.get_finished_spans()
    assert [len(span.links) for span in finished] == [128, 128, 44]
    assert finished[2].attributes["cert.batch.applied"] == 44
    assert finished[0].links[5].attributes["cert.journey.id"] == str(messages[5][1].journey_id)
    assert len({tracks.traceparent(envelope) for _, envelope in messages}) == 3


def test_a_large_batch_keeps_what_one_span_created_in_its_trace(exporter):
    other = PARENT.replace(TRACE, "f" * 32)
    messages = (
        _messages(60) + _messages(50, traceparent=other) + _messages(1, traceparent=PARENT.replace(TRACE, "a" * 32))
    )
    _process(messages, single_up_to=100).end({})
    found = {f"{span.context.trace_id:032x}": span for span in exporter.get_finished_spans()}
    assert {trace_id: len(found[trace_id].links) for trace_id in (TRACE, "f" * 32)} == {TRACE: 60, "f" * 32: 50}
    assert f"{found[TRACE].parent.span_id:016x}" == "0123456789abcdef"
    (alone,) = (span for trace_id, span in found.items() if trace_id not in {TRACE, "f" * 32})
    assert (alone.parent, len(alone.links)) == (None, 1)


def test_an_old_large_batch_is_only_linked(exporter):
    _process(_messages(120), young=timedelta(0), single_up_to=100).end({})
    assert {span.parent for span in exporter.get_finished_spans()} == {None}


def test_sending_links_to_at_most_128_contexts(exporter):
    with spans.sending([("exam.sittings", (envelope.traceparent or "").encode()) for _, envelope in _messages(200)]):
        pass
    (span,) = exporter.get_finished_spans()
    assert (span.name, span.kind, len(span.links)) == ("send exam.sittings", trace.SpanKind.CLIENT, 128)
    assert span.attributes["messaging.batch.message_count"] == 200


def test_without_a_listener_the_event_passes_its_own_context_on():
    messages = _messages()
    tracks = _process(messages)
    assert tracks.spans == []
    assert tracks.traceparent(messages[0][1]) == PARENT
