"""Renders blocks as DOCX: merged cells, numbers typed or given by Word's automatic numbering."""

from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from tests.importing.generator.blocks import Block, Heading, Table
from tests.importing.generator.grid import HEADER
from tests.importing.generator.html import span
from tests.importing.generator.style import Style

_LEVELS = ("%1.", "%1.%2", "%1.%2.%3")
#: Numbers of our lists, beyond those of python-docx's own template.
_FIRST = 90


def write_docx(blocks: list[Block], style: Style, path: Path) -> None:
    """Write the document as DOCX."""
    document = Document()
    tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            _table(document, block, _new_list(document, tables) if style.auto_numbers else None)
        elif isinstance(block, Heading):
            document.add_paragraph().add_run(block.text).bold = True
        else:
            document.add_paragraph(block.text)
    document.save(str(path))


def _table(document, table: Table, number: int | None) -> None:
    """Add a table; a cell that goes on below is merged with what it covers."""
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    grid = [list(row.cells) for row in made.rows]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                last = r + span(table, r, c) - 1
                home = grid[r][c].merge(grid[last][c]) if last > r else grid[r][c]
                _fill(home, cell, None if _is_header(cell) else number, c)


def _is_header(cell: tuple[str, ...]) -> bool:
    return tuple(text.replace(" ", "") for text in cell) in HEADER


def _fill(home: _Cell, texts: tuple[str, ...], number: int | None, depth: int) -> None:
    for n, text in enumerate(texts):
        paragraph = home.paragraphs[0] if n == 0 else home.add_paragraph()
        paragraph.add_run(text)
        if number is not None:
            _number(paragraph, number, depth)


def _number(paragraph: WordParagraph, number: int, depth: int) -> None:
    """Let Word number a paragraph: the number stands nowhere in the text."""
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))


def _new_list(document, number: int) -> int:
    """Add a list of three levels that starts at 1; return its number."""
    made = _FIRST + number
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, text in enumerate(_LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{made}">{levels}</w:abstractNum>'))
    chosen = f'<w:num {nsdecls("w")} w:numId="{made}"><w:abstractNumId w:val="{made}"/></w:num>'
    root.append(parse_xml(chosen))
    return made
