"""The page of a journey: safe whatever the spans say, and readable."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain import journey
from services.operations.domain.model import Kind, Span, Status
from services.operations.entrypoints.durations import brief
from services.operations.entrypoints.journey_page import render

JOURNEY = UUID("4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11")
SECOND = 10**9
DAY = 86_400 * SECOND


@pytest.mark.parametrize(
    ("nanoseconds", "told"),
    [
        (0, "0 µs"),
        (850_000, "850 µs"),
        (3_250_000, "3.2 ms"),
        (622_000_000, "622 ms"),
        (3_200_000_000, "3.2 s"),
        (245 * SECOND, "4 min 5 s"),
        (12 * DAY + 3 * 3_600 * SECOND, "12 d 3 h"),
        (2 * DAY, "2 d"),
    ],
)
def test_durations_are_brief(nanoseconds, told):
    assert brief(nanoseconds) == told


def make_span(number: int, start: int, end: int, **fields) -> Span:
    values = {
        "service": "exam",
        "name": "work",
        "kind": Kind.INTERNAL,
        "status": Status.UNSET,
        "parent_id": None,
        **fields,
    }
    return Span(trace_id=bytes(15) + b"\x01", span_id=number.to_bytes(8), start=start, end=end, **values)


def test_it_tells_waits_errors_and_services():
    release = make_span(1, 0, SECOND, service="grading", name="POST /v1/plans/{plan_id}/release", kind=Kind.SERVER)
    view = make_span(
        2,
        4 * SECOND + SECOND // 5,
        5 * SECOND,
        service="registration",
        parent_id=release.span_id,
        kind=Kind.CONSUMER,
        status=Status.ERROR,
        attributes={"cert.event.type": "grading.result_published.v1", "cert.event.outcome": "parked"},
    )
    page = render(journey.tell(JOURNEY, [release, view]))
    for part in ("等待 waiting in topic 3.2 s", "出错 error", "已搁置 parked", "阅卷 → 报名", str(JOURNEY)):
        assert part in page


@given(st.text(), st.text(), st.integers(0, 10**18), st.integers(0, 10**18))
def test_nothing_that_spans_say_becomes_markup(name, service, start, length):
    hostile = make_span(
        1, start, start + length, name=f"<script>{name}", service=f"<b>{service}", attributes={"a": "'\"><i>"}
    )
    page = render(journey.tell(JOURNEY, [hostile]))
    assert not any(tag in page for tag in ("<script", "<i>", "style=", "http:", "https:"))
    assert page.count("<rect") == 1
