"""Numbers read back as they were made, and a slip of the pen is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from services.certificate.domain.numbering import NumberParts, number_of, parse_number

PARTS = st.builds(
    NumberParts,
    series=st.from_regex(r"[A-Z0-9]{2,20}[JMS]", fullmatch=True),
    year=st.integers(2000, 2999),
    serial=st.integers(1, 99_999_999),
)


@given(PARTS)
def test_number_reads_back(parts):
    assert parse_number(number_of(parts)) == parts


@given(PARTS, st.data())
def test_one_wrong_character_is_noticed(parts, data):
    number = number_of(parts)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(lambda c: c != number[place]))
    assert parse_number(number[:place] + wrong + number[place + 1 :]) is None


@given(st.sets(PARTS, min_size=2, max_size=20))
def test_different_parts_give_different_numbers(parts):
    assert len({number_of(each) for each in parts}) == len(parts)
