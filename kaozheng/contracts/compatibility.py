"""The gate: a schema must stay readable both ways with every version that was ever published (FULL_TRANSITIVE)."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.contracts.reading import Fault, faults
from kaozheng.contracts.schema import KEY, TOPIC, Schema

_RULES = {
    "type": ("类型不一致：发送 {sent}，读取 {read}", "the types differ: {sent} is sent, {read} is read"),
    "enum": (
        "取值范围不一致：可能发送 {sent}，只读取 {read}",
        "the values differ: {sent} may be sent, only {read} read",
    ),
    "limit": ("限制不一致：发送 {sent}，读取 {read}", "the limits differ: {sent} is sent, {read} is read"),
    "items": ("元素个数不一致：发送 {sent}，读取 {read}", "the lengths differ: {sent} are sent, {read} are read"),
    "required": (
        "必填字段缺失：发送方 {sent}，读取方 {read}",
        "a field is {sent} in what is sent, but {read} by the reader",
    ),
    "moved": ("主题或分区键不得更改：{sent} → {read}", "topic and key never change: {sent} → {read}"),
    "vanished": ("已发布的事件不得删除", "a published event may not be removed"),
}
_BACKWARD = ("新代码读不了旧事件", "new code cannot read old events")
_FORWARD = ("旧代码读不了新事件", "old code cannot read new events")
_ADVICE = ("不兼容的更改须另建新的主版本（.v2）。", "An incompatible change needs a new major version (.v2).")


@dataclass(frozen=True, slots=True)
class Break:
    """One broken promise: which event and revision, where, which rule, and what it means, in both languages."""

    event_type: str
    revision: str
    pointer: str
    rule: str
    zh: str
    en: str

    def __str__(self) -> str:
        """Return it as printed: the place, then Chinese, then English."""
        place = f"{self.event_type} ({self.revision}) {self.pointer or '/'} [{self.rule}]"
        return f"{place}\n  {self.zh}。{_ADVICE[0]}\n  {self.en}. {_ADVICE[1]}"


def compare(event_type: str, revision: str, published: Schema, current: Schema) -> list[Break]:
    """Return what the current schema breaks of one published revision."""
    found = [
        _break(event_type, revision, Fault(f"/{word}", "moved", published[word], current[word]), None)
        for word in (TOPIC, KEY)
        if published[word] != current[word]
    ]
    found += [_break(event_type, revision, fault, _BACKWARD) for fault in faults(published, current)]
    found += [_break(event_type, revision, fault, _FORWARD) for fault in faults(current, published)]
    return found


def compare_all(event_type: str, revisions: Sequence[tuple[str, Schema]], current: Schema | None) -> list[Break]:
    """Return what the current schema breaks of all published revisions; `None` if the class is gone."""
    if current is None:
        return [_break(event_type, "*", Fault("", "vanished", "", ""), None)] if revisions else []
    return [found for name, published in revisions for found in compare(event_type, name, published, current)]


def _break(event_type: str, revision: str, fault: Fault, direction: tuple[str, str] | None) -> Break:
    zh, en = (text.format(sent=fault.sent, read=fault.read) for text in _RULES[fault.rule])
    if direction:
        zh, en = f"{direction[0]}：{zh}", f"{direction[1]}: {en}"
    return Break(event_type, revision, fault.pointer, fault.rule, zh, en)
