"""The judgement under the gate: whether one schema's documents can be read by another."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kaozheng.contracts.reading import faults
from tests.contract.strategies import EVENTS, SCHEMAS, documents


@given(SCHEMAS)
def test_every_schema_reads_itself(schema):
    assert faults(schema, schema) == []


@given(EVENTS, SCHEMAS)
def test_an_added_optional_field_is_always_compatible(schema, added):
    wider = copy.deepcopy(schema)
    wider["properties"]["added"] = added
    assert faults(schema, wider) == []
    assert faults(wider, schema) == []


@given(EVENTS, SCHEMAS)
def test_an_added_required_field_never_is(schema, added):
    wider = copy.deepcopy(schema)
    wider["properties"]["added"] = added
    wider["required"] = [*wider.get("required", []), "added"]
    assert [fault.pointer for fault in faults(schema, wider)] == ["/properties/added"]


@given(EVENTS, EVENTS, st.data())
def test_what_passes_is_really_readable(writer, reader, data):
    _assert_sound(writer, reader, data)


@given(EVENTS, st.data())
def test_a_small_change_that_passes_is_really_readable(writer, data):
    reader = copy.deepcopy(writer)
    for name in list(reader["properties"]):
        if data.draw(st.booleans()):
            reader["properties"][name] = data.draw(SCHEMAS)
    _assert_sound(writer, reader, data)


def _assert_sound(writer: dict[str, Any], reader: dict[str, Any], data: Any) -> None:
    if not faults(writer, reader):
        document = data.draw(documents(writer))
        Draft202012Validator(reader).validate(document)


def test_a_schema_that_contains_itself_comes_to_an_end():
    tree = {
        "$defs": {"Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}},
        "$ref": "#/$defs/Node",
    }
    assert faults(tree, tree) == []
    other = copy.deepcopy(tree)
    other["$defs"]["Node"]["properties"]["size"] = {"type": "integer"}  # type: ignore[index]
    assert faults(tree, other) == []


def test_a_keyword_that_is_not_understood_counts_as_a_fault():
    assert [fault.rule for fault in faults({"type": "string"}, {"type": "string", "if": {}})] == ["limit"]
