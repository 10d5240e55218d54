"""A standard as a flat list of its parts, each with a key and its own fields, for comparing two editions."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from shared.standards.model import Level, SkillStandard
from shared.standards.preamble import Named

Kind = Literal[
    "standard",
    "reference",
    "term",
    "majors",
    "major",
    "category",
    "level",
    "employer",
    "post",
    "unit",
    "task",
    "requirement",
]
#: What holds other parts, which are parts in their own right.
_PARTS = {"references", "terms", "majors", "categories", "levels", "posts", "units", "tasks", "requirements"}


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a standard: its kind, the key that tells it from others, its names, and its own fields."""

    kind: Kind
    key: str
    name: str
    name_en: str
    #: By these it is known again under another key; empty if the key is all that it has.
    words: str
    fields: Mapping[str, Any]


def items(standard: SkillStandard) -> tuple[Item, ...]:
    """Return all parts of a standard in the document's order; of two with the same key the second's is numbered."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for item in _all(standard):
        seen[item.kind, item.key] += 1
        count = seen[item.kind, item.key]
        numbered.append(item if count == 1 else replace(item, key=f"{item.key} ({count})"))
    return tuple(numbered)


def _all(standard: SkillStandard) -> Iterator[Item]:
    yield _item("standard", "", standard, "")
    for reference in standard.references:
        yield _item("reference", reference.number or reference.title, reference, reference.title)
    for term in standard.terms:
        yield _item("term", term.clause, term, term.title)
    for group in standard.majors:
        key = f"{group.school_type}/{group.catalogue}" if group.catalogue else group.school_type
        yield _item("majors", key, group, "")
        yield from _named("major", key, group.majors)
    for category in standard.categories:
        yield _item("category", category.code, category, category.title)
    for level in standard.levels:
        yield from _of_level(level)


def _of_level(level: Level) -> Iterator[Item]:
    yield _item("level", level.level, level, "")
    if level.posts is not None:
        yield from _named("employer", level.level, level.posts.employers)
        yield from _named("post", level.level, level.posts.posts)
    for unit in level.units:
        yield _item("unit", unit.code, unit, unit.title)
        for task in unit.tasks:
            yield _item("task", task.code, task, task.title)
            for requirement in task.requirements:
                words = f"{requirement.title or ''}{requirement.description}"
                yield _item("requirement", requirement.code, requirement, words)


def _named(kind: Kind, group: str, parts: Sequence[Named]) -> Iterator[Item]:
    for part in parts:
        yield _item(kind, f"{group}/{part.title}", part, "")


def _item(kind: Kind, key: str, part: BaseModel, words: str) -> Item:
    own = part.model_dump(mode="json", exclude=_PARTS, exclude_computed_fields=True)
    name = str(own.get("title") or own.get("description"))
    name_en = str(own.get("title_en") or own.get("description_en") or name)
    return Item(kind, key, name, name_en, plain(words), dict(_flat(own)))


def _flat(fields: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the fields of a part and of the small things it holds, such as `publisher.owner`."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def plain(text: str) -> str:
    """Return a text without what does not change its meaning: width, case, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if unicodedata.category(character)[0] not in "ZPC")
