"""The JSON Schema that is published for an event class."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from shared.events.payload import EventPayload

Schema = dict[str, Any]

#: Where the schema says how the event travels; checked like the rest of it.
TOPIC, KEY = "x-kafka-topic", "x-kafka-key"

#: Keywords that only explain: a change in them is no new revision.
_EXPLAINING = frozenset({"title", "description", "examples", "default", "deprecated", "$comment"})


class _Plain(GenerateJsonSchema):
    """Leaves out titles that only repeat field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Give no field a title of its own."""
        del schema
        return False

    def generate(self, schema: core_schema.CoreSchema, mode: Any = "validation") -> Schema:
        """Return the schema with its dialect first."""
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}


def schema_of(event: type[EventPayload]) -> Schema:
    """Return what readers of the event accept, with its type, topic and key."""
    plain = event.model_json_schema(schema_generator=_Plain)
    dialect = plain.pop("$schema")
    return {
        "$schema": dialect,
        "$id": f"urn:kaozheng:event:{event.event_type}",
        TOPIC: event.topic,
        KEY: event.key_field,
        **plain,
    }


def text_of(schema: Schema) -> str:
    """Return the schema as it is checked in."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def same_structure(one: Schema, other: Schema) -> bool:
    """Tell whether two schemas differ in explanations at most."""
    return _structure(one) == _structure(other)


def _structure(node: object, *, names: bool = False) -> object:
    """Drop explanations; under `properties` and `$defs` the keys are names, not keywords."""
    if isinstance(node, list):
        return [_structure(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _structure(value, names=not names and key in {"properties", "$defs"})
        for key, value in node.items()
        if names or key not in _EXPLAINING
    }
