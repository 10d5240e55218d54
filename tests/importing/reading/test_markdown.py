import pytest

from tests.importing.reading.building import HEADER, read, rows, texts


def test_pipe_tables_become_rows(tmp_path):
    document = read(
        tmp_path,
        "a.md",
        "## 6 要求\n\n| 工作领域 | 工作任务 | 职业技能要求 |\n|:---|:--:|---:|\n"
        "| 1. 仓库 | 1.1 整理 | 1.1.1 能用 A\\|B。<br>1.1.2 能核对。|\n"
        "| | 1.2 清点 | 1.2.1 能清点。 |\n\n结束\n",
    )
    assert rows(document) == [
        HEADER,
        ("1. 仓库", "1.1 整理", "1.1.1 能用 A|B。\n1.1.2 能核对。"),
        ("", "1.2 清点", "1.2.1 能清点。"),
    ]
    assert [line.number for line in document.lines] == [1, 3, 5, 6, 8]
    assert document.lines[0].text == "## 6 要求"
    assert document.kind == "markdown"


def test_pipes_at_the_ends_may_be_missing(tmp_path):
    document = read(tmp_path, "a.md", "甲 | 乙\n--- | ---\n1 | 2\n | 3\n\n4 | 5\n")
    assert rows(document) == [("甲", "乙"), ("1", "2"), ("", "3")]
    assert texts(document)[-1] == "4 | 5"


def test_rows_with_bars_at_both_ends_need_no_alignment_row(tmp_path):
    assert rows(read(tmp_path, "a.txt", "| 甲 | 乙 |\n| 1 | 2 |\n")) == [("甲", "乙"), ("1", "2")]


def test_a_row_that_closes_some_lines_further_down_is_one_row(tmp_path):
    document = read(tmp_path, "a.md", "| 甲 | 乙 |\n|---|---|\n| 1 | 1.1.1 能。\n1.1.2 会。 |\n| 2 | x |\n")
    assert rows(document) == [("甲", "乙"), ("1", "1.1.1 能。\n1.1.2 会。"), ("2", "x")]


def test_code_fences_are_plain_lines(tmp_path):
    assert texts(read(tmp_path, "a.md", "```markdown\n# 1 范围\n```\n")) == ["```markdown", "# 1 范围", "```"]


GRID = """\
+----------+----------+------------------+
| 工作领域 | 工作任务 | 职业技能要求     |
+==========+==========+==================+
| 1. 仓库  | 1.1 整理 | 1.1.1 能整理     |
| 管理     |          | 货架。           |
|          |          |                  |
|          |          | 1.1.2 能核对。   |
|          +----------+------------------+
|          | 1.2 清点 | 1.2.1 能清点。   |
+----------+----------+------------------+
| 2. 运输 1+1         | 2.1.1 能运输。   |
+---------------------+------------------+
"""


def test_grid_tables_become_rows_with_merged_cells(tmp_path):
    document = read(tmp_path, "a.md", GRID)
    assert rows(document) == [
        HEADER,
        ("1. 仓库管理", "1.1 整理", "1.1.1 能整理货架。\n1.1.2 能核对。"),
        ("", "1.2 清点", "1.2.1 能清点。"),
        ("2. 运输 1+1", "", "2.1.1 能运输。"),
    ]
    assert [line.number for line in document.lines] == [2, 4, 9, 11]


def test_a_grid_whose_bars_do_not_meet_stays_text(tmp_path):
    assert rows(read(tmp_path, "a.md", "+---+---+\n| a very long cell | b\n+---+---+\n")) == []


SIMPLE = """\
  工作领域   工作任务   职业技能要求
  ---------- ---------- ----------------
  1. 仓库    1.1 整理   1.1.1 能整理。
             1.2 清点   1.2.1 能清点。

后文
"""
MULTILINE = """\
  ---------------------------------------
  工作领域   工作任务   职业技能要求
  ---------- ---------- -----------------
  1. 仓库    1.1 整理   1.1.1 能整理
  管理                  货架。

             1.2 清点   1.2.1 能清点。
  ---------------------------------------
"""


@pytest.mark.parametrize(
    ("table", "first"),
    [
        (SIMPLE, ("1. 仓库", "1.1 整理", "1.1.1 能整理。")),
        (MULTILINE, ("1. 仓库管理", "1.1 整理", "1.1.1 能整理货架。")),
    ],
)
def test_tables_of_dashes_become_rows(tmp_path, table, first):
    assert rows(read(tmp_path, "a.md", table)) == [HEADER, first, ("", "1.2 清点", "1.2.1 能清点。")]


def test_a_rule_of_dashes_is_no_table(tmp_path):
    assert texts(read(tmp_path, "a.md", "一\n\n----------\n\n二")) == ["一", "----------", "二"]
