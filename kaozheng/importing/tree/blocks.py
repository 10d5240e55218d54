"""Splits the requirements into the blocks of the levels, by captions, a column that names them, or their order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.captions import Caption, caption_in, caption_text, is_table_title, read_caption
from kaozheng.importing.tree.columns import header_columns, header_words
from kaozheng.importing.tree.numbers import read_number
from kaozheng.importing.wording import level_named, tidy
from shared.standards.codes import LEVELS, LevelName

_AREA_STYLES = ("plain", "chinese")


@dataclass
class Block:
    """The lines under one caption; `level` is None until something tells it."""

    level: LevelName | None = None
    caption: Caption | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def has_items(self) -> bool:
        """Tell whether it holds rows of a table, or numbers that only areas, tasks and requirements have."""
        in_table = any(line.cells is not None and not _opens_table(line) for line in self.lines)
        depths = [len(parts) for line in self.lines for parts in _numbers(line)]
        return in_table or max(depths, default=0) > 1


def blocks_of(lines: Sequence[Line], name: str, ledger: Ledger, titled: LevelName | None = None) -> list[Block]:
    """Return the blocks of the levels in the order of the document; lines before the first one are a block too.

    `titled` is the level that the document's own title names, where it is about one level only.
    """
    blocks = _captioned(lines, name, ledger)
    if titled and len(blocks) == 1:
        blocks[0].level = titled
    return _merged(_levelled(_split(blocks, ledger), ledger))


def _captioned(lines: Sequence[Line], name: str, ledger: Ledger) -> list[Block]:
    """Cut at captions. Those that stand below their tables belong to the block above them."""
    blocks = [Block()]
    header: Line | None = None
    at = 0
    while at < len(lines):
        caption, length = _caption_at(lines, at, name, blocks[-1].caption)
        if caption:
            for line in lines[at : at + length]:
                ledger.use(line, f"level {caption.level}")
            blocks.append(Block(level=caption.level, caption=caption))
        else:
            header = _append(blocks, lines[at], header)
        at += length
    return _below(blocks)


def _caption_at(lines: Sequence[Line], at: int, name: str, within: Caption | None) -> tuple[Caption | None, int]:
    """Return the caption at a place, which may go on over two lines, and how many lines it takes."""
    line = lines[at]
    if caption := read_caption(line, name, within):
        return caption, 1
    text = caption_text(line)
    following = lines[at + 1] if at + 1 < len(lines) else None
    if text and following and following.cells is None and is_table_title(text) and level_named(text) is None:
        whole = caption_in(f"{text}{tidy(following.text)}", line, name, within)
        if whole and read_caption(following, name, within) is None:
            return whole, 2
    return None, 1


def _append(blocks: list[Block], line: Line, header: Line | None) -> Line | None:
    """Append a line; where a header or a cell names a level, a block of it begins. Return the header that holds."""
    level = None
    if line.cells is not None and (columns := header_columns(line.cells)):
        header = line
        level = level_named(" ".join(line.cells)) if "level" not in columns else None
    elif line.cells is not None and header:
        level = _level_in_column(line.cells, header)
    if level and level != blocks[-1].level:
        blocks.append(Block(level=level, lines=[header] if header and header is not line else []))
    blocks[-1].lines.append(line)
    return header


def _level_in_column(cells: Sequence[str], header: Line) -> LevelName | None:
    columns = header_columns(header.cells or ()) or ()
    place = columns.index("level") if "level" in columns else len(cells)
    return level_named(cells[place]) if place < len(cells) else None


def _below(blocks: list[Block]) -> list[Block]:
    """Move captions that follow their tables up: the first block has items but no caption, the last only a caption."""
    captioned = [block for block in blocks if block.caption]
    if not (captioned and blocks[0].has_items and not blocks[-1].has_items and len(blocks) > 1):
        return blocks
    if not all(block.has_items for block in blocks[:-1]):
        return blocks
    for block, following in pairwise(blocks):
        block.level, block.caption = following.level, following.caption
    return blocks[:-1]


def _split(blocks: Sequence[Block], ledger: Ledger) -> list[Block]:
    """Cut a block where its numbers begin again and a level is left that has no caption."""
    told = {block.level for block in blocks if block.level}
    result: list[Block] = []
    for block in blocks:
        parts = _restarts(block, at_tables=bool(told))
        free = [level for level in LEVELS if level not in told]
        if len(parts) < 2 or len(free) < len(parts) - (1 if block.level else 0):  # noqa: PLR2004 - nothing to cut
            result.append(block)
            continue
        result.append(Block(block.level, block.caption, parts[0]))
        result += [Block(lines=part) for part in parts[1:]]
        _doubt_order(parts[1][0], ledger)
    return result


def _restarts(block: Block, *, at_tables: bool) -> list[list[Line]]:
    """Return the lines of a block in parts, each of which begins with the number 1, or with a table that does."""
    parts: list[list[Line]] = [[]]
    numbers = [_numbers(line) for line in block.lines]
    areas = any(len(parts) == 1 for found in numbers for parts in found)
    highest: tuple[int, ...] = ()
    pending = 0
    for line, found in zip(block.lines, numbers, strict=True):
        deepest = max(found, key=len, default=())
        begins = any(set(each) == {1} and (len(each) == 1 or not areas) for each in found)
        if begins and (pending or not at_tables) and _is_lower(deepest, highest, after_header=pending > 0):
            start = len(parts[-1]) - pending
            parts.append(parts[-1][start:])
            del parts[-2][start:]
            highest = ()
        highest = max(highest, deepest)
        parts[-1].append(line)
        pending = pending + 1 if _opens_table(line) else 0
    return parts


def _is_lower(parts: tuple[int, ...], highest: tuple[int, ...], *, after_header: bool) -> bool:
    """Tell whether numbers that had risen to `highest` begin again with `parts`."""
    if len(parts) == 1:
        return highest[:1] > (1,)
    return set(parts) == {1} and (parts < highest or (after_header and parts == highest))


def _numbers(line: Line) -> list[tuple[int, ...]]:
    """Return the numbers of areas, tasks and requirements with which a line's or row's texts begin."""
    texts = line.cells if line.cells is not None else (line.text,)
    found = [number for text in texts if text.strip() and (number := read_number(tidy(text))[0])]
    return [number.parts for number in found if number.is_dotted or number.style in _AREA_STYLES]


def _opens_table(line: Line) -> bool:
    if line.cells is None:
        return header_words(tidy(line.text)) or is_table_title(tidy(line.text))
    return header_columns(line.cells) is not None


def _levelled(blocks: Sequence[Block], ledger: Ledger) -> list[Block]:
    """Give the blocks with items but without a level the levels that are left, from the lowest up."""
    for place, block in enumerate(blocks):
        if block.level or not block.has_items:
            continue
        told = {each.level for each in blocks if each.level}
        below = max((LEVELS.index(each.level) for each in blocks[:place] if each.level), default=-1)
        above = min((LEVELS.index(each.level) for each in blocks[place + 1 :] if each.level), default=len(LEVELS))
        free = [level for level in LEVELS if level not in told]
        chosen = next((level for level in free if below < LEVELS.index(level) < above), None)
        # no level is left between the captions around it: one of them stands in the wrong place
        chosen = chosen or next((each.level for each in (*blocks[place + 1 :], *blocks[:place]) if each.level), None)
        if chosen:
            block.level = chosen
            _doubt_order(block.lines[0], ledger)
    return list(blocks)


def _doubt_order(line: Line, ledger: Ledger) -> None:
    zh = "从这里起没有写明等级，按先后次序归入等级，请核对。"
    english = "No level is named from here on; it was told by the order of the tables. Please check."
    ledger.doubt(line, "level-assumed", zh, english)


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Join blocks of one level: tables go on under a caption that is printed again."""
    merged: list[Block] = []
    for block in blocks:
        known = next((each for each in merged if each.level == block.level and block.level), None)
        if known:
            known.lines += block.lines
            known.caption = known.caption or block.caption
        else:
            merged.append(block)
    return merged
