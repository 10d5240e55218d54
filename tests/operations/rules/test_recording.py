"""What is kept of a span."""

import pytest

from services.operations.domain import recording
from services.operations.domain.model import Kind


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
