"""The number of each kind of document in its one form, or what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.document_numbers import read_number
from shared.persons.documents import DocumentType
from shared.persons.words import FAULTS
from tests.shared.persons.numbers import TODAY, whole


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        (DocumentType.RESIDENT_ID, "'330106200102039018", "330106200102039018"),
        (DocumentType.RESIDENT_ID, '="330106200102039026"', "330106200102039026"),
        (DocumentType.RESIDENT_ID, "330106-200102039034", "330106200102039034"),
        (DocumentType.RESIDENT_ID, "33010619960405620×", "33010619960405620X"),
        (DocumentType.RESIDENT_ID, "33010619960405620х", "33010619960405620X"),
        (DocumentType.HMT_RESIDENCE_PERMIT, f" {whole('83000020000101001')} ", whole("83000020000101001")),
        (DocumentType.HK_MACAU_PERMIT, "h12345678（01）", "H1234567801"),
        (DocumentType.TAIWAN_PERMIT, "12345678（02）", "12345678"),
        (DocumentType.TAIWAN_PERMIT, "1234567801(b)", "1234567801(B)"),
        (DocumentType.PERMANENT_RESIDENCE_CARD, "usa 1100 8001 0101", "USA110080010101"),
        (DocumentType.PASSPORT, "e 1234-5678", "E12345678"),
        (DocumentType.PASSPORT, "5E123456", "5E123456"),
        (DocumentType.MILITARY_ID, "军字 第 1234567 号", "军字第1234567号"),
        (DocumentType.MILITARY_ID, "军字№１２３４５６７", "军字第1234567号"),
    ],
)
def test_a_number_has_one_form(kind, written, number):
    assert read_number(kind, written, TODAY) == (number, None, ())


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        (DocumentType.RESIDENT_ID, "", "required"),
        (DocumentType.RESIDENT_ID, "'", "required"),
        (DocumentType.RESIDENT_ID, "3.30106E+17", "scientific_notation"),
        (DocumentType.RESIDENT_ID, "3.3E+17", "scientific_notation"),
        (DocumentType.RESIDENT_ID, "330106200102039019", "wrong_check_digit"),
        (DocumentType.PASSPORT, "1.2E+8", "scientific_notation"),
        (DocumentType.PASSPORT, "ABCDE", "bad_format"),
        (DocumentType.PASSPORT, "E١٢٣٤٥٦٧٨", "bad_format"),
        (DocumentType.HK_MACAU_PERMIT, "H1234567", "bad_format"),
        (DocumentType.TAIWAN_PERMIT, "1234", "bad_format"),
        (DocumentType.MILITARY_ID, "1234567", "bad_military_number"),
        (DocumentType.PERMANENT_RESIDENCE_CARD, "110101200001010010", "unknown_region"),
    ],
)
def test_what_is_wrong_is_named(kind, written, code):
    assert read_number(kind, written, TODAY).fault.code == code


@given(st.text(max_size=30), st.sampled_from(list(DocumentType)))
def test_any_text_gets_a_form_that_is_final_or_a_fault_with_words(text, kind):
    number, fault, _ = read_number(kind, text, TODAY)
    if fault:
        assert fault.code in FAULTS
    else:
        assert read_number(kind, number, TODAY) == (number, None, ())
