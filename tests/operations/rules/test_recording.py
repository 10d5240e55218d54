"""What is kept of a span, and for whom its page opens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain import page_link, recording, window
from services.operations.domain.model import Kind

NOW = datetime(2026, 11, 22, 1, 30, 0, 123456, tzinfo=UTC)
JOURNEY = UUID("4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11")
KEY = page_link.derive_key(bytes(32))


@pytest.mark.parametrize(
    ("name", "kind", "attributes", "kept"),
    [
        (
            "GET /c/XB2B-2026-000318",
            Kind.SERVER,
            {"http.request.method": "GET", "http.route": "/c/{number}"},
            "GET /c/{number}",
        ),
        ("GET /wp-admin", Kind.SERVER, {"http.request.method": "GET"}, "GET"),
        ("process exam.sittings", Kind.CONSUMER, {}, "process exam.sittings"),
        ("grading.score", Kind.INTERNAL, {}, "grading.score"),
        ("检查 张三", Kind.INTERNAL, {}, "unnamed"),
        ("check 330106200001011234", Kind.INTERNAL, {}, "unnamed"),
    ],
)
def test_names_hold_nothing_personal(name, kind, attributes, kept):
    assert recording.kept_name(name, kind, attributes) == kept


def test_no_listed_attribute_can_hold_a_message_key():
    assert not {key for key in recording.KEPT if "key" in key}


def test_long_values_are_cut():
    assert recording.kept_value("x" * 500) == "x" * 120
    assert recording.kept_value(7) == 7
    assert recording.kept_value("张三") is None
    assert recording.kept_value(float("nan")) is None
    assert recording.kept_service("考试") == "unknown"


def test_times_survive_to_the_microsecond():
    assert window.moment(window.nanoseconds(NOW)) == NOW
    first, last = window.believable(NOW, timedelta(days=30))
    assert window.moment(first) == NOW - timedelta(days=30)
    assert first < window.nanoseconds(NOW) < last


def test_a_link_opens_its_own_page_until_it_expires():
    access = page_link.sign(KEY, JOURNEY, NOW)
    assert page_link.opens(KEY, JOURNEY, access, NOW + timedelta(minutes=14, seconds=59))
    assert not page_link.opens(KEY, JOURNEY, access, NOW + timedelta(minutes=15))
    assert not page_link.opens(KEY, UUID(int=1), access, NOW)
    assert not page_link.opens(page_link.derive_key(b"another"), JOURNEY, access, NOW)


@given(st.text(max_size=60))
def test_nothing_else_opens_it(access):
    assert not page_link.opens(KEY, JOURNEY, access, NOW)
