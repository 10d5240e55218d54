"""All checks of the contracts in one call, and the export that keeps history."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from kaozheng.contracts import compatibility, naming
from kaozheng.contracts.schema import Schema, schema_of, text_of
from kaozheng.contracts.store import Store
from shared.events.payload import EventPayload
from shared.events.registry import EVENTS

Events = Mapping[str, type[EventPayload]]


def check(store: Store, events: Events = EVENTS) -> list[str]:
    """Return everything that is wrong with the current classes and the checked-in files."""
    return [*naming.faults(events), *_breaks(store, events), *_stale(store, events), *_examples(store, events)]


def export(store: Store, events: Events = EVENTS) -> tuple[list[str], list[str]]:
    """Write the schemas that changed, unless one would break a published revision; return (written, faults)."""
    found = [*naming.faults(events), *_breaks(store, events)]
    if found:
        return [], found
    return [event_type for event_type, event in events.items() if store.save(event_type, schema_of(event))], []


def _breaks(store: Store, events: Events) -> list[str]:
    return [
        str(found)
        for event_type in sorted({*store.types(), *events})
        for found in compatibility.compare_all(event_type, store.revisions(event_type), _current(event_type, events))
    ]


def _current(event_type: str, events: Events) -> Schema | None:
    return schema_of(events[event_type]) if event_type in events else None


def _stale(store: Store, events: Events) -> Iterator[str]:
    for event_type, event in events.items():
        if store.text(event_type) != text_of(schema_of(event)):
            yield (
                f"{event_type}: 模式文件与代码不一致，请运行 export。 "
                "The schema file differs from the code; run `python -m kaozheng.contracts export`."
            )


def _examples(store: Store, events: Events) -> Iterator[str]:
    examples = store.examples()
    for event_type in sorted(examples.keys() ^ events.keys()):
        yield f"{event_type}: 事件与示例须一一对应。 Each event has one example, and each example an event."
    for event_type in sorted(examples.keys() & events.keys()):
        yield from _example(event_type, examples[event_type], events[event_type])


def _example(event_type: str, example: Any, event: type[EventPayload]) -> Iterator[str]:
    schema = schema_of(event)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for error in validator.iter_errors(example):
        yield f"{event_type}: 示例不合模式 {error.json_path}。 The example breaks the schema: {error.message}"
        return
    # readers ignore unknown fields, so a misspelt or forgotten one would pass the schema
    if example.keys() != schema["properties"].keys():
        names = ", ".join(sorted(example.keys() ^ schema["properties"].keys()))
        yield f"{event_type}: 示例的字段须与模式一致。 The example must have exactly the schema's fields: {names}."
        return
    event.model_validate(example)
