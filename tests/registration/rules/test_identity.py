"""Documents: the vectors of GB 11643, what its check character catches of typing, and the forms of the other types."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain import identity
from services.registration.domain.identity import DocumentType

TODAY = date(2026, 11, 22)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


@pytest.mark.parametrize(
    ("body", "check"),
    [("11010120000101001", "0"), ("54010220080229123", "4"), ("23010319990229001", "8")],
)
def test_check_character_is_iso_7064_mod_11_2(body, check):
    assert identity.check_character(body) == check


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("110101200001010010", None),
        ("540102200802291234", None),
        ("230103199902290018", "impossible_date"),
        ("110101200001010011", "wrong_check_digit"),
        ("110101200013010015", "impossible_date"),
        ("11010118000101001X", "impossible_date"),
        ("110101209901010010", "future_date"),
        ("990101200001010010", "unknown_region"),
        ("11010120000101001", "bad_format"),
        ("1101012000010100100", "bad_format"),
        ("1101012000010100X0", "bad_format"),
    ],
)
def test_resident_number(number, fault):
    assert identity.number_fault(DocumentType.RESIDENT_ID, number, TODAY) == fault


def test_born_today_is_fine_and_tomorrow_is_not():
    today, tomorrow = "11010120261122001", "11010120261123001"
    for body, fault in ((today, None), (tomorrow, "future_date")):
        number = body + identity.check_character(body)
        assert identity.number_fault(DocumentType.RESIDENT_ID, number, TODAY) == fault


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("１１０１０１２００００１０１００１０", "110101200001010010"),
        (" 110101 20000101 0010 ", "110101200001010010"),
        ("11010119900307001x", "11010119900307001X"),
        ("ｘ", "X"),
    ],
)
def test_number_is_normalised(written, normal):
    assert identity.normalise_number(written) == normal


@pytest.mark.parametrize(
    ("kind", "number", "fault"),
    [
        (DocumentType.PASSPORT, "E12345678", None),
        (DocumentType.PASSPORT, "ABCDE", "bad_format"),
        (DocumentType.HK_MACAU_PERMIT, "H12345678", None),
        (DocumentType.HK_MACAU_PERMIT, "H1234567", "bad_format"),
        (DocumentType.HK_MACAU_PERMIT, "M1234567801", None),
        (DocumentType.TAIWAN_PERMIT, "12345678", None),
        (DocumentType.TAIWAN_PERMIT, "1234567890(B)", None),
        (DocumentType.TAIWAN_PERMIT, "1234", "bad_format"),
        (DocumentType.PERMANENT_RESIDENCE_CARD, "USA110080010101", None),
        (DocumentType.PERMANENT_RESIDENCE_CARD, "US1100800101011", "bad_format"),
        (DocumentType.PERMANENT_RESIDENCE_CARD, "110101200001010010", "unknown_region"),
        (DocumentType.HMT_RESIDENCE_PERMIT, "110101200001010010", "unknown_region"),
        (DocumentType.MILITARY_ID, "军字第1234567号", None),
        (DocumentType.MILITARY_ID, "军字", "bad_format"),
        (DocumentType.PASSPORT, "E١٢٣٤٥٦٧٨", "bad_format"),
    ],
)
def test_other_documents_are_checked_by_their_form(kind, number, fault):
    assert identity.number_fault(kind, number, TODAY) == fault


def test_residence_cards_of_the_gb_11643_form_are_checked_in_full():
    for kind, body in (
        (DocumentType.PERMANENT_RESIDENCE_CARD, "91101120000101001"),
        (DocumentType.HMT_RESIDENCE_PERMIT, "81000020000101001"),
    ):
        good = identity.check_character(body)
        assert identity.number_fault(kind, body + good, TODAY) is None
        bad = "0" if good != "0" else "1"
        assert identity.number_fault(kind, body + bad, TODAY) == "wrong_check_digit"


def test_titles_of_schools_are_understood():
    assert identity.document_type_of("身份证") is DocumentType.RESIDENT_ID
    assert identity.document_type_of(" PASSPORT ") is DocumentType.PASSPORT
    assert identity.document_type_of("学生证") is None


def test_one_holder_has_one_key_whatever_the_card_is_called():
    number = "810000199001011238"
    assert identity.holder_key(DocumentType.RESIDENT_ID, number) == identity.holder_key(
        DocumentType.HMT_RESIDENCE_PERMIT, number
    )
    assert identity.holder_key(DocumentType.PASSPORT, "12345678") != identity.holder_key(
        DocumentType.TAIWAN_PERMIT, "12345678"
    )


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
