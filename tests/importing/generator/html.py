"""A table as HTML, with merged cells; pretty or all on one line, as text recognition gives it."""

from html import escape

from tests.importing.generator.blocks import Table
from tests.importing.generator.style import Style


def html_table(table: Table, style: Style) -> str:
    """Return the table; a cell that goes on over several rows is given once, with its rowspan."""
    joint, paragraph = ("", "{}") if style.form == "html-line" else ("\n", "<p>{}</p>")
    rows: list[str] = ["<table>"]
    for number, row in enumerate(table.rows):
        cells = [
            _cell(cell, span(table, number, column), paragraph) for column, cell in enumerate(row) if cell is not None
        ]
        rows.append(joint.join(["<tr>", *cells, "</tr>"]))
    return joint.join([*rows, "</table>"])


def span(table: Table, number: int, column: int) -> int:
    """Return over how many rows a cell goes."""
    rows = 1
    while number + rows < len(table.rows) and table.rows[number + rows][column] is None:
        rows += 1
    return rows


def _cell(cell: tuple[str, ...], rows: int, paragraph: str) -> str:
    words = "".join(paragraph.format(escape(text)) for text in cell) if len(cell) > 1 else escape("".join(cell))
    merged = f' rowspan="{rows}"' if rows > 1 else ""
    return f"<td{merged}>{words}</td>"
