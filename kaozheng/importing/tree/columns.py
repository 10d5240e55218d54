"""What each column of a requirement table holds: told by its header, or by what stands in it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from kaozheng.importing.tree.numbers import read_number
from kaozheng.importing.wording import fold

#: `extra` columns hold what the schema has no place for, such as knowledge; a `running` number belongs to the next one.
Column = Literal["area", "task", "requirement", "level", "running", "extra"]
Columns = tuple[Column, ...]

_NAMES: tuple[tuple[re.Pattern[str], Column], ...] = (
    (re.compile(r"(?:职业|工作|核心|主要|岗位|技能|能力)?(?:领域|功能|职业功能|功能模块|模块|范畴|项目)"), "area"),
    (re.compile(r"(?:典型|具体|主要|岗位)?(?:工作|职业)?(?:任务|内容|技能点|技能单元|单元)(?:名称)?"), "task"),
    (
        re.compile(
            r"(?:具体|主要|核心|岗位)?(?:职业|专业|工作)?(?:技能|能力)(?:等级)?(?:要求|标准|描述|点|要求描述|内容)?"
            r"|要求|(?:职业)?技能(?:与|和|及)(?:知识|素养)要求|(?:初级|中级|高级)(?:职业)?技能(?:等级)?要求|任务要求"
        ),
        "requirement",
    ),
    (re.compile(r"(?:职业技能|技能)?(?:等级|级别)"), "level"),
    (re.compile(r"序号|编号|代码|编码|no\.?"), "running"),
    (
        re.compile(
            r"(?:相关|必备|支撑|专业|理论|基础)?知识(?:要求|点)?|(?:职业)?素养(?:要求)?|备注|说明|课时|学时|权重|比重|占比|分值"
            r"|(?:考核|鉴定|评价)(?:点|方式|方法|比重|要点|标准|内容)|工具|参考.{0,6}|对应.{0,8}|职业素质.{0,4}|思政.{0,4}"
        ),
        "extra",
    ),
)
_SHARE_OF_NUMBERS = 0.4
#: No column has a longer name, not even with spaces in it.
_LONGEST = 60


def header_columns(cells: Sequence[str]) -> Columns | None:
    """Return what a header row says of its columns, None if the row is no header."""
    named = [_named(cell) for cell in cells]
    known = [name for name in named if name is not None]
    if len(known) < 2 or len(known) < sum(1 for cell in cells if cell.strip()):  # noqa: PLR2004 - one word is no header
        return None
    if "requirement" not in known and not {"area", "task"} <= set(known):
        return None
    return _settled([name or "extra" for name in named])


def is_header_word(text: str) -> bool:
    """Tell whether a text is nothing but the name of a column."""
    return _named(text) in ("area", "task", "requirement")


def header_words(text: str) -> bool:
    """Tell whether a line without cells is a header: at least two names of columns after each other."""
    folded = fold(text)
    return _HEADER_LINE.fullmatch(folded) is not None


_HEADER_LINE = re.compile(
    r"(?:序号|编号|等级)?(?:工作领域|职业功能|工作范畴|工作模块|工作项目|职业领域|技能模块|职业技能|模块)(?:序号|编号)?"
    r"(?:(?:典型)?工作任务|工作内容|任务)?(?:序号|编号)?"
    r"(?:(?:职业)?技能(?:等级)?要求|职业能力要求|职业技能|能力要求)(?:相关知识.{0,4}|知识要求|备注)?"
    r"|(?:工作任务|工作内容)(?:职业)?技能(?:等级)?要求(?:相关知识.{0,4}|知识要求)?"
)


def _named(cell: str) -> Column | None:
    if len(cell) > _LONGEST:
        return None
    folded = re.sub(r"\(.{0,12}\)$", "", fold(cell))
    return next((column for pattern, column in _NAMES if folded and pattern.fullmatch(folded)), None)


def _settled(columns: list[Column]) -> Columns:
    """Return columns of which only one holds the requirements: the last; what is left of it is an area or a task."""
    places = [place for place, column in enumerate(columns) if column == "requirement"]
    for place in places[:-1]:
        columns[place] = "task" if "area" in columns[:place] else "area"
    if not places:
        columns[_last(columns, "task")] = "requirement"
    for column in ("area", "task"):
        for place in [place for place, each in enumerate(columns) if each == column][1:]:
            columns[place] = "task" if column == "area" and "task" not in columns else "extra"
    return tuple(columns)


def _last(columns: Sequence[Column], wanted: Column) -> int:
    return max(place for place, column in enumerate(columns) if column == wanted)


def guessed_columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return what columns without a header hold, by the numbers and the length of what stands in them."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    cells = [[row[place] for row in rows if len(row) == width and row[place].strip()] for place in range(width)]
    if width < 2 or sum(map(bool, cells)) < 2:  # noqa: PLR2004 - a list is no table
        return None
    depths = [_depth(column) for column in cells]
    by_depth: dict[int, Column] = {1: "area", 2: "task", 3: "requirement"}
    if 3 in depths:  # noqa: PLR2004 - 1.1.1 says requirement
        named = [by_depth.get(depth) for depth in depths]
        return _filled(named, depths.index(3))
    filled = [place for place, column in enumerate(cells) if column]
    if 2 in depths and depths.index(2) < filled[-1]:  # noqa: PLR2004 - 1.1 says task
        return _filled([by_depth.get(depth) if depth > 1 else None for depth in depths], filled[-1])
    longest = max(filled, key=lambda place: sum(map(len, cells[place])))
    if filled == [0, 1, 2]:
        return "area", "task", "requirement"
    return _filled([None] * width, longest) if _reads_like_table(cells, longest) else None


def contradicts(columns: Columns, rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the numbers in a table show that its header is not above the right columns: 1.1.1 below 工作领域."""
    depths = [_depth([row[place] for row in rows if row[place].strip()]) for place in range(len(columns))]
    return depths[columns.index("requirement")] in (1, 2) and 3 in depths  # noqa: PLR2004 - 1.1.1 says requirement


def _filled(named: list[Column | None], requirement: int) -> Columns:
    """Return columns in which those left of the requirements are area and task, as far as they are not known yet."""
    named[requirement] = "requirement"
    wanted: list[Column] = [column for column in ("area", "task") if column not in named]
    free = [place for place in range(requirement) if named[place] is None]
    if len(free) == 1 and len(wanted) == 2 and requirement == 1:  # noqa: PLR2004 - two columns: areas and requirements
        wanted = ["area"]
    for place, column in zip(free[-len(wanted) :] if wanted else [], wanted[-len(free) :], strict=False):
        named[place] = column
    return tuple(column or "extra" for column in named)


def _reads_like_table(cells: Sequence[Sequence[str]], longest: int) -> bool:
    lengths = [sum(map(len, column)) / max(1, len(column)) for column in cells]
    return longest > 0 and lengths[longest] > 2 * max(lengths[:longest])


def _depth(cells: Sequence[str]) -> int:
    """Return the depth of the numbers that most cells of a column begin with, 0 if they begin with none."""
    depths = [number.depth for cell in cells if (number := read_number(cell)[0]) and number.style in _DEEP]
    if not depths or len(depths) < _SHARE_OF_NUMBERS * len(cells):
        return 0
    return Counter(depths).most_common(1)[0][0]


_DEEP = ("dotted", "plain", "bare")
