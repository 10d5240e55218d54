"""The requirements of one level as a table, cut by pages, or as lines."""

from collections.abc import Iterator

from tests.importing.generator.blocks import Block, Cell, Heading, Line, Paragraph, Table
from tests.importing.generator.known import Known, KnownArea, KnownLevel
from tests.importing.generator.style import TABLES, Style

HEADER: tuple[Cell, ...] = (("工作领域",), ("工作任务",), ("职业技能要求",))
Row = tuple[Cell, ...]


def requirements(known: Known, level: KnownLevel, style: Style) -> Iterator[Block]:
    """Yield the requirements of a level in the form that the style asks for."""
    if style.form in TABLES or style.form == "columns":
        rows = [row for a, area in enumerate(level.areas, 1) for row in _area_rows(a, area, style)]
        yield from _pages(known, rows, style)
    elif style.form == "headings":
        yield from _headed(level, style)
    else:
        if style.header != "missing":
            yield from (Line(cell[0]) for cell in HEADER if cell)
        yield from (Paragraph(block.text) for block in _headed(level, style))


def _headed(level: KnownLevel, style: Style) -> Iterator[Heading | Paragraph]:
    for a, area in enumerate(level.areas, 1):
        yield Heading(style.area(a, area.title), 3)
        for t, task in enumerate(area.tasks, 1):
            yield Heading(style.task(f"{a}.{t}", task.title), 4)
            for r, words in enumerate(task.requirements, 1):
                yield Paragraph(style.requirement(f"{a}.{t}.{r}", words))


def _area_rows(a: int, area: KnownArea, style: Style) -> Iterator[Row]:
    """Yield the rows of one area; merged cells are given once."""
    area_cell: Cell = (style.area(a, area.title),)
    if style.cells == "vertical":
        area_cell = _vertical(style.area(a, area.title))
    for t, task in enumerate(area.tasks, 1):
        task_cell: Cell = (style.task(f"{a}.{t}", task.title),)
        words = [style.requirement(f"{a}.{t}.{r}", each) for r, each in enumerate(task.requirements, 1)]
        groups = [tuple(words)] if style.rows == "task" else [(each,) for each in words]
        for g, group in enumerate(groups):
            if style.cells == "repeated":
                yield area_cell, task_cell, group
            else:
                yield area_cell if t == 1 and g == 0 else None, task_cell if g == 0 else None, group


def _vertical(title: str) -> tuple[str, ...]:
    """Return a title as narrow cells have it: one character to a line, Latin words whole."""
    pieces: list[str] = []
    for letter in title:
        if pieces and letter.isascii() and pieces[-1].isascii() and letter != " " and pieces[-1] != " ":
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return tuple(piece for piece in pieces if piece != " ")


def _pages(known: Known, rows: list[Row], style: Style) -> Iterator[Block]:
    """Yield tables page by page; a page ends in the middle of the last requirement of its last row."""
    header = [] if style.header == "missing" else [HEADER]
    page = list(header)
    for number, row in enumerate(rows, 1):
        halves = _cut(row) if style.page_rows and number % style.page_rows == 0 else None
        page.append(halves[0] if halves else row)
        if halves:
            yield Table(tuple(page))
            yield from (Line(f"{number}"), Line(known.title))
            page = [*(header if style.header == "repeated" else []), halves[1]]
    yield Table(tuple(page))


def _cut(row: Row) -> tuple[Row, Row] | None:
    """Return a row up to the end of its page, and the rest, in whose first cells nothing stands."""
    words = row[2]
    assert words
    places = [at for at in range(6, len(words[-1]) - 4) if _is_word(words[-1][at - 1 : at + 1])]
    if not places:
        return None
    at = places[len(places) // 2]
    return (*row[:2], (*words[:-1], words[-1][:at])), ((), (), (words[-1][at:],))


def _is_word(pair: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in pair)
