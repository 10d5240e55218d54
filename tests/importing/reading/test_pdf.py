import logging
from itertools import pairwise

import pytest

from tests.importing.reading.building import HEADER, pdf, read, rows, texts

WIDTHS = "columns: (80pt, 80pt, 1fr)"
HEAD = "[工作领域], [工作任务], [职业技能要求]"
REQUIREMENTS = (
    r"[1.1.1 能按照清单把货物放到规定的位置，并核对数量是否与清单相符。\ 1.1.2 能检查货物是否完好，并且记录缺陷。]"
)
SAID = "1.1.1 能按照清单把货物放到规定的位置，并核对数量是否与清单相符。\n1.1.2 能检查货物是否完好，并且记录缺陷。"
RUNNING = '#set page(header: [示例技能等级标准], footer: context align(center)[#counter(page).display("— 1 —")])\n'


def pages(document) -> list[int | None]:
    return [line.page for line in document.lines]


def test_ruled_tables_become_rows_with_merged_cells(tmp_path):
    source = f"""
= 6 职业技能要求
表 1 要求（初级）
#table({WIDTHS}, {HEAD},
  table.cell(rowspan: 2, align: horizon)[1. 平台操作与运营], [1.1 整理货架], {REQUIREMENTS},
  [1.2 清点], [1.2.1 能填写 Excel 表格。],
  table.cell(colspan: 2)[2. 运输], [2.1.1 能运输。])
后文。
"""
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source))
    assert rows(document) == [
        HEADER,
        ("1. 平台操作与运营", "1.1 整理货架", SAID),
        ("", "1.2 清点", "1.2.1 能填写 Excel 表格。"),
        ("2. 运输", "", "2.1.1 能运输。"),
    ]
    assert texts(document)[:2] == ["6 职业技能要求", "表 1 要求（初级）"]
    assert texts(document)[-1] == "后文。"
    assert [line.number for line in document.lines] == [1, 2, 3, 4, 5, 6, 7]


LONG = "能按照清单把货物放到规定的位置，并且核对数量是否与清单相符，发现差异时说明原因。" * 8


def test_a_table_goes_on_over_a_page_break(tmp_path):
    source = f"""{RUNNING}表 1 要求
#table({WIDTHS}, {HEAD}, [1. 仓库], [1.1 整理], [1.1.1 {LONG}], [2. 运输], [2.1 装车], [2.1.1 能装车。])
表 2 要求
#table({WIDTHS}, {HEAD}, [1. 数据], [1.1 分析], [1.1.1 能分析。])
"""
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source, "width: 420pt, height: 250pt, margin: 40pt"))
    broken, rest = (cells for cells in rows(document)[1:3])
    assert broken[:2] == ("1. 仓库", "1.1 整理")
    assert rest[:2] == ("", "")
    assert broken[2] + rest[2] == f"1.1.1 {LONG}"
    assert rows(document)[3] == ("2. 运输", "2.1 装车", "2.1.1 能装车。")
    assert [line.table for line in document.lines if line.table] == [1, 1, 1, 1, 2, 2]
    assert document.lines[-1].page > 1


def test_a_merged_cell_that_goes_on_over_a_page_break_keeps_its_columns(tmp_path):
    tasks = ", ".join(f"[1.{at} 任务], [1.{at}.1 能做好第{at}项工作。]" for at in range(1, 13))
    source = f"{RUNNING}#table({WIDTHS}, {HEAD}, table.cell(rowspan: 12)[1. 仓库], {tasks})"
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source, "width: 420pt, height: 220pt, margin: 40pt"))
    assert [cells[0] for cells in rows(document)[1:]] == ["1. 仓库", *[""] * 11]
    assert [cells[1] for cells in rows(document)[1:]] == [f"1.{at} 任务" for at in range(1, 13)]
    assert {line.table for line in document.lines if line.cells} == {1}


def source_with(stroke: str) -> str:
    return f"""表 1
#table(stroke: {stroke}, {WIDTHS}, {HEAD}, [1. 仓库], [1.1 整理], {REQUIREMENTS}, [2. 运输], [2.1 装车], [2.1.1 能。])
表 2"""


@pytest.mark.parametrize(
    "stroke",
    [
        "(x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 { 0.5pt } else { none })",  # open at both sides
        "(x, y) => (left: 0.5pt, right: 0.5pt, top: if y > 0 { 0.5pt } else { none })",  # open above
    ],
)
def test_tables_that_lack_outer_lines_are_tables_all_the_same(tmp_path, stroke):
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source_with(stroke)))
    assert rows(document) == [HEADER, ("1. 仓库", "1.1 整理", SAID), ("2. 运输", "2.1 装车", "2.1.1 能。")]
    assert texts(document)[-1] == "表 2"


@pytest.mark.parametrize("stroke", ["none", "(x, y) => (top: if y < 2 { 0.5pt }, bottom: 0.5pt)"])
def test_tables_without_upright_lines_give_a_row_for_each_number(tmp_path, stroke):
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source_with(stroke)))
    first, second = SAID.split("\n")
    assert rows(document) == [
        HEADER,
        ("1. 仓库", "1.1 整理", first),
        ("", "", second),
        ("2. 运输", "2.1 装车", "2.1.1 能。"),
    ]
    assert texts(document)[-1] == "表 2"


def test_titles_in_the_middle_of_their_cells_find_their_requirements(tmp_path):
    requirements = [rf"[1.{task}.1 能整理。\ 1.{task}.2 能核对。\ 1.{task}.3 能记录。]" for task in (1, 2, 3)]
    source = f"""#table(stroke: none, align: horizon, {WIDTHS}, {HEAD}, table.cell(rowspan: 3)[1. 仓库管理与运营],
  [1.1 整理], {requirements[0]}, [1.2 清点货物并且登记], {requirements[1]}, [1.3 盘点], {requirements[2]})"""
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source))
    titles = {
        "1.1.1": ("1. 仓库管理与运营", "1.1 整理"),
        "1.2.1": ("", "1.2 清点货物并且登记"),
        "1.3.1": ("", "1.3 盘点"),
    }
    for area, task, requirement in rows(document)[1:]:
        assert (area, task) == titles.get(requirement[:5], ("", ""))
    assert len(rows(document)) == 10


def test_columns_without_numbers_are_read_as_they_stand(tmp_path):
    source = f"#table(stroke: none, {WIDTHS}, {HEAD}, [仓库], [1.1 整理], [能整理。], [], [1.2 清点], [能清点。])"
    assert rows(read(tmp_path, "a.pdf", pdf(tmp_path, source))) == [
        HEADER,
        ("仓库", "1.1 整理", "能整理。"),
        ("", "1.2 清点", "能清点。"),
    ]


def test_a_table_without_lines_goes_on_over_a_page_break(tmp_path):
    body = ", ".join(f"[{at}. 领域], [{at}.1 任务], [{at}.1.1 能做好第{at}项工作。]" for at in range(1, 13))
    source = f"{RUNNING}#table(stroke: none, align: (center, center, left), {WIDTHS}, {HEAD}, {body})\n参考文献"
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source, "width: 420pt, height: 220pt, margin: 40pt"))
    assert rows(document)[1:] == [
        (f"{at}. 领域", f"{at}.1 任务", f"{at}.1.1 能做好第{at}项工作。") for at in range(1, 13)
    ]
    assert {line.table for line in document.lines if line.cells} == {1}
    assert "参考文献" in texts(document)


def test_a_table_printed_sideways_is_read_upright(tmp_path):
    table = f"table(columns: (80pt, 80pt, 140pt), {HEAD}, [1. 仓库], [1.1 整理], [1.1.1 能整理。])"
    for angle in (90, -90, 180):
        source = f"#rotate({angle}deg, reflow: true, {table})"
        document = read(tmp_path, "a.pdf", pdf(tmp_path, source, "width: 400pt, height: 420pt, margin: 40pt"))
        assert rows(document) == [HEADER, ("1. 仓库", "1.1 整理", "1.1.1 能整理。")]


def test_watermarks_are_left_out(tmp_path):
    source = """
#place(center + horizon, rotate(-45deg, text(60pt)[内部资料]))
#place(center, dy: 60pt, text(40pt, fill: luma(85%))[草稿])
本标准规定了仓库整理的等级。
"""
    assert texts(read(tmp_path, "a.pdf", pdf(tmp_path, source))) == ["本标准规定了仓库整理的等级。"]


def test_spaces_stand_where_people_see_them(tmp_path):
    source = (
        r"#set par(justify: true)"
        "\n跨境电子商务 B2B 数据运营 Data-based Operation 的等级\n\n#text(tracking: 3pt)[前言]"
    )
    said = texts(read(tmp_path, "a.pdf", pdf(tmp_path, source)))
    assert said == ["跨境电子商务 B2B 数据运营 Data-based Operation 的等级", "前言"]


def test_characters_below_each_other_in_a_cell_are_one_text(tmp_path):
    source = r"#table(columns: (40pt, 1fr), align: center + horizon, [仓\ 库\ 管\ 理], [1.1 整理])"
    assert rows(read(tmp_path, "a.pdf", pdf(tmp_path, source))) == [("仓库管理", "1.1 整理")]


def test_a_frame_around_a_page_is_no_table(tmp_path):
    source = "#rect(width: 100%, height: 100%)[一段文字 #table(columns: 2, [甲], [乙])]"
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source))
    assert rows(document) == [("甲", "乙")]
    assert texts(document)[0] == "一段文字"


def test_pages_of_pictures_are_told(tmp_path):
    picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), width: 1pt)"
    source = f"一\n#pagebreak()\n二{picture}\n#pagebreak()\n三"
    document = read(tmp_path, "a.pdf", pdf(tmp_path, source))
    assert document.pages_without_text == ()
    assert pages(document) == [1, 2, 3]


def test_reading_leaves_the_logger_as_it_was(tmp_path):
    logger = logging.getLogger("pdfminer")
    before = logger.level
    document = read(tmp_path, "a.pdf", pdf(tmp_path, "一"))
    assert logger.level == before
    assert all(earlier.number < later.number for earlier, later in pairwise(document.lines))
