"""The story of a journey, whatever the spans look like."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain import journey
from services.operations.domain.model import Kind, Link, Span, Status

JOURNEY = UUID("4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11")
OTHER = UUID("4f0c8a52-7d0e-4b8e-9a35-000000000000")


def make_span(number: int, parent: int | None = None, *, trace: int = 1, **fields) -> Span:
    values = {
        "service": "exam",
        "name": "work",
        "kind": Kind.INTERNAL,
        "status": Status.UNSET,
        "start": number * 10,
        "end": number * 10 + 5,
        **fields,
    }
    return Span(
        trace_id=trace.to_bytes(16),
        span_id=number.to_bytes(8),
        parent_id=parent.to_bytes(8) if parent else None,
        **values,
    )


def link(number: int, trace: int = 1, journey_id: UUID | None = None, event_type: str | None = None) -> Link:
    return Link(trace.to_bytes(16), number.to_bytes(8), journey_id, event_type)


SPANS = st.lists(
    st.builds(
        make_span,
        st.integers(1, 12),
        st.one_of(st.none(), st.integers(1, 14)),
        trace=st.integers(1, 3),
        kind=st.sampled_from(Kind),
        start=st.integers(0, 50),
        end=st.integers(0, 90),
        links=st.lists(st.builds(link, st.integers(1, 12), st.integers(1, 3), st.sampled_from([None, JOURNEY]))).map(
            tuple
        ),
        journey_id=st.sampled_from([None, JOURNEY, OTHER]),
    ),
    max_size=30,
)


@given(SPANS)
def test_every_span_is_told_exactly_once(spans):
    told = [(span.trace_id, span.span_id) for span in journey.tell(JOURNEY, spans).spans]
    assert sorted(told) == sorted({(span.trace_id, span.span_id) for span in spans})


@given(SPANS)
def test_children_stand_below_their_parents_in_the_order_of_time(spans):
    for trace in journey.tell(JOURNEY, spans).traces:
        open_steps: list[journey.Step] = []
        last: dict[bytes | None, int] = {}
        for step in trace.steps:
            assert step.span.trace_id == trace.trace_id
            del open_steps[step.depth :]
            assert len(open_steps) == step.depth
            assert step.parent == (open_steps[-1].span.span_id if open_steps else None)
            assert step.parent in {None, step.span.parent_id}
            assert last.get(step.parent, -1) <= step.span.start
            last[step.parent] = step.span.start
            open_steps.append(step)


@given(SPANS)
def test_a_known_parent_is_only_given_up_to_break_a_circle(spans):
    story = journey.tell(JOURNEY, spans)
    parents = {(s.trace_id, s.span_id): (s.trace_id, s.parent_id) for s in story.spans}
    for trace in story.traces:
        for step in trace.steps:
            here = (step.span.trace_id, step.span.span_id)
            if step.parent is None and parents[here] in parents:
                seen, above = {here}, parents[here]
                while above in parents and above not in seen:
                    seen.add(above)
                    above = parents[above]
                assert above == here


@given(SPANS)
def test_traces_follow_the_clock_and_waits_are_never_negative(spans):
    story = journey.tell(JOURNEY, spans)
    starts = [trace.start for trace in story.traces]
    assert starts == sorted(starts)
    assert len(journey.gaps(story)) == max(0, len(starts) - 1)
    assert all(gap >= 0 for gap in journey.gaps(story))
    assert all(step.waited is None or step.waited >= 0 for trace in story.traces for step in trace.steps)
    assert 0 <= story.busy <= sum(max(0, span.end - span.start) for span in story.spans)


def test_a_long_chain_is_no_trouble():
    story = journey.tell(JOURNEY, [make_span(n, n - 1 or None) for n in range(1, 5_001)])
    assert story.traces[0].steps[-1].depth == 4_999


def test_waiting_is_counted_from_the_end_of_the_creating_span():
    request = make_span(1, kind=Kind.SERVER, start=0, end=100)
    child = make_span(2, 1, kind=Kind.CONSUMER, start=350, end=400, journey_id=JOURNEY)
    assert [step.waited for step in journey.tell(JOURNEY, [request, child]).traces[0].steps] == [None, 250]


def test_a_link_joins_two_traces():
    request = make_span(1, start=0, end=100)
    later = make_span(9, trace=2, kind=Kind.CONSUMER, start=1_000, end=1_100, links=(link(1),), journey_id=JOURNEY)
    first, second = journey.tell(JOURNEY, [later, request]).traces
    assert first.origin is None
    assert second.origin == (request.trace_id, request.span_id)
    assert second.steps[0].waited == 900
    assert journey.gaps(journey.tell(JOURNEY, [later, request])) == (900,)


def test_of_a_batch_only_the_own_link_counts():
    mine, others = make_span(1, start=0, end=100), make_span(2, trace=3, start=0, end=900)
    links = (link(2, 3, OTHER, "exam.plan_finished.v1"), link(1, 1, JOURNEY, "exam.seat_assigned.v1"))
    done = {"cert.batch.applied": 2}
    batch = make_span(9, trace=2, kind=Kind.CONSUMER, start=1_000, end=1_100, links=links, attributes=done)
    story = journey.tell(JOURNEY, [mine, others, batch])
    assert story.traces[-1].origin == (mine.trace_id, mine.span_id)
    (step,) = story.traces[-1].steps
    assert (step.waited, step.event_type, step.outcome) == (900, "exam.seat_assigned.v1", "applied")


def test_of_a_batch_that_ended_in_several_ways_no_outcome_is_claimed():
    batch = make_span(1, attributes={"cert.batch.applied": 2, "cert.batch.parked": 1})
    assert journey.tell(JOURNEY, [batch]).traces[0].steps[0].outcome is None


def test_without_the_creating_span_the_age_of_the_event_is_told():
    alone = make_span(1, 7, kind=Kind.CONSUMER, attributes={"cert.event.age_ms": 12})
    assert journey.tell(JOURNEY, [alone]).traces[0].steps[0].waited == 12_000_000


def test_services_and_errors_are_summed_up():
    spans = [make_span(2, service="exam", status=Status.ERROR), make_span(1, service="registration")]
    story = journey.tell(JOURNEY, spans)
    assert story.services == ("registration", "exam")
    assert story.errors == 1
    assert story.busy == 10
