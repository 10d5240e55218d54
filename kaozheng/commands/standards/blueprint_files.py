"""Checks a blueprint that somebody has authored, and keeps its file as he wrote it."""

from pathlib import Path

from shared.errors import Conflict
from shared.standards import saving
from shared.standards.authoring import parse_blueprint
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import Catalogue
from shared.standards.checking import check_blueprint
from shared.standards.model import SkillStandard


class VersionExists(Conflict):
    """The version is stored with other content; a plan may have used it."""

    slug = "blueprint-version-exists"
    zh = "考核方案 {code} 的版本 {version} 已存在且内容不同；请在文件中把 version 加 1。"
    en = "Version {version} of the blueprint {code} is stored with other content; raise `version` in the file."


def checked(file: Path, content: bytes, catalogue: Catalogue, standard: SkillStandard | None) -> Blueprint:
    """Return the blueprint of a file if it is valid and fits its standard. Raises BlueprintInvalid, StandardUnknown."""
    blueprint = parse_blueprint(content, file.name)
    check_blueprint(blueprint, standard or catalogue.standard(blueprint.standard, blueprint.edition))
    return blueprint


def keep(blueprint: Blueprint, content: bytes, catalogue: Catalogue, folder: Path) -> Path:
    """Write the file into the folder of blueprints and return its path. Raises VersionExists, FolderUnusable."""
    shelf, stem = folder / "blueprints", f"{blueprint.code}@{blueprint.version}"
    with saving.locked(shelf):
        same = [each for each in catalogue.blueprints() if (each.code, each.version) == _key(blueprint)]
        if same and same[0] != blueprint:
            raise VersionExists(code=blueprint.code, version=blueprint.version)
        return saving.write(shelf, stem, content.decode("utf-8-sig"))


def _key(blueprint: Blueprint) -> tuple[str, int]:
    return blueprint.code, blueprint.version
