"""Reads one of our fixture texts as blocks, so that the same document can be printed in other forms."""

from tests.importing.generator.blocks import Block, Cell, Heading, Paragraph, Table


def blocks_of(text: str) -> list[Block]:
    """Return a fixture's blocks: `#` begins a heading, a tab makes a row, all else is a paragraph."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for line in [*text.splitlines(), "end"]:
        if "\t" in line and not line.rstrip()[-1].isdigit():
            rows.append(_row(line, first=not rows))
            continue
        if rows and line.strip():
            blocks.append(Table(tuple(rows)))
            rows = []
        if line.strip():
            bare = line.lstrip("# ").replace("**", "")
            blocks.append(Heading(bare, line.count("#")) if line.startswith("#") else Paragraph(bare))
    return blocks[:-1]


def _row(line: str, *, first: bool) -> tuple[Cell, ...]:
    """Return the cells of a row; an empty one goes on from above, but for a row that begins a page."""
    cells = [tuple(part.strip() for part in cell.split("</p>") if part.strip()) for cell in line.split("\t")]
    bare = [tuple(part.removeprefix("<p>").strip() for part in cell) for cell in cells]
    return tuple(cell if cell or first or not any(bare[:2]) else None for cell in bare)
