"""Everything is traced on a quiet day, so much in a rush; decisions travel with the context."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, TraceFlags

from shared.telemetry.allowance import Allowance
from shared.telemetry.sampling import KEPT_BECAUSE, BoundedSampler


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.floats(0, 100), st.lists(st.tuples(st.floats(0, 5), st.integers(0, 500)), max_size=50))
def test_no_more_is_granted_than_the_rate_and_ten_seconds_of_savings(rate, steps):
    clock = Clock()
    allowance, granted = Allowance(rate, clock), 0
    for pause, wanted in steps:
        clock.now += pause
        given_now = allowance.take(wanted)
        assert 0 <= given_now <= wanted
        granted += given_now
    assert granted <= rate * (10 + clock.now) + 1e-6


def test_what_was_not_used_comes_back():
    clock = Clock()
    allowance = Allowance(2, clock)
    assert [allowance.take(15), allowance.take(15)] == [15, 5]
    clock.now = 3
    assert not allowance.take_all(7)
    assert allowance.take_all(6)
    assert allowance.take(1) == 0


def remote(*, sampled: bool) -> SpanContext:
    return SpanContext(7, 9, is_remote=True, trace_flags=TraceFlags(int(sampled)))


def below(parent: SpanContext) -> Context:
    return trace.set_span_in_context(NonRecordingSpan(parent), Context())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tracer(clock):
    return TracerProvider(BoundedSampler(Allowance(5, clock)), shutdown_on_exit=False).get_tracer("test")


def kept(tracer, count: int = 1, **about) -> int:
    return sum(tracer.start_span("x", **({"context": Context()} | about)).is_recording() for _ in range(count))


def test_a_quiet_day_is_kept_whole_and_a_rush_in_part(tracer, clock):
    for clock.now in range(100):
        assert kept(tracer, 5) == 5
    assert kept(tracer, 10_000) <= 50
    clock.now += 1
    assert kept(tracer, 10_000) == 5


def test_children_and_consumers_follow_what_was_decided_at_the_beginning(tracer):
    kept(tracer, 50)
    for kind in (SpanKind.INTERNAL, SpanKind.CONSUMER, SpanKind.CLIENT):
        assert kept(tracer, 100, context=below(remote(sampled=True)), kind=kind) == 100
        assert kept(tracer, 100, context=below(remote(sampled=False)), kind=kind) == 0
    assert kept(tracer, 100, links=[Link(remote(sampled=True))]) == 100
    assert kept(tracer, 100, links=[Link(remote(sampled=False))]) == 0


def test_callers_from_outside_cannot_make_us_keep_more_than_we_want(tracer):
    assert kept(tracer, 1_000, context=below(remote(sampled=True)), kind=SpanKind.SERVER) == 50
    assert kept(tracer, 1_000, context=below(remote(sampled=False)), kind=SpanKind.SERVER) == 0


def test_what_went_wrong_is_kept_whatever_was_decided(tracer):
    kept(tracer, 50)
    assert kept(tracer, 3, attributes={KEPT_BECAUSE: "parked"}) == 3
    assert kept(tracer, 3, context=below(remote(sampled=False)), attributes={KEPT_BECAUSE: "failed"}) == 3


def test_a_trace_that_is_not_kept_still_has_an_id_and_says_so_to_the_next(tracer):
    kept(tracer, 50)
    context = tracer.start_span("x", context=Context()).get_span_context()
    assert context.is_valid
    assert not context.trace_flags.sampled
