"""Tells people how an import went: what was found, what to check and where, what is missing, what to do next."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from kaozheng.commands import refusals
from kaozheng.commands.standards import counts
from kaozheng.commands.standards.outcome import DOUBTED, Outcome
from kaozheng.commands.standards.pages.report_page import grouped
from kaozheng.commands.standards.paper import Paper
from kaozheng.commands.visible import visible
from kaozheng.importing.assemble import Imported
from kaozheng.importing.report import Doubt, Missing

#: Up to so many doubts are told one by one, in the document's order; more are grouped by reason.
_ONE_BY_ONE = 10


def write_outcome(paper: Paper, outcome: Outcome) -> None:
    """Tell all about one document."""
    paper.line(outcome.document.name, style="bold cyan")
    imported = outcome.imported
    if imported is not None:
        standard, report = imported.standard, imported.report
        paper.both(standard.title, f"{standard.code}@{standard.edition}", indent=1, style="bold")
        paper.table(counts.table(standard))
        for finding in counts.besides_levels(report):
            paper.line(f"{finding.what} {finding.what_en}: {finding.count}", indent=1)
        _write_doubts(paper, report.doubts)
        _write_missing(paper, report.missing)
    if outcome.refusal is not None:
        for line in refusals.in_words(outcome.refusal).splitlines():
            words = line.lstrip()
            paper.line(words, indent=(len(line) - len(words)) // 2, style="red")
    if imported is not None:
        _write_saving(paper, outcome, imported)


def _write_doubts(paper: Paper, doubts: Sequence[Doubt]) -> None:
    paper.heading(f"存疑 {len(doubts)} 处", f"{len(doubts)} to check")
    if len(doubts) <= _ONE_BY_ONE:
        for doubt in doubts:
            paper.line(f"{doubt.place} [{doubt.code}]", indent=1, style="yellow")
            paper.line(f"「{doubt.excerpt}」", indent=2)
            paper.below(doubt.reason, doubt.reason_en, indent=2)
        return
    for several in grouped(doubts):
        first = several[0]
        paper.line(f"[{first.code}] × {len(several)}", indent=1, style="yellow")
        paper.below(first.reason, first.reason_en, indent=2)
        for doubt in several:
            paper.line(f"{doubt.place}「{doubt.excerpt}」", indent=2)


def _write_missing(paper: Paper, missing: Sequence[Missing]) -> None:
    if missing:
        paper.heading(f"没有找到 {len(missing)} 项", f"{len(missing)} not found")
    for each in missing:
        paper.line(f"{each.what} {each.what_en} [{each.code}]", indent=1)


def _write_saving(paper: Paper, outcome: Outcome, imported: Imported) -> None:
    report = imported.report
    paper.heading("结果与下一步", "Outcome and what to do next")
    if outcome.report_page:
        paper.line(f"对照报告 report: {outcome.report_page}", indent=1)
    if outcome.status == DOUBTED:
        paper.line("有存疑之处，按 --strict 未保存。 There are doubts; nothing was saved, as --strict asks.", indent=1)
    elif outcome.saved:
        paper.line(f"已保存 saved: {outcome.saved}", indent=1, style="green")
    else:
        paper.line("未保存。 Nothing was saved.", indent=1)
    if report.doubts and not outcome.report_page:
        paper.line(f"对照原文核对 compare with the original: --report {outcome.document.stem}.html", indent=1)
    if outcome.saved and (report.doubts or report.missing):
        paper.line("在已保存的文件中更正，再检查 correct the saved file, then check:", indent=1)
        paper.line("kaozheng standards list", indent=2)
    if outcome.saved:
        paper.line(f"查看 show: kaozheng standards show {imported.standard.code}", indent=1)


def summary(outcomes: Sequence[Outcome]) -> Table:
    """Return one row per document."""
    table = Table()
    for heading in ("文件 file", "标准 standard", "要求 requirements", "存疑 doubts", "缺项 missing", "结果 outcome"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        imported = outcome.imported
        cells: tuple[str, ...] = ("-", "-", "-", "-")
        if imported is not None:
            standard, report = imported.standard, imported.report
            numbers = (len(standard.requirements), len(report.doubts), len(report.missing))
            cells = (f"{standard.code}@{standard.edition}", *map(str, numbers))
        table.add_row(Text(visible(outcome.document.name)), *cells, _word(outcome))
    return table


def _word(outcome: Outcome) -> str:
    if outcome.refusal is not None:
        return f"被拒绝 refused ({outcome.refusal.slug})"
    return "已保存 saved" if outcome.saved else "未保存 not saved"
