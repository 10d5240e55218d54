"""The AsyncAPI document is valid, complete and current."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from jsonschema import Draft7Validator, FormatChecker

from kaozheng.contracts import asyncapi
from shared.events.registry import EVENTS
from shared.events.topics import TOPICS
from shared.messaging.envelope import Envelope, to_record
from tests.worlds.events import stored

OFFICIAL = Path(__file__).parent / "asyncapi-3.0.0.schema.json"


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.safe_load(asyncapi.CHECKED_IN.read_text("utf-8"))


def test_the_checked_in_document_is_current():
    assert asyncapi.stale() == []


def test_it_is_a_valid_asyncapi_document(document):
    validator = Draft7Validator(json.loads(OFFICIAL.read_text("utf-8")))
    assert [error.json_path for error in validator.iter_errors(document)] == []


def test_the_official_schema_refuses_a_wrong_one(document):
    validator = Draft7Validator(json.loads(OFFICIAL.read_text("utf-8")))
    wrong = {**document, "operations": {"x": {"action": "publish", "channel": {"$ref": "#/channels/exam.works"}}}}
    assert not validator.is_valid(wrong)


def test_every_reference_leads_somewhere(document):
    for reference in _references(document):
        node = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_every_event_is_on_its_topic_and_on_no_other(document):
    placed = {name: channel["address"] for channel in document["channels"].values() for name in channel["messages"]}
    assert placed == {event_type: event.topic for event_type, event in EVENTS.items()}
    assert placed.keys() == document["components"]["messages"].keys()


def test_every_topic_has_its_writer_and_its_readers(document):
    found = {(name.split(".")[0], op["action"], op["channel"]["$ref"]) for name, op in document["operations"].items()}
    wanted = {(topic.owner, "send", f"#/channels/{topic.name}") for topic in TOPICS.values()}
    wanted |= {(one, "receive", f"#/channels/{topic.name}") for topic in TOPICS.values() for one in topic.consumers}
    assert found == wanted


@pytest.mark.parametrize("event_type", EVENTS)
def test_examples_and_keys_fit_the_lifted_schemas(document, event_type):
    message = document["components"]["messages"][event_type]
    schema = {**document, **document["components"]["schemas"][event_type]}
    (example,) = message["examples"]
    Draft7Validator(schema, format_checker=FormatChecker()).validate(example["payload"])
    key = example["payload"][TOPICS[EVENTS[event_type].topic].key]
    Draft7Validator(message["bindings"]["kafka"]["key"], format_checker=FormatChecker()).validate(key)


def test_the_headers_are_those_that_are_really_sent(document):
    identifier = UUID("019a0f3e-51aa-7c3b-9d20-5b8e6f7a1c2d")
    envelope = Envelope(
        event_id=identifier,
        type="exam.seat_assigned.v1",
        key="a",
        version=1,
        occurred_at=datetime(2026, 10, 27, tzinfo=UTC),
        journey_id=identifier,
        causation_id=identifier,
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )
    trait = document["components"]["messageTraits"]["CloudEvent"]["headers"]
    for sent in (envelope, envelope._replace(journey_id=None, causation_id=None, traceparent=None)):
        record = to_record(stored(sent, "exam.sittings", b"{}"), source=b"/kaozheng/exam", log=b"1")
        headers = {name: value.decode() for name, value in record.headers}
        Draft7Validator(trait, format_checker=FormatChecker()).validate(headers)
        assert headers.keys() <= trait["properties"].keys()
        assert headers.keys() >= set(trait["required"])
    assert (
        trait["properties"].keys() == dict(to_record(stored(envelope, "t", b""), source=b"s", log=b"1").headers).keys()
    )


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return here + [found for value in node.values() for found in _references(value)]
    return [found for item in node for found in _references(item)] if isinstance(node, list) else []
