"""Faults in the numbering of the source: position decides, and every other number that was printed is doubted."""

import pytest

from tests.importing.tree.documents import doubts, read, tree

HEADER = "初级\n工作领域|工作任务|职业技能要求\n"


@pytest.mark.parametrize(
    ("rows", "clauses", "codes"),
    [
        ("1. 甲|1.1 乙|1.1.1 能播种。¶1.1.2 能浇水。¶1.1.2 能除草。", ["1.1.1", "1.1.2", "1.1.3"], ["number-wrong"]),
        (
            "1. 甲|1.1 乙|1.1.1 能播种。¶1.1.2 能浇水。¶1.1.2 能除草。¶1.1.3 能施肥。",
            ["1.1.1", "1.1.2", "1.1.2-2", "1.1.3"],
            ["number-wrong"],
        ),
        ("1. 甲|1.1 乙|1.1.1 能播种。¶2.1.1 能浇水。", ["1.1.1", "1.1.2"], ["number-wrong"]),
        ("1. 甲|1.1 乙|1.1.1 能播种。¶1.1.3 能浇水。", ["1.1.1", "1.1.3"], ["number-gap"]),
        (
            "1. 甲|1.1 乙|1.1.1 能播种。\n2. 丙|1.1 丁|1.1.1 能浇水。",
            ["1.1.1", "2.1.1"],
            ["number-wrong", "number-wrong"],
        ),
        (
            "1. 甲|1.1 乙|1.1.1 能播种。\n1. 丙|2.1 丁|2.1.1 能浇水。",
            ["1.1.1", "2.1.1"],
            ["number-wrong"],
        ),
        ("1. 甲|1.1 乙|1.1.1 能播种。\n3. 丙|3.1 丁|3.1.1 能浇水。", ["1.1.1", "3.1.1"], ["number-gap"]),
    ],
    ids=["twice", "twice, next taken", "other task's", "gap", "old prefix", "area twice", "area missing"],
)
def test_every_requirement_stays_where_it_stands(rows: str, clauses: list[str], codes: list[str]):
    imported = read(HEADER + rows)
    assert [each.clause for each in imported.standard.requirements] == clauses
    assert doubts(imported) == codes
    assert [each.code for each in imported.standard.requirements] == [f"made:junior:{clause}" for clause in clauses]


def test_a_missing_title_is_told_by_the_numbers_below_it():
    imported = read("初级\n1. 甲\n1.1 乙\n1.1.1 能播种。\n2.1.1 能浇水。\n2.1.2 能除草。")
    assert [each.clause for each in imported.standard.requirements] == ["1.1.1", "2.1.1", "2.1.2"]
    assert doubts(imported) == ["title-missing", "title-missing"]


def test_a_requirement_without_number_among_numbered_ones_is_joined_or_doubted():
    imported = read(HEADER + "1. 甲|1.1 乙|1.1.1 能播种。\n||能浇水。\n||1.1.2 能除草。")
    assert tree(imported)[2:] == ["j 1.1.1 能播种。能浇水。", "j 1.1.2 能除草。"]
    assert doubts(imported) == ["number-missing"]


def test_a_number_that_became_nothing_is_doubted():
    imported = read(HEADER + "1. 甲|1.1 乙|1.1.1 能播种。\n参考文献|见|1.1.9 附注")
    assert "1.1.9" in "".join(tree(imported)) + "".join(doubt.reason for doubt in imported.report.doubts)


def test_a_number_without_words_is_kept_as_incomplete():
    imported = read(HEADER + "1. 甲|1.1 乙|1.1.1 能播种。¶1.1.2")
    assert [each.complete for each in imported.standard.requirements] == [True, False]
    assert not imported.standard.level("junior").units[0].complete
    assert doubts(imported) == ["requirement-empty"]


def test_where_the_source_breaks_off_the_last_requirement_is_incomplete():
    text = HEADER + "1. 甲|1.1 乙|1.1.1 能播种。¶1.1.2 能浇水。¶1.1.3 能根据土壤的"
    imported = read(text, tail="")
    assert [each.complete for each in imported.standard.requirements] == [True, True, False]
    assert doubts(imported) == ["source-breaks-off"]
    assert all(each.complete for each in read(text).standard.requirements)
