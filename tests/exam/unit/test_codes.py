"""Codes in bulk: each of its own, all readable."""

from services.exam.application.codes import random_codes
from shared.ids import READABLE


def test_each_code_is_of_its_own_and_readable() -> None:
    codes = random_codes(5_000)
    assert len(codes) == len(set(codes)) == 5_000
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) == set(READABLE)
    assert random_codes(0) == []
