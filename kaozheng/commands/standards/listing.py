"""`kaozheng standards list`: what is stored, and which files are broken."""

from typing import TYPE_CHECKING, Any

import typer

from kaozheng.commands import refusals
from kaozheng.commands.answers import put_json
from kaozheng.commands.standards.options import Json

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from kaozheng.commands.standards.paper import Paper
    from shared.standards.blueprint import Blueprint
    from shared.standards.catalogue import Catalogue
    from shared.standards.model import SkillStandard


def list_standards(*, as_json: Json = False) -> None:
    """列出已有的标准和方案，指出有错的文件。 List standards and blueprints, and files that are broken."""
    from kaozheng.commands.standards import stored
    from kaozheng.commands.standards.paper import Paper

    catalogue = stored.catalogue()
    if as_json:
        put_json(
            {
                "standards": [_data(catalogue, standard) for standard in catalogue.standards()],
                "blueprints": [_head(blueprint) for blueprint in catalogue.blueprints()],
                "broken": [refusals.as_data(fault) for fault in catalogue.broken()],
            }
        )
        return
    paper = Paper()
    for standard in catalogue.standards():
        _show(paper, catalogue, standard)
    if catalogue.blueprints():
        paper.heading("编制的考核方案", "authored blueprints")
    for blueprint in catalogue.blueprints():
        scope = blueprint.unit or f"{blueprint.standard}:{blueprint.level}"
        version = f"版本 version {blueprint.version} · {scope}@{blueprint.edition}"
        paper.both(blueprint.title or "", version, mark=blueprint.code, indent=1)
    for fault in catalogue.broken():
        typer.secho(refusals.in_words(fault), fg="red", err=True)
    paper.line(f"查看 show: kaozheng standards show CODE    目录 folder: {stored.folder()}", style="dim")


def _data(catalogue: "Catalogue", standard: "SkillStandard") -> dict[str, Any]:
    from kaozheng.commands.standards import counts, stored

    return {
        "code": standard.code,
        "title": standard.title,
        "title_en": standard.title_en,
        "number": standard.number,
        "edition": standard.edition,
        "editions": list(catalogue.editions(standard.code)),
        "status": standard.status,
        "origin": stored.origin(standard),
        "complete": standard.is_whole,
        "levels": [level._asdict() for level in counts.of(standard)],
    }


def _head(blueprint: "Blueprint") -> dict[str, Any]:
    names = {"code", "version", "title", "title_en", "standard", "edition", "level", "unit"}
    return blueprint.model_dump(mode="json", include=names)


def _show(paper: "Paper", catalogue: "Catalogue", standard: "SkillStandard") -> None:
    from kaozheng.commands.standards import counts, labels, stored

    paper.line(standard.title, mark=standard.code, style="bold")
    if standard.title_en:
        paper.line(standard.title_en, indent=1)
    older = [edition for edition in catalogue.editions(standard.code) if edition != standard.edition]
    facts = [
        f"版本 edition {standard.edition}" + (f"（另有 also {', '.join(older)}）" if older else ""),
        standard.number,
        str(labels.STATUSES[standard.status]),
        str(labels.ORIGINS[stored.origin(standard)]),
        str(labels.completeness(is_complete=standard.is_whole)),
    ]
    paper.line(" · ".join(fact for fact in facts if fact), indent=1)
    paper.table(counts.table(standard))
