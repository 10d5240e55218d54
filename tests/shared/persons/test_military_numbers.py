"""Numbers of the armed forces in one form."""

import pytest

from shared.persons.military_numbers import military_number


@pytest.mark.parametrize(
    "written",
    [
        "军字第1234567号",
        "军字1234567号",
        "军字第1234567",
        "军1234567",
        "军第1234567号",
        "军字第NO1234567号",
        "军官证1234567",
    ],
)
def test_spellings_of_one_number(written):
    assert military_number(written) == "军字第1234567号"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("士字第20001234号", "士字第20001234号"),
        ("武字第00012345号", "武字第00012345号"),
        ("南空字第123456号", "南空字第123456号"),
        ("1234567", None),
        ("军字", None),
        ("军字第12号", None),
        ("军字第1234567号A", None),
    ],
)
def test_other_numbers(written, number):
    assert military_number(written) == number
