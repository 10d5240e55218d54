"""`kaozheng standards diff`: what one edition adds, drops, changes and moves against another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaozheng.commands.answers import put_json
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Json

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from shared.standards.catalogue import Catalogue
    from shared.standards.difference import Difference
    from shared.standards.model import SkillStandard

Old = Annotated[str, typer.Argument(help="旧版：代码、代码@版本或文件。 The old one: code, code@edition or file.")]
New = Annotated[str, typer.Argument(help="新版：代码、代码@版本或文件。 The new one: code, code@edition or file.")]

_FILES = frozenset({".yaml", ".yml", ".json"})
_STYLES = {"added": "green", "dropped": "red", "changed": "yellow", "moved": "cyan"}


def diff(old: Old, new: New, *, as_json: Json = False) -> None:
    """比较两个版本。 Compare two editions."""
    with told(as_json=as_json):
        from kaozheng.commands.standards import stored
        from shared.standards.difference import difference

        catalogue = stored.catalogue()
        found = difference(_standard(catalogue, old), _standard(catalogue, new))
        if as_json:
            put_json(found.model_dump(mode="json"))
        else:
            _print(found)


def _standard(catalogue: "Catalogue", named: str) -> "SkillStandard":
    """Return what a code or a file holds; what looks like a file's name is one."""
    path = Path(named)
    if path.suffix.lower() in _FILES or "/" in named:
        from kaozheng.commands.standards.data_files import read_standard

        return read_standard(path)
    from kaozheng.commands.standards.chosen import whole

    return whole(catalogue, named)


def _print(found: "Difference") -> None:
    from kaozheng.commands.standards import labels
    from kaozheng.commands.standards.paper import Paper

    paper = Paper()
    for sign, edition in (("-", found.old), ("+", found.new)):
        paper.line(f"{edition.code}@{edition.edition} {edition.title}", mark=sign, style="bold")
    for kind, label in labels.DIFFERENCES.items():
        entries = getattr(found, kind)
        if entries:
            paper.heading(f"{label.zh} {len(entries)} 项", f"{len(entries)} {label.en}")
        for entry in entries:
            paper.line(entry.zh, indent=1, style=_STYLES[kind])
            paper.line(entry.en, indent=2, style="dim")
    if found.same:
        paper.line("没有差别。 There is no difference.")
