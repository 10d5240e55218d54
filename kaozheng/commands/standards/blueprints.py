"""`kaozheng standards blueprint`: what an exam scores; derived from a standard, or authored, checked and stored."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaozheng.commands.answers import put, put_json
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Edition, Format, FormatOption, Json, Level

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from kaozheng.commands.standards.scopes import Scope
    from shared.standards.blueprint import Blueprint
    from shared.standards.catalogue import Catalogue

Code = Annotated[
    str | None,
    typer.Argument(help="标准、等级、单元或方案的代码。 A standard, level, unit or blueprint, such as xb2b:junior."),
]
Unit = Annotated[str | None, typer.Option(help="单元，如 purchasing。 The unit, such as purchasing.")]
Template = Annotated[bool, typer.Option("--template", help="打印可据以编制的草稿。 Print a draft to author from.")]
Check = Annotated[Path | None, typer.Option(help="检查编制的方案文件。 Check a file that somebody has authored.")]
Save = Annotated[bool, typer.Option("--save", help="检查无误后存入标准文件夹。 Keep the checked file.")]


def blueprint(  # noqa: PLR0913 - one argument per option of the command
    code: Code = None,
    *,
    level: Level = None,
    unit: Unit = None,
    edition: Edition = None,
    form: FormatOption = None,
    as_json: Json = False,
    template: Template = False,
    check: Check = None,
    save: Save = False,
) -> None:
    """打印、起草、检查、保存考核方案。 Print, draft, check or keep an assessment blueprint."""
    if as_json and form is Format.YAML:
        raise typer.BadParameter("--json 与 --format yaml 不能并用。 --json and --format yaml exclude each other.")
    if save and check is None:
        raise typer.BadParameter("--save 须与 --check FILE 并用。 --save needs --check FILE.")
    if code is None and check is None:
        raise typer.BadParameter("请给出代码。 Name a standard, level, unit or blueprint.")
    with told(as_json=as_json):
        from kaozheng.commands.standards import stored

        catalogue = stored.catalogue()
        if check is not None:
            _check(catalogue, check, of=code, is_saving=save, as_json=as_json)
            return
        assert code is not None
        scope = _scope(catalogue, code, level, unit, edition)
        if template:
            _draft(scope)
        else:
            _print(scope, Format.JSON if as_json else form)


def _scope(
    catalogue: "Catalogue", code: str, level: str | None, unit: str | None, edition: str | None
) -> "Scope | Blueprint":
    """Return the authored blueprint of that code, or the level or unit to derive one for."""
    from kaozheng.commands.standards.scopes import authored, scope_of

    return authored(catalogue, code) or scope_of(catalogue, code, level=level, unit=unit, edition=edition)


def _draft(scope: "Scope | Blueprint") -> None:
    from kaozheng.commands.standards.scopes import Scope
    from shared.standards.template import template

    if not isinstance(scope, Scope):
        raise typer.BadParameter("草稿针对等级或单元。 A draft is for a level or unit, not for a blueprint.")
    put(template(scope.standard, scope.level, scope.unit))


def _print(scope: "Scope | Blueprint", form: Format | None) -> None:
    from kaozheng.commands.standards.scopes import Scope

    found = scope.derived() if isinstance(scope, Scope) else scope
    if form is Format.JSON:
        put_json(found.model_dump(mode="json"))
    elif form is Format.YAML:
        import yaml

        data = found.model_dump(mode="json", exclude_none=True)
        put(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120))
    else:
        from kaozheng.commands.standards.blueprint_text import write_blueprint
        from kaozheng.commands.standards.paper import Paper

        write_blueprint(Paper(), found)


def _check(catalogue: "Catalogue", file: Path, *, of: str | None, is_saving: bool, as_json: bool) -> None:
    from kaozheng.commands.standards import data_files, stored
    from kaozheng.commands.standards.blueprint_text import write_summary
    from kaozheng.commands.standards.chosen import choose
    from kaozheng.commands.standards.paper import Paper
    from shared.standards.authoring import parse_blueprint
    from shared.standards.checking import check_blueprint

    content = data_files.read(file)
    found = parse_blueprint(content, file.name)
    standard = choose(catalogue, of).standard if of else catalogue.standard(found.standard, found.edition)
    check_blueprint(found, standard)
    saved = None
    if is_saving:
        stored.prepare()
        saved = catalogue.save_blueprint(found, content.decode("utf-8-sig"))
    if as_json:
        put_json({"valid": True, "blueprint": found.model_dump(mode="json"), "saved": str(saved) if saved else None})
        return
    paper = Paper()
    write_summary(paper, found)
    paper.line("有效 valid", style="green")
    if saved:
        paper.line(f"已保存 saved: {saved}", style="green")
