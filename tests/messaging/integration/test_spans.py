"""The traces of sending and processing: parents, links, attributes, bounded cost, and none without a listener."""

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
from shared.messaging.spans import Tracing
from shared.telemetry.allowance import Allowance
from shared.telemetry.sampling import BoundedSampler
from tests.faults.records import records

TRACE = "0123456789abcdef0123456789abcdef"
PARENT = f"00-{TRACE}-0123456789abcdef-01"
LEFT_OUT = f"00-{TRACE}-0123456789abcdef-00"


def _granted(per_second: float) -> Allowance:
    """Return an allowance for a moment: nothing comes back while the test runs."""
    return Allowance(per_second, lambda: 0.0)


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(BoundedSampler(_granted(1)))
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield exporter
    provider.shutdown()


def _messages(count: int = 1, traceparent: str | None = PARENT):
    return [(record, from_record(record)) for record in records(count, traceparent=traceparent)]


def _process(messages, *, young=timedelta(minutes=15), single_up_to=500, allowance=10_000.0):
    tracing = Tracing("exam", young, single_up_to, _granted(allowance))
    return tracing.processing(messages, SystemClock().now())


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
    creators = [f"00-{TRACE}-{number:016x}-01".encode() for number in range(1, 201)]
    with spans.sending([("exam.sittings", creator) for creator in creators]):
        pass
    (span,) = exporter.get_finished_spans()
    assert (span.name, span.kind, len(span.links)) == ("send exam.sittings", trace.SpanKind.CLIENT, 128)
    assert span.attributes["messaging.batch.message_count"] == 200


def test_sending_is_not_spanned_when_nothing_of_the_page_is_kept(exporter):
    with spans.sending([("exam.sittings", LEFT_OUT.encode()), ("exam.sittings", None)]):
        pass
    assert exporter.get_finished_spans() == ()


def test_events_of_a_trace_that_is_not_kept_cost_no_span_and_pass_their_context_on(exporter):
    for single_up_to in (500, 1):
        messages = _messages(20, traceparent=LEFT_OUT)
        tracks = _process(messages, single_up_to=single_up_to)
        tracks.end(dict.fromkeys([envelope.event_id for _, envelope in messages], "applied"))
        assert {tracks.traceparent(envelope) for _, envelope in messages} == {LEFT_OUT}
    assert exporter.get_finished_spans() == ()


def test_a_parked_event_has_a_span_even_if_its_trace_is_not_kept(exporter):
    messages = _messages(3, traceparent=LEFT_OUT)
    ids = [envelope.event_id for _, envelope in messages]
    _process(messages).end({ids[0]: "applied", ids[1]: "parked", ids[2]: "duplicate"})
    (span,) = exporter.get_finished_spans()
    assert span.attributes["cert.event.id"] == str(ids[1])
    assert span.attributes["cert.event.outcome"] == "parked"
    assert span.attributes["cert.kept.because"] == "parked"
    assert f"{span.context.trace_id:032x}" == TRACE
    assert span.context.trace_flags.sampled


def test_an_attempt_that_failed_has_a_span_even_if_its_traces_are_not_kept(exporter):
    _process(_messages(40, traceparent=LEFT_OUT)).end({}, ValueError("secret"))
    _process(_messages(1, traceparent=LEFT_OUT)).end({}, ValueError("secret"))
    together, alone = exporter.get_finished_spans()
    assert together.attributes["cert.batch.retry"] == 40
    assert (together.parent, len(together.links)) == (None, 16)
    assert f"{alone.context.trace_id:032x}" == TRACE
    assert {span.attributes["error.type"] for span in (together, alone)} == {"ValueError"}
    assert not any("secret" in span.to_json() for span in (together, alone))


def test_a_replay_is_always_a_new_trace_that_is_kept(exporter):
    ((record, envelope),) = _messages(1, traceparent=LEFT_OUT)
    spans.replaying("exam", (record, envelope)).end({envelope.event_id: "applied"})
    (span,) = exporter.get_finished_spans()
    assert (span.parent, len(span.links)) == (None, 1)
    assert span.attributes["cert.kept.because"] == "replayed"


def _distinct(count: int):
    """Return events that each came of a trace of its own, all of them kept."""
    return [
        (record, envelope._replace(traceparent=f"00-{number + 1:032x}-{number + 1:016x}-01"))
        for number, (record, envelope) in enumerate(_messages(count))
    ]


def _named(finished) -> list[str]:
    return [link.attributes["cert.journey.id"] for span in finished for link in span.links if link.attributes]


def test_the_cost_of_a_rush_is_bounded_however_many_events_come(exporter):
    tracing = Tracing("exam", timedelta(minutes=15), 100, _granted(20))
    for size in (2_000, 100, 2_000, 100):
        messages = _distinct(size)
        tracing.processing(messages, SystemClock().now()).end({})
    finished = exporter.get_finished_spans()
    assert sum(span.attributes["messaging.batch.message_count"] for span in finished) == 4_200
    assert len(_named(finished)) <= 200 + 4 * 8  # what was saved up, and the least of each batch
    assert len(finished) <= 8
    assert max(len(span.links) for span in finished) <= 128


def test_in_a_rush_every_consumer_names_the_same_journeys(exporter):
    messages = _distinct(1_000)
    for part in (messages, messages[300:], messages[::-1]):
        exporter.clear()
        _process(part, single_up_to=0, allowance=5).end({})
        journeys = {str(envelope.journey_id): envelope.key[-12:] for _, envelope in part}
        assert sorted(_named(exporter.get_finished_spans())) == sorted(sorted(journeys, key=journeys.__getitem__)[:50])


def test_a_large_batch_of_many_creators_has_few_spans(exporter):
    pairs = [message for message in _distinct(600) for _ in range(2)]
    _process(pairs, single_up_to=100, allowance=0).end({})
    finished = exporter.get_finished_spans()
    assert len(finished) == 17
    assert sum(span.attributes["messaging.batch.message_count"] for span in finished) == 1_200


def test_without_a_listener_the_event_passes_its_own_context_on():
    messages = _messages()
    tracks = _process(messages)
    assert tracks.spans == []
    assert tracks.traceparent(messages[0][1]) == PARENT
