"""Marks that keep a value as text in a spreadsheet are no part of it."""

import pytest

from shared.text.spreadsheet import unforced


@pytest.mark.parametrize(
    "cell", ["'2024001", '="2024001"', "=2024001", '"2024001"', "＇2024001", "’2024001", '\'="2024001"', " '2024001 "]
)
def test_marks_are_taken_off(cell):
    assert unforced(cell) == "2024001"


@pytest.mark.parametrize("cell", ["", "2024001", "O'Neill", "a=b", "电商"])
def test_other_values_stay(cell):
    assert unforced(cell) == cell


@pytest.mark.parametrize("cell", ["'", "=", '="', '=""', '"', '""', "''"])
def test_marks_around_nothing_are_no_error(cell):
    assert len(unforced(cell)) <= len(cell)
