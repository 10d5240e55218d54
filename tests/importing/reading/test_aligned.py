"""Tables that spaces alone draw, as `pdftotext -layout` prints them."""

from tests.importing.reading.building import HEADER, read, rows, texts

_HEAD = "   工作领域            工作任务                          职业技能要求\n"


def test_cells_centred_beside_their_requirements_find_them_by_number(tmp_path):
    document = read(
        tmp_path,
        "a.txt",
        f"表 1 要求（初级）\n{_HEAD}"
        "                                       1.1.1 能清点货架。\n"
        "                 1.1 整理              1.1.2 能核对数量，使用 Vue.js\n"
        "1. 仓库                                2.6.12 记录。\n"
        "                                       1.2.1 能按月\n"
        "管理             1.2 盘点              盘点。\n\n"
        "                                                       4\n"
        f"{_HEAD}"
        "2. 配送          2.1 装车              2.1.1 能装车。\n"
        "参考文献\n",
    )
    assert rows(document) == [
        HEADER,
        ("1. 仓库管理", "1.1 整理", "1.1.1 能清点货架。"),
        ("", "", "1.1.2 能核对数量，使用 Vue.js 2.6.12 记录。"),
        ("", "1.2 盘点", "1.2.1 能按月盘点。"),
        HEADER,
        ("2. 配送", "2.1 装车", "2.1.1 能装车。"),
    ]
    assert texts(document)[0] == "表 1 要求（初级）"
    assert [text for text in texts(document) if text in ("4", "参考文献")] == ["4", "参考文献"]


def test_columns_without_numbers_stay_lines(tmp_path):
    document = read(tmp_path, "a.txt", f"{_HEAD}仓库             整理                  能清点货架。\n")
    assert rows(document) == []
    assert "能清点货架。" in texts(document)[1]
