import pytest

from kaozheng.importing.reading.characters import visible
from tests.importing.reading.building import HEADER, read, rows, texts


def lines(document) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in document.lines]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_keep_the_numbers_of_the_file_when_blank_ones_are_left_out(tmp_path, end):
    document = read(tmp_path, "a.txt", end.join(["前言", "", "　", "1 范围"]))
    assert lines(document) == [(1, "前言"), (4, "1 范围")]


def test_form_feeds_part_pages(tmp_path):
    document = read(tmp_path, "a.txt", "一\n\f二\n三\f四\f")
    assert [(line.number, line.page, line.text) for line in document.lines] == [
        (1, 1, "一"),
        (2, 2, "二"),
        (3, 2, "三"),
        (4, 3, "四"),
    ]
    assert document.lines[3].source_line == 3
    assert document.lines[3].place == "第 3 页 page 3, 第 3 行 line 3"


def test_a_text_without_form_feeds_has_no_pages(tmp_path):
    assert read(tmp_path, "a.txt", "一\n二").lines[1].page is None


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("职\u200b业\ufeff技\u00ad能\u2060", "职业技能"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("前\u3000言\u00a01\u20092", "前 言 1 2"),
        ("a\x0bb\x85c\u2028d", "a b c d"),
        ("⼯作领域 ⻓度 ⺠用", "工作领域 长度 民用"),
        ("\uf0b7 能操作", "• 能操作"),
        ("葛\U000e0100城\ufe0f", "葛城"),
        ("\u202e逆\u202c", "逆"),
    ],
)
def test_characters_are_as_people_see_them(raw, shown):
    assert visible(raw) == shown


def test_rows_parted_by_tabs_are_one_table_over_a_page_break(tmp_path):
    document = read(
        tmp_path,
        "a.txt",
        "表 1 要求（初级）\n\n工作领域\t工作任务\t职业技能要求\n"
        "1. 仓库\t1.1 整理\t<p>1.1.1 能整理&nbsp;货架。</p><p>1.1.2 能核对</p>\n"
        "\n\t\t数量<br/>与批号。\n\t1.2 清点\t1.2.1 能<b>清点</b>。\n\n表 2\n\n工作领域\t工作任务\t职业技能要求\n",
    )
    assert rows(document) == [
        HEADER,
        ("1. 仓库", "1.1 整理", "1.1.1 能整理 货架。\n1.1.2 能核对"),
        ("", "", "数量\n与批号。"),
        ("", "1.2 清点", "1.2.1 能清点。"),
        HEADER,
    ]
    assert [(line.number, line.table) for line in document.lines] == [
        (1, None), (3, 1), (4, 1), (6, 1), (7, 1), (9, None), (11, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "前言.....\t1\n1 范围.....\t2\n参考文献\tIII",
        "1\t范围\t2\n2\t术语\t3",
        "1\t范围",
        "a)\t初级：能整理。\nb)\t中级：能清点。",
        "\t本标准由某协会提出。\n\t本标准由某协会起草。",
        "—\t第一部分",
    ],
)
def test_contents_numbered_headings_and_indents_are_no_tables(tmp_path, text):
    assert rows(read(tmp_path, "a.txt", text)) == []


def test_columns_parted_by_spaces_are_no_cells(tmp_path):
    assert rows(read(tmp_path, "a.txt", "工作领域    工作任务    职业技能要求")) == []


def test_paragraphs_of_a_cell_on_lines_of_their_own_stay_in_its_column(tmp_path):
    document = read(
        tmp_path,
        "a.txt",
        "工作领域\t工作任务\t职业技能要求\n"
        "1. 仓库\t1.1 整理\t1.1.1 能整理。\n1.1.2 能核对\n数量。\n\t1.2 清点\t1.2.1 能清点。\n"
        "1.2.2 能复核。\n参考文献\n",
    )
    assert [line.cells for line in document.lines[2:]] == [
        ("", "", "1.1.2 能核对"),
        ("", "", "数量。"),
        ("", "1.2 清点", "1.2.1 能清点。"),
        ("", "", "1.2.2 能复核。"),
        None,
    ]
    assert {line.table for line in document.lines[:-1]} == {1}


def test_the_header_of_the_next_table_ends_the_cell_before_it(tmp_path):
    table = "工作领域\t工作任务\t职业技能要求\n1. 仓库\t1.1 整理\t1.1.1 能整理。\n"
    document = read(tmp_path, "a.txt", f"{table}中级\n{table}")
    assert document.lines[2].cells is None
    assert document.lines[3].table == 2


def test_many_blank_lines_part_two_tables(tmp_path):
    document = read(tmp_path, "a.txt", "甲\t乙\t丙\n\n\n\n甲\t乙\t丙\n")
    assert [line.table for line in document.lines] == [1, 2]


def test_paragraph_tags_outside_tables_part_lines(tmp_path):
    document = read(tmp_path, "a.txt", "<p>1.1.1 能整理。</p><p>1.1.2 能 &lt; 5 分钟清点。</p>\n若 a<b 则停。")
    assert lines(document) == [(1, "1.1.1 能整理。"), (2, "1.1.2 能 < 5 分钟清点。"), (3, "若 a<b 则停。")]
    assert [line.source_line for line in document.lines] == [None, 1, 2]


def test_pictures_inside_the_text_do_not_count_as_text(tmp_path):
    document = read(tmp_path, "a.md", f"# 1 范围\n![](data:image/png;base64,{'A' * 3_000_000})\n")
    assert texts(document) == ["# 1 范围", "![]()"]
