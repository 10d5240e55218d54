"""What names the same thing twice is found."""

from shared.text.repeats import repeated


def test_only_the_later_ones_are_told():
    assert repeated(["101", "102", "101 ", "１０１", "103", "Ａ1", "a1"]) == [2, 3, 6]


def test_nothing_twice():
    assert repeated([]) == []
    assert repeated(["101", "10 1", "1 01"]) == []
