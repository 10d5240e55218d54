"""GB 11643 numbers: the check character catches what typists do."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain import identity
from services.registration.domain.identity import DocumentType

TODAY = date(2026, 11, 22)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


def number_of(born: date, sequence: int) -> str:
    body = f"310115{born:%Y%m%d}{sequence:03d}"
    return body + identity.check_character(body)


NUMBERS = st.builds(number_of, st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))


@given(NUMBERS)
def test_built_numbers_are_good_and_normalising_is_idempotent(number):
    assert identity.number_fault(DocumentType.RESIDENT_ID, number, TODAY) is None
    assert identity.normalise_number(number.translate(FULL_WIDTH)) == number
    assert identity.normalise_number(number) == number


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number, place, shift):
    digit = str((int(number[place]) + shift) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    assert identity.number_fault(DocumentType.RESIDENT_ID, wrong, TODAY) is not None


@given(NUMBERS, st.integers(0, 15))
def test_two_swapped_digits_are_always_refused(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert identity.number_fault(DocumentType.RESIDENT_ID, swapped, TODAY) is not None


@given(st.text(max_size=30), st.sampled_from(list(DocumentType)))
def test_any_text_gets_an_answer(text, kind):
    fault = identity.number_fault(kind, identity.normalise_number(text), TODAY)
    assert fault is None or isinstance(fault, str)
