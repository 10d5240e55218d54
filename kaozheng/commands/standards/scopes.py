"""What a blueprint is asked for: an authored one by its code, or a level or unit of a standard."""

from dataclasses import dataclass

from kaozheng.commands.standards.chosen import choose
from shared.errors import Invalid
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import Catalogue
from shared.standards.default import default_blueprint
from shared.standards.model import Level, SkillStandard, Unit


class ScopeUnclear(Invalid):
    """Neither a level nor a unit was named."""

    slug = "blueprint-scope-unclear"
    zh = "考核方案针对一个等级或一个单元，而不是 {code}；例如 {known}。"
    en = "A blueprint is for a level or a unit, which {code} is not; say for instance {known}."


@dataclass(frozen=True, slots=True)
class Scope:
    """A level of a standard, or one unit of it."""

    standard: SkillStandard
    level: str
    unit: str | None = None

    def derived(self) -> Blueprint:
        """Return the blueprint that follows from the standard alone. Raises UnitRefused."""
        return default_blueprint(self.standard, self.level, self.unit)


def scope_of(
    catalogue: Catalogue, code: str, *, level: str | None = None, unit: str | None = None, edition: str | None = None
) -> Scope:
    """Return the level or unit that a code names. Raises StandardUnknown, LevelUnknown, ItemUnknown, ScopeUnclear."""
    named = f"{code}@{edition}" if edition and "@" not in code else code
    chosen = choose(catalogue, named, level=level)
    standard = chosen.standard
    if unit is not None and isinstance(chosen.item, Level):
        path = unit if unit.startswith(f"{standard.code}:") else f"{standard.code}:{chosen.item.level}:{unit}"
        chosen = choose(catalogue, f"{path}@{standard.edition}")
    if isinstance(chosen.item, Level):
        return Scope(standard, chosen.item.level)
    if isinstance(chosen.item, Unit):
        return Scope(standard, chosen.item.level, chosen.item.code)
    known = ", ".join(f"{standard.code}:{each.level}" for each in standard.levels)
    raise ScopeUnclear(code=code, known=known)


def authored(catalogue: Catalogue, code: str) -> Blueprint | None:
    """Return the authored blueprint of a code, or `code@version`, if there is one."""
    name, _, version = code.partition("@")
    wanted = int(version) if version.isdecimal() else None
    if all(blueprint.code != name for blueprint in catalogue.blueprints()):
        return None
    return catalogue.blueprint(name, wanted)
