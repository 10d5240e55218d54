"""What a benchmark found: one table with notes, for the terminal and for RESULTS.md."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One table, in words of both languages, and what to read in it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def show(self, console: Console) -> None:
        """Print it."""
        table = Table(title=self.title, title_justify="left")
        for number, heading in enumerate(self.headings):
            table.add_column(heading, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        console.print(table)
        for note in self.notes:
            console.print(f"  {note}")

    def markdown(self) -> str:
        """Return it for RESULTS.md."""
        lines = [f"## {self.title}", "", _row(self.headings), _row(["---"] + ["---:"] * (len(self.headings) - 1))]
        lines += [_row(row) for row in self.rows]
        lines += ["", *(f"* {note}" for note in self.notes)]
        return "\n".join(lines).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
