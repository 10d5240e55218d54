"""A spreadsheet keeps fifteen digits."""

import pytest

from shared.persons.truncation import looks_truncated


@pytest.mark.parametrize(
    ("number", "suspicious"),
    [
        ("330106200102040000", True),
        ("330106200102120000", True),
        ("330106200102091000", True),
        ("330106200102091200", False),
        ("33010620010209100X", False),
        ("33010620010209100", False),
        ("E12345000", False),
    ],
)
def test_three_zeros_at_the_end_are_suspicious(number, suspicious):
    assert looks_truncated(number) is suspicious
