"""Finds what a person means by a code: a standard, an edition of it, a level, or an item of its tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from shared.errors import Invalid, NotFound
from shared.standards.catalogue import Catalogue
from shared.standards.codes import LEVELS, LevelName
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask

Item = Level | Unit | WorkTask | SkillRequirement

#: `standard`, `standard@edition`, `standard:level:…`, with the edition after the standard or at the end.
_CODE = re.compile(r"(?P<standard>[^:@]+)(?:@(?P<edition>[^:@]+))?(?P<rest>:[^@]+)?(?:@(?P<late>[^:@]+))?")
_KINDS = {Level: "level", Unit: "unit", WorkTask: "task", SkillRequirement: "requirement"}
_SUGGESTED = 3


class ItemUnknown(NotFound):
    """The standard has no item of that code."""

    slug = "item-unknown"
    zh = "标准“{standard}”中没有 {code}；相近的有：{near}。"
    en = "The standard '{standard}' has no {code}; near to it are: {near}."


class WholeWanted(Invalid):
    """An item was named where a whole standard is wanted."""

    slug = "whole-standard-wanted"
    zh = "这里需要整项标准，请写 {whole}，而不是 {code}。"
    en = "A whole standard is wanted here; say {whole} instead of {code}."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A standard and, where the code names one, an item of its tree."""

    standard: SkillStandard
    item: Item | None = None

    @property
    def kind(self) -> str:
        """Return what was chosen, in the schema's words."""
        return _KINDS[type(self.item)] if self.item else "standard"

    @property
    def code(self) -> str | None:
        """Return the code that everything in the chosen item begins with."""
        if isinstance(self.item, Level):
            return f"{self.standard.code}:{self.item.level}"
        return self.item.code if self.item else None

    @property
    def level(self) -> LevelName | None:
        """Return the level that was chosen, or that the chosen item belongs to."""
        return next((name for name in LEVELS if self.item and self.item.level == name), None)


def choose(catalogue: Catalogue, code: str, *, level: str | None = None) -> Chosen:
    """Return what a code means. Raises StandardUnknown, LevelUnknown, ItemUnknown."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return Chosen(catalogue.standard(code))  # which says what there is
    standard = catalogue.standard(found["standard"], found["edition"] or found["late"])
    path = (found["rest"] or "").strip(":") or level
    return Chosen(standard, _item(standard, path) if path else None)


def whole(catalogue: Catalogue, code: str) -> SkillStandard:
    """Return the standard that a code means. Raises StandardUnknown, WholeWanted."""
    chosen = choose(catalogue, code)
    if chosen.item is not None:
        standard = chosen.standard
        raise WholeWanted(code=code, whole=f"{standard.code}@{standard.edition}")
    return chosen.standard


def _item(standard: SkillStandard, path: str) -> Item:
    if ":" not in path:
        return standard.level(path)
    code = f"{standard.code}:{path}"
    try:
        return standard.find(code)
    except KeyError:
        near = get_close_matches(code, list(_codes(standard)), n=_SUGGESTED, cutoff=0) or ["-"]
        raise ItemUnknown(standard=standard.code, code=code, near=", ".join(near)) from None


def _codes(standard: SkillStandard) -> Iterator[str]:
    for node, _ in standard.nodes():
        yield node.code
