"""The gate catches what would break a reader, and lets pass what would not."""

import copy
import json
from collections.abc import Callable
from typing import Any, ClassVar, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel

from kaozheng.contracts import gate
from kaozheng.contracts.compatibility import compare, compare_all
from kaozheng.contracts.schema import schema_of
from kaozheng.contracts.store import Store
from shared.events.exam import SeatAssignedV1, SittingEvent
from shared.events.grading import ResultPublishedV1

Change = Callable[[dict[str, Any]], object]


def _result() -> dict[str, Any]:
    return schema_of(ResultPublishedV1)


def _part(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"]["ComponentResult"]
    return found


BREAKING: dict[str, tuple[Change, str, str]] = {
    "field removed": (
        lambda s: s["required"].remove("plan_id") or s["properties"].pop("plan_id"),
        "required",
        "plan_id",
    ),
    "field no longer required": (lambda s: s["required"].remove("plan_id"), "required", "plan_id"),
    "required field added": (
        lambda s: s["required"].append("reason") or s["properties"].update(reason={"type": "string"}),
        "required",
        "reason",
    ),
    "type changed": (lambda s: s["properties"].update(result_version={"type": "string"}), "type", "result_version"),
    "integer widened to number": (
        lambda s: s["properties"].update(result_version={"type": "number"}),
        "type",
        "result_version",
    ),
    "null allowed": (
        lambda s: s["properties"].update(outcome={"anyOf": [s["properties"]["outcome"], {"type": "null"}]}),
        "type",
        "outcome",
    ),
    "null forbidden": (lambda s: s["properties"].update(total={"type": "string"}), "type", "total"),
    "enum widened": (lambda s: s["properties"]["outcome"]["enum"].append("withheld"), "enum", "outcome"),
    "enum narrowed": (lambda s: s["properties"]["outcome"]["enum"].remove("absent"), "enum", "outcome"),
    "format changed": (lambda s: s["properties"]["plan_id"].update(format="uri"), "limit", "plan_id"),
    "length limited": (lambda s: s["properties"]["published_at"].update(maxLength=20), "limit", "published_at"),
    "nested field renamed": (
        lambda s: (
            _part(s)["properties"].update(points=_part(s)["properties"].pop("score"))
            or _part(s)["required"].remove("score")
        ),
        "required",
        "components/items/properties/score",
    ),
    "nested type changed": (
        lambda s: _part(s)["properties"].update(passed={"type": "string"}),
        "type",
        "components/items/properties/passed",
    ),
    "list became single value": (
        lambda s: s["properties"].update(requirements={"type": "string"}),
        "type",
        "requirements",
    ),
    "item type changed": (
        lambda s: s["properties"]["requirements"].update(items={"type": "integer"}),
        "type",
        "requirements/items",
    ),
    "topic changed": (lambda s: s.update({"x-kafka-topic": "grading.marks"}), "moved", "x-kafka-topic"),
    "key changed": (lambda s: s.update({"x-kafka-key": "plan_id"}), "moved", "x-kafka-key"),
}

COMPATIBLE: dict[str, Change] = {
    "nothing": lambda s: None,
    "description": lambda s: s.update(description="Other words."),
    "optional field": lambda s: s["properties"].update(note={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "optional nested field": lambda s: _part(s)["properties"].update(note={"type": "string", "default": ""}),
    "order of fields": lambda s: s.update(properties=dict(reversed(s["properties"].items()))),
    "order of an enum": lambda s: s["properties"]["outcome"]["enum"].reverse(),
    "definition renamed": lambda s: (
        s["$defs"].update(Part=s["$defs"].pop("ComponentResult")),
        s["properties"]["components"]["items"].update({"$ref": "#/$defs/Part"}),
    ),
    "definition written in place": lambda s: s["properties"]["components"].update(items=_part(s)),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_change_is_caught_with_its_place(name):
    change, rule, place = BREAKING[name]
    changed = _result()
    change(changed)
    found = compare("grading.result_published.v1", "now", _result(), changed)
    assert {(item.rule, item.pointer.removeprefix("/properties/").removeprefix("/")) for item in found} == {
        (rule, place)
    }
    assert all(item.zh and item.en and "grading.result_published.v1" in str(item) for item in found)


@pytest.mark.parametrize("name", COMPATIBLE)
def test_a_compatible_change_passes(name):
    changed = _result()
    COMPATIBLE[name](changed)
    assert compare("grading.result_published.v1", "now", _result(), changed) == []


def test_the_direction_is_told():
    wider = _result()
    wider["properties"]["outcome"]["enum"].append("withheld")
    (found,) = compare("grading.result_published.v1", "now", _result(), wider)
    assert "旧代码读不了新事件" in found.zh
    assert "old code cannot read new events" in found.en


def test_an_optional_field_that_left_may_not_return_with_another_type():
    first, second, third = _result(), _result(), _result()
    first["properties"]["note"] = {"type": "string"}
    third["properties"]["note"] = {"type": "integer"}
    assert compare("t", "2", second, third) == []
    assert {item.revision for item in compare_all("t", [("1", first), ("2", second)], third)} == {"1"}


class SeatNumber(BaseModel):
    row: int


class SeatAssignedWithNote(SeatAssignedV1):
    """The candidate has a seat in both components."""

    note: str | None = None


class SeatAssignedWithNumber(SeatAssignedV1):
    """The candidate has a seat in both components."""

    note: SeatNumber | None = None


def _named(event: type[SeatAssignedV1]) -> dict[str, type[SeatAssignedV1]]:
    event.__name__ = "SeatAssignedV1"
    return {event.event_type: event}


def test_export_keeps_history_and_the_check_is_transitive(tmp_path):
    store, event_type = Store(tmp_path), SeatAssignedV1.event_type
    assert gate.export(store, _named(SeatAssignedWithNote)) == ([event_type], [])
    assert gate.export(store, _named(SeatAssignedWithNote)) == ([], [])
    assert gate.export(store, _named(SeatAssignedV1)) == ([event_type], [])
    assert [name for name, _ in store.revisions(event_type)] == [
        f"{event_type}.1.schema.json",
        f"{event_type}.schema.json",
    ]
    written, faults = gate.export(store, _named(SeatAssignedWithNumber))
    assert written == []
    assert all(f"{event_type}.1.schema.json" in fault for fault in faults)
    assert faults


def test_other_words_are_no_new_revision(tmp_path):
    store, schema = Store(tmp_path), _result()
    store.save("t", copy.deepcopy(schema))
    assert store.save("t", {**schema, "description": "Other words."})
    assert len(store.revisions("t")) == 1


def test_a_published_event_may_not_vanish(tmp_path):
    store = Store(tmp_path)
    gate.export(store, _named(SeatAssignedV1))
    (fault,) = gate.check(store, {})
    assert "vanished" in fault


class BadlyNamed(SittingEvent):
    event_type: ClassVar[str] = "exam.seat_taken.v1"
    topic: ClassVar[str] = "exam.seats"
    key_field: ClassVar[str] = "seat_id"

    seat_id: UUID | None = None
    component: Literal["practical"]


def test_names_are_checked(tmp_path):
    _, faults = gate.export(Store(tmp_path), {BadlyNamed.event_type: BadlyNamed})
    assert [fault.split(": ")[1].split(" ")[0] for fault in faults] == ["类名须为", "缺少说明。", "分区键", "主题"]
    _, faults = gate.export(Store(tmp_path), {"ExamSeat": BadlyNamed})
    assert "<service>.<event>.v<major>" in faults[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda e: e.pop("assigned_at"), "'assigned_at' is a required property"),
        (lambda e: e["practical"].update(session_id=7), "$.practical.session_id"),
        (lambda e: e.update(assigned_att=""), "assigned_att"),
        (lambda e: e.update(plan_id="no uuid"), "$.plan_id"),
    ],
)
def test_a_wrong_example_is_caught(tmp_path, change, told):
    store, event_type = Store(tmp_path), SeatAssignedV1.event_type
    gate.export(store, _named(SeatAssignedV1))
    example = Store().examples()[event_type]
    change(example)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / f"{event_type}.json").write_text(json.dumps(example), "utf-8")
    assert [told in fault for fault in gate.check(store, _named(SeatAssignedV1))] == [True]
