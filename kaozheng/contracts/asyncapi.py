"""The AsyncAPI 3.0 document of all topics, generated from the event classes and the table of topics."""

from collections.abc import Mapping
from typing import Any

import yaml

from kaozheng.contracts.envelope import HEADERS
from kaozheng.contracts.schema import KEY, TOPIC, Schema, schema_of
from kaozheng.contracts.store import CHECKED_IN as CONTRACTS
from kaozheng.contracts.store import Store
from shared.events.registry import EVENTS
from shared.events.topics import TOPICS, Topic
from shared.settings import PlatformSettings

CHECKED_IN = CONTRACTS.parent.parent / "docs" / "asyncapi.yaml"

_BINDING = "0.5.0"
_PARTITIONS = PlatformSettings.model_fields["kafka_partitions"].default
_KINDS = {"send": "发布 Publishes", "receive": "订阅 Reads"}


def text() -> str:
    """Return the document as it is checked in."""
    return yaml.dump(document(), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)


def stale() -> list[str]:
    """Return a fault if the checked-in document is not the current one."""
    if CHECKED_IN.exists() and CHECKED_IN.read_text("utf-8") == text():
        return []
    return ["docs/asyncapi.yaml: 与代码不一致。 It differs from the code; run `python -m kaozheng.contracts asyncapi`."]


def document() -> dict[str, Any]:
    """Return the whole document."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:kaozheng:events",
        "info": {
            "title": "考证 Kaozheng: events",
            "version": "1.0.0",
            "description": (
                "各服务之间只通过这些事件通信。值为 JSON，信封按 CloudEvents 1.0 二进制模式放在消息头。\n"
                "The services speak only through these events. Values are JSON, the envelope is in the headers\n"
                "(CloudEvents 1.0, binary mode). Schemas are full-transitively compatible within a major version."
            ),
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(topic) for name, topic in TOPICS.items()},
        "operations": _operations(),
        "components": {
            "messages": {event_type: _message(event_type) for event_type in EVENTS},
            "schemas": _schemas(),
            "messageTraits": {"CloudEvent": _trait()},
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    messages = [event_type for event_type, event in EVENTS.items() if event.topic == topic.name]
    return {
        "address": topic.name,
        "summary": topic.about,
        "messages": {event_type: {"$ref": f"#/components/messages/{event_type}"} for event_type in messages},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": _PARTITIONS,
                "bindingVersion": _BINDING,
            }
        },
    }


def _operations() -> dict[str, Any]:
    found = {}
    for topic in TOPICS.values():
        found[f"{topic.owner}.send.{topic.name}"] = _operation("send", topic.owner, topic)
        for consumer in topic.consumers:
            found[f"{consumer}.receive.{topic.name}"] = _operation("receive", consumer, topic)
    return found


def _operation(action: str, service: str, topic: Topic) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": f"{_KINDS[action]}: {service}, {topic.about}",
        "tags": [{"name": service}],
    }
    if action == "receive":
        group = {"type": "string", "enum": [service]}
        operation["bindings"] = {"kafka": {"groupId": group, "bindingVersion": _BINDING}}
    return operation


def _message(event_type: str) -> dict[str, Any]:
    schema = schema_of(EVENTS[event_type])
    example = Store().examples()[event_type]
    return {
        "name": event_type,
        "title": schema["title"],
        "summary": schema["description"].split("\n")[0],
        "contentType": "application/json",
        "traits": [{"$ref": "#/components/messageTraits/CloudEvent"}],
        "payload": {"$ref": f"#/components/schemas/{event_type}"},
        "bindings": {
            "kafka": {
                "key": {**schema["properties"][schema[KEY]], "description": f"`{schema[KEY]}`: order is kept per key"},
                "bindingVersion": _BINDING,
            }
        },
        "examples": [{"name": event_type, "payload": example}],
    }


def _trait() -> dict[str, Any]:
    return {
        "summary": "CloudEvents 1.0, Kafka binary mode; W3C trace context beside it.",
        "headers": {
            "type": "object",
            "required": [name for name, header in HEADERS.items() if header.required],
            "properties": {name: header.schema() for name, header in HEADERS.items()},
        },
    }


def _schemas() -> dict[str, Schema]:
    """Lift the nested definitions to components; two different ones of one name are an error."""
    found: dict[str, Schema] = {}
    for event_type, event in EVENTS.items():
        schema = schema_of(event)
        for name, nested in schema.pop("$defs", {}).items():
            lifted = _lifted(nested)
            if found.setdefault(name, lifted) != lifted:
                raise ValueError(f"two different definitions of {name}; rename one")
        found[event_type] = _lifted({key: schema[key] for key in schema if key not in {"$schema", "$id", TOPIC, KEY}})
    return found


def _lifted(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _lifted(value)
            for key, value in node.items()
        }
    return [_lifted(item) for item in node] if isinstance(node, list) else node


class _Plain(yaml.SafeDumper):
    """Writes repeated parts out instead of using aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never use an alias."""
        del data
        return True
