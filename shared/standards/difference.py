"""What one edition of a standard adds, drops, changes and moves against another."""

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, computed_field

from shared.standards.items import Item, Kind, items
from shared.standards.model import SkillStandard
from shared.standards.naming import KINDS, field_zh, shortened, value_en, value_zh


class DifferencePart(BaseModel):
    """What all parts of a difference have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(DifferencePart):
    """Which edition was compared."""

    code: str
    edition: str
    title: str


class FieldChange(DifferencePart):
    """One field that is not what it was; None: not given."""

    field: str
    old: Any
    new: Any


class Entry(DifferencePart):
    """A part of a standard: `key` is its code, or for parts without a code its number, clause or title.

    `zh` and `en` say in one line what became of it.
    """

    kind: Kind
    key: str
    name: str
    zh: str
    en: str


class Change(Entry):
    """A part that is still in its place, and what is new about it."""

    fields: tuple[FieldChange, ...]


class Move(Change):
    """A part that has the same words under another key; `fields` has what else is new about it."""

    to: str


class Difference(DifferencePart):
    """Everything in which two editions differ, in the order of the documents."""

    old: Edition
    new: Edition
    added: tuple[Entry, ...]
    dropped: tuple[Entry, ...]
    changed: tuple[Change, ...]
    moved: tuple[Move, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def same(self) -> bool:
        """Tell whether there is no difference at all."""
        return not (self.added or self.dropped or self.changed or self.moved)


def difference(old: SkillStandard, new: SkillStandard) -> Difference:
    """Compare two editions. What has the same words under another code has moved; it was not dropped and added."""
    before, after = items(old), items(new)
    origin = _origins(before, after)
    pairs = [(before[origin[at]], item) for at, item in enumerate(after) if at in origin]
    kept = set(origin.values())
    return Difference(
        old=_edition(old),
        new=_edition(new),
        added=tuple(_entry(item, "新增", "added") for at, item in enumerate(after) if at not in origin),
        dropped=tuple(_entry(item, "删去", "dropped") for at, item in enumerate(before) if at not in kept),
        changed=tuple(_change(*pair) for pair in pairs if pair[0].key == pair[1].key and _changes(*pair)),
        moved=tuple(_move(*pair) for pair in pairs if pair[0].key != pair[1].key),
    )


#: By what an item is known again, the surest first; None: not at all.
_SIGNS: tuple[Callable[[Item], Any], ...] = (
    lambda item: (item.kind, item.key, item.words),
    lambda item: (item.kind, item.key.split(":")[:2], item.words) if item.words else None,
    lambda item: (item.kind, item.words) if item.words else None,
    lambda item: (item.kind, item.key),
)


def _origins(before: tuple[Item, ...], after: tuple[Item, ...]) -> dict[int, int]:
    """Return for each item of the new edition that was in the old one where it was there."""
    origins: dict[int, int] = {}
    taken: set[int] = set()
    for sign in _SIGNS:
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for at, item in enumerate(before):
            if at not in taken and sign(item) is not None:
                waiting[repr(sign(item))].append(at)
        for at, item in enumerate(after):
            candidates = waiting.get(repr(sign(item)))
            if at not in origins and candidates:
                origins[at] = candidates.popleft()
                taken.add(origins[at])
    return origins


def _edition(standard: SkillStandard) -> Edition:
    return Edition(code=standard.code, edition=standard.edition, title=standard.title)


def _entry(item: Item, zh: str, en: str) -> Entry:
    return Entry(
        kind=item.kind,
        key=item.key,
        name=item.name,
        zh=f"{zh}{_called(item, 0)}：{shortened(item.name)}",
        en=f"{en} {_called(item, 1)}: {shortened(item.name_en)}",
    )


def _change(old: Item, new: Item) -> Change:
    fields = _changes(old, new)
    zh, en = _told(fields)
    return Change(
        kind=new.kind,
        key=new.key,
        name=new.name,
        zh=f"修改{_called(new, 0)}：{zh}",
        en=f"changed {_called(new, 1)}: {en}",
        fields=fields,
    )


def _move(old: Item, new: Item) -> Move:
    fields = _changes(old, new)
    zh, en = _told(fields)
    return Move(
        kind=new.kind,
        key=old.key,
        to=new.key,
        name=new.name,
        zh=f"移动{_called(old, 0)} → {new.key}：{shortened(new.name)}" + (f"；{zh}" if zh else ""),
        en=f"moved {_called(old, 1)} → {new.key}: {shortened(new.name_en)}" + (f"; {en}" if en else ""),
        fields=fields,
    )


def _called(item: Item, language: int) -> str:
    return f"{KINDS[item.kind][language]} {item.key}".rstrip()


def _changes(old: Item, new: Item) -> tuple[FieldChange, ...]:
    """Return the fields that differ; those that only repeat the key are told by the key."""
    told = {"code", "clause", "number"} if old.key != new.key else set()
    names = dict.fromkeys((*old.fields, *new.fields))
    return tuple(
        FieldChange(field=name, old=old.fields.get(name), new=new.fields.get(name))
        for name in names
        if name not in told and old.fields.get(name) != new.fields.get(name)
    )


def _told(changes: tuple[FieldChange, ...]) -> tuple[str, str]:
    """Return what has changed as the end of a sentence, in Chinese and English."""
    zh = (f"{field_zh(each.field)}由{value_zh(each.old)}改为{value_zh(each.new)}" for each in changes)
    en = (f"{each.field} from {value_en(each.old)} to {value_en(each.new)}" for each in changes)
    return "；".join(zh), "; ".join(en)
