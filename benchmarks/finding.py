"""What a benchmark found: one table with notes and perhaps a picture, for the terminal and for RESULTS.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a picture: a median with its range, of ours or of somebody else's."""

    name: str
    value: float
    low: float
    high: float
    ours: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Bars beside each other; the file goes to plots/."""

    file: str
    #: Unit, and whether more or less is better.
    axis: str
    bars: Sequence[Bar]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One table, in words of both languages, and what to read in it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    picture: Picture | None = None
    #: The same in numbers, for programs.
    data: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_failure(cls, error: Exception) -> "Finding":
        """Return what to show where a part broke off."""
        return cls(
            title="没有测成 Not measured to the end",
            headings=("原因 reason",),
            rows=[[f"{type(error).__name__}: {error}"[:300]]],
        )

    def show(self, console: Console) -> None:
        """Print it."""
        table = Table(title=self.title, title_justify="left")
        for number, heading in enumerate(self.headings):
            table.add_column(heading, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        console.print(table)
        for note in self.notes:
            console.print(f"  {note}", highlight=False)

    def markdown(self) -> str:
        """Return it for RESULTS.md."""
        lines = [f"### {self.title}", "", _row(self.headings), _row(["---"] + ["---:"] * (len(self.headings) - 1))]
        lines += [_row(row) for row in self.rows]
        lines += ["", *(f"* {note}" for note in self.notes)]
        if self.picture:
            lines += ["", f"![{self.title}](plots/{self.picture.file}.svg)"]
        return "\n".join(lines).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
