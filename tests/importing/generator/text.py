"""Renders blocks as text: with tabs, HTML paragraphs, Markdown pipes, plain or wrapped lines, columns."""

from collections.abc import Iterator

from tests.importing.generator.blocks import Block, Cell, Heading, Line, Table
from tests.importing.generator.columns import in_columns
from tests.importing.generator.html import html_table
from tests.importing.generator.style import Style
from tests.importing.generator.wrapping import wrap


def render_text(blocks: list[Block], style: Style) -> str:
    """Return the document as one text."""
    gap = "\n" * (style.blank_lines + 1)
    return gap.join(line for block in blocks for line in _lines(block, style)) + "\n"


def _lines(block: Block, style: Style) -> Iterator[str]:
    if isinstance(block, Table):
        yield _table(block, style)
    elif isinstance(block, Heading):
        yield from _heading(block, style)
    elif isinstance(block, Line) or style.form not in ("wrapped", "columns"):
        yield block.text
    else:
        yield from wrap(block.text, style.width)


def _heading(block: Heading, style: Style) -> Iterator[str]:
    text = f"**{block.text}**" if style.bold else block.text
    if style.headings == "hashes":
        yield f"{'#' * (block.depth + 1)} {text}"
    else:
        yield text


def _table(table: Table, style: Style) -> str:
    match style.form:
        case "html" | "html-line":
            return html_table(table, style)
        case "columns":
            return "\n".join(in_columns(table))
        case "pipes":
            first, *rows = [f"| {' | '.join(_cell(cell, '<br>') for cell in row)} |" for row in table.rows]
            return "\n".join([first, "| --- | --- | --- |", *rows])
        case "tabs-p":
            return "\n".join("\t".join(_paragraphs(cell) for cell in row) for row in table.rows)
        case _:
            return "\n".join("\t".join(_cell(cell, " ") for cell in row) for row in table.rows)


def _cell(cell: Cell, joint: str) -> str:
    return joint.join(cell or ())


def _paragraphs(cell: Cell) -> str:
    if cell and len(cell) > 1:
        return "".join(f"<p>{text}</p>" for text in cell)
    return _cell(cell, "")
