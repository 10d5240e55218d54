"""`kaozheng standards import`: documents of skill standards into data files, with a report of what is doubtful."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kaozheng.commands.answers import put_json
from kaozheng.commands.refusals import told
from kaozheng.commands.standards.options import Json

if TYPE_CHECKING:  # loaded by the command that needs it: the program must start fast
    from kaozheng.commands.standards.outcome import Outcome
    from kaozheng.commands.standards.wishes import Wishes

Files = Annotated[list[Path], typer.Argument(help="文档或文件夹。 Documents, or folders of them.", metavar="FILE")]
NewCode = Annotated[str | None, typer.Option("--code", help="标准代码。 The standard's code, such as xb2b.")]
NewEdition = Annotated[str | None, typer.Option("--edition", help="版本，如 2021。 Its edition, such as 2021.")]
Output = Annotated[Path | None, typer.Option(help="写到这里；多份文档时为文件夹。 Write here; a folder if several.")]
Report = Annotated[
    Path | None, typer.Option(help="对照报告网页；多份文档时为文件夹。 The report as a page; a folder if several.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看报告，不保存。 Report only, save nothing.")]
Replace = Annotated[bool, typer.Option("--replace", help="替换已存的同一版本。 Replace this edition if it is stored.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="有存疑则不保存，退出码 3。 With doubts save nothing, status 3.")
]


def import_files(  # noqa: PLR0913 - one argument per option of the command
    files: Files,
    *,
    code: NewCode = None,
    edition: NewEdition = None,
    output: Output = None,
    report: Report = None,
    dry_run: DryRun = False,
    replace: Replace = False,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """导入标准文档（文本、Markdown、HTML、DOCX、PDF）并报告存疑之处。 Import documents and report every doubt."""
    from kaozheng.commands.standards.wishes import Wishes, check_names, documents

    check_names(code, edition)
    wishes = Wishes(
        code=code,
        edition=edition,
        output=output,
        report=report,
        is_dry=dry_run,
        is_replacing=replace,
        is_strict=strict,
    )
    chosen = documents(files)
    is_alone = len(chosen) == 1 and not files[0].is_dir()
    if not is_alone and (code or edition):
        raise typer.BadParameter("--code 和 --edition 只能用于一份文档。 They name one document only.")
    with told(as_json=as_json):
        outcomes = _import_all(chosen, wishes, is_alone=is_alone)
    if as_json:
        named = [{"file": str(outcome.document)} | outcome.as_data() for outcome in outcomes]
        put_json(outcomes[0].as_data() if is_alone else {"files": named})
    else:
        _tell(outcomes, is_alone=is_alone)
    raise typer.Exit(_worst([outcome.status for outcome in outcomes]))


def _import_all(documents: "list[Path]", wishes: "Wishes", *, is_alone: bool) -> "list[Outcome]":
    from rich.console import Console

    from kaozheng.commands.standards import stored
    from kaozheng.commands.standards.outcome import import_one

    if not wishes.is_dry and wishes.output is None:
        stored.prepare()
    catalogue = stored.catalogue()
    outcomes = []
    with Console(stderr=True).status("") as status:  # shows nothing where there is no terminal
        for number, document in enumerate(documents, start=1):
            status.update(f"正在读取 reading {number}/{len(documents)} {document.name}")
            outcomes.append(import_one(document, wishes, catalogue, is_alone=is_alone))
    return outcomes


def _tell(outcomes: "list[Outcome]", *, is_alone: bool) -> None:
    from kaozheng.commands.standards.outcome_text import summary, write_outcome
    from kaozheng.commands.standards.paper import Paper

    paper = Paper()
    for outcome in outcomes:
        write_outcome(paper, outcome)
        paper.line()
    if not is_alone:
        paper.table(summary(outcomes))


def _worst(statuses: list[int]) -> int:
    """Return 1 if any document was refused, else 3 if any was held back for its doubts, else 0."""
    return next((status for status in (1, 3) if status in statuses), 0)
