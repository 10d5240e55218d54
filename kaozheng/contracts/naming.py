"""The names of events: type, class, topic and key must agree."""

import re
from collections.abc import Iterator, Mapping

from kaozheng.contracts.schema import schema_of
from shared.events.payload import EventPayload
from shared.events.topics import TOPICS, Topic

_TYPE = re.compile(r"(?P<service>[a-z]+)\.(?P<event>[a-z]+(?:_[a-z]+)*)\.v(?P<major>[1-9]\d*)")


def faults(events: Mapping[str, type[EventPayload]], topics: Mapping[str, Topic] = TOPICS) -> list[str]:
    """Return what is wrong with the names, each located, in both languages."""
    return [
        f"{event_type}: {zh} {en}" for event_type, event in events.items() for zh, en in _of(event_type, event, topics)
    ]


def _of(event_type: str, event: type[EventPayload], topics: Mapping[str, Topic]) -> Iterator[tuple[str, str]]:
    parts = _TYPE.fullmatch(event_type)
    if parts is None:
        yield "类型名须为 <服务>.<事件>.v<主版本>。", "The type must read <service>.<event>.v<major>."
        return
    title = "".join(word.capitalize() for word in parts["event"].split("_")) + f"V{parts['major']}"
    if event.__name__ != title:
        yield f"类名须为 {title}。", f"The class must be named {title}."
    schema = schema_of(event)
    if not schema.get("description"):
        yield "缺少说明。", "The class has no docstring."
    if event.key_field not in schema.get("required", ()):
        yield f"分区键 {event.key_field} 须为必填字段。", f"The key {event.key_field} must be a required field."
    topic = topics.get(event.topic)
    if topic is None:
        yield f"主题 {event.topic} 未登记。", f"The topic {event.topic} is not listed."
    elif (topic.owner, topic.key) != (parts["service"], event.key_field):
        yield "所有者或分区键与主题表不符。", "Owner or key differ from the table of topics."
