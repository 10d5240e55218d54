import pytest

from shared.telemetry.redaction import WITHHELD, is_private, redact


@pytest.mark.parametrize(
    "key",
    ["name", "person", "person_name", "document_number", "phone", "certificate.number", "token", "otlp_token", "secret",
     "client_secret", "Authorization", "authorization", "idempotency-token", "url.query", "db.query.text", "sealed",
     "ticket_no", "scores"],
)  # fmt: skip
def test_a_private_name_is_recognised(key):
    assert is_private(key)


@pytest.mark.parametrize(
    "key",
    ["event", "service", "service.name", "messaging.destination.name", "cert.journey.id", "plan_id", "count", "route",
     "http.route", "error.type", "topic", "code.function.name", "renamed", "tokenizer"],
)  # fmt: skip
def test_a_harmless_name_passes(key):
    assert not is_private(key)


def test_private_fields_are_withheld_at_every_depth():
    value = {"plan_id": 1, "items": [{"phone": "13800000000", "row": 2}], "person": {"x": 1}}
    assert redact(value) == {"plan_id": 1, "items": [{"phone": WITHHELD, "row": 2}], "person": WITHHELD}


def test_what_lies_too_deep_to_check_is_withheld():
    assert redact({"a": {"b": {"c": "x"}}}, depth=2) == {"a": {"b": WITHHELD}}
