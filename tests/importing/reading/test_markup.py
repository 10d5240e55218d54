import pytest

from kaozheng.importing.errors import Unreadable
from tests.importing.reading.building import HEADER, read, rows, texts

ONE_LINE = (
    "<table><tr><td>工作领域</td><td>工作任务</td><td>职业技能要求</td></tr>"
    '<tr><td rowspan="2">1. 仓库</td><td>1.1 整理</td><td>1.1.1 能整理。<br>1.1.2 能核对。</td></tr>'
    "<tr><td>1.2 清点</td><td>1.2.1 能清点。</td></tr>"
    '<tr><td colspan="2">2. 运输</td><td>2.1.1 能运输。</td></tr></table>'
)
SAID = [
    HEADER,
    ("1. 仓库", "1.1 整理", "1.1.1 能整理。\n1.1.2 能核对。"),
    ("", "1.2 清点", "1.2.1 能清点。"),
    ("2. 运输", "", "2.1.1 能运输。"),
]


def test_a_table_on_one_line_gives_rows_whose_numbers_count_on(tmp_path):
    document = read(tmp_path, "a.md", f"# 要求\n\n表 1 初级 {ONE_LINE} 完\n中级\n\n\n\n\n\n高级")
    assert rows(document) == SAID
    assert [line.number for line in document.lines] == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert [line.source_line for line in document.lines] == [None, None, 3, 3, 3, 3, 3, 4, None]
    assert texts(document)[1] == "表 1 初级"
    assert texts(document)[6:] == ["完", "中级", "高级"]
    assert document.lines[4].place == "第 3 行 line 3"


def test_a_table_over_many_lines_gives_rows_where_they_begin(tmp_path):
    document = read(tmp_path, "a.txt", "前\n" + ONE_LINE.replace("<tr>", "\n<tr>").replace("<td>", "\n<td>") + "\n后")
    assert rows(document) == SAID
    assert [line.number for line in document.lines] == [1, 3, 7, 10, 13, 15]


def test_cells_and_rows_need_not_be_closed(tmp_path):
    document = read(
        tmp_path, "a.txt", "<table border=1><tr><td rowspan=2>一<td>二<tr><td>三\n<tr><td>四<td>五\n</table>\n后"
    )
    assert rows(document) == [("一", "二"), ("", "三"), ("四", "五")]
    assert texts(document)[-1] == "后"


def test_a_table_that_is_never_closed_ends_with_its_last_row(tmp_path):
    document = read(
        tmp_path, "a.txt", "<table><tr><td>一</td><td>二</td></tr>\n后\n<table><tr><td>三</td><td>四</td></tr></table>"
    )
    assert rows(document) == [("一", "二"), ("三", "四")]
    assert document.lines[1].text == "后"
    assert [line.table for line in document.lines] == [1, None, 2]


def test_text_between_cells_is_not_lost(tmp_path):
    document = read(
        tmp_path, "a.txt", "<table>甲<tr>乙<td>一</td><td>二</td></tr>丙<caption>表 1</caption><p>丁</p></table>"
    )
    assert set("甲乙丙丁表一二") <= set("".join(texts(document)))


def test_spans_end_with_the_last_column_that_a_cell_begins_in(tmp_path):
    table = '<table><tr><td colspan="1000000">题</td></tr>'
    table += '<tr><td rowspan="99999">一</td><td>二</td></tr><tr><td>三</td></tr></table>'
    assert rows(read(tmp_path, "a.txt", table)) == [("题", ""), ("一", "二"), ("", "三")]


def test_a_table_inside_a_text_file_that_begins_with_html_is_still_text(tmp_path):
    document = read(
        tmp_path, "a.md", f"<html><body>{ONE_LINE}</body></html>\n\n# 7 附\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert rows(document) == [*SAID, ("a", "b"), ("1", "2")]


PAGE = f"""<!DOCTYPE html><html><head><title>标题</title><style>p {{ color: red }}</style></head><body>
<nav><a href="/">首页</a></nav><div role="navigation">导航</div>
<h1>1 范围</h1><p>本标准规定了
仓库的等级。</p><p style="display:none">隐藏</p>
<ol start="3"><li>第三</li><li>第四</li></ol>
<table><tr><td><div>版面</div>{ONE_LINE}</td></tr></table>
<script>var x = "<p>脚本</p>";</script><footer>页脚</footer>尾</body></html>"""


def test_a_page_gives_what_a_reader_of_it_sees(tmp_path):
    document = read(tmp_path, "a.html", PAGE)
    assert document.kind == "html"
    assert rows(document) == SAID
    assert [text for text, line in zip(texts(document), document.lines, strict=True) if line.cells is None] == [
        "1 范围", "本标准规定了 仓库的等级。", "3. 第三", "4. 第四", "版面", "尾",
    ]  # fmt: skip


def test_a_page_is_known_by_its_content(tmp_path):
    assert read(tmp_path, "标准.doc", PAGE).kind == "html"


def test_a_frame_of_one_column_is_no_table(tmp_path):
    document = read(tmp_path, "a.html", "<table><tr><td><p>一</p><p>二</p></td></tr></table>")
    assert texts(document) == ["一", "二"]
    assert rows(document) == []


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 5000 + "深",
        "<html>" + "<table><tr><td>" * 3000 + "深",
        "<html><table>" + "<tr><td rowspan=2000 colspan=64>一" * 4000,
        "<html><table><tr>" + "<td>一" * 100,
        "<html><body></body></html>",
    ],
)
def test_a_page_beyond_all_measure_is_refused(tmp_path, page):
    with pytest.raises(Unreadable):
        read(tmp_path, "a.html", page)


def test_entities_of_a_page_are_not_fetched(tmp_path):
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;一</body></html>'
    assert "root" not in "".join(texts(read(tmp_path, "a.html", page)))
