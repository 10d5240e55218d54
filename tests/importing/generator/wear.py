"""What copying and scanning do to any text: stray spaces, other punctuation."""

from random import Random

from tests.importing.generator.blocks import Block, Cell, Line, Table
from tests.importing.generator.style import Style

_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")


def worn(blocks: list[Block], style: Style) -> list[Block]:
    """Return the blocks as they look after much handling."""
    return [_worn(block, style) for block in blocks]


def _worn(block: Block, style: Style) -> Block:
    if isinstance(block, Table):
        return Table(tuple(tuple(_worn_cell(cell, style) for cell in row) for row in block.rows))
    return type(block)(**{**vars(block), "text": _worn_text(block.text, style, spaces=not isinstance(block, Line))})


def _worn_cell(cell: Cell, style: Style) -> Cell:
    return cell and tuple(_worn_text(text, style, spaces=True) for text in cell)


def _worn_text(text: str, style: Style, *, spaces: bool) -> str:
    if style.half_width:
        text = text.translate(_HALF_WIDTH)
    if not (style.stray_spaces and spaces):
        return text
    random = Random(text)
    pairs = zip(text, f"{text[1:]} ", strict=True)
    return "".join(
        f"{letter} " if _stray(letter, after) and random.random() < 0.15 else letter for letter, after in pairs
    )


def _stray(letter: str, after: str) -> bool:
    return all("\u4e00" <= each <= "\u9fff" for each in (letter, after))
