"""One holder, one key: whatever the spelling, the issue or the name of the card; another holder, another key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.document_numbers import read_number
from shared.persons.documents import DocumentType
from shared.persons.holders import holder_key
from tests.shared.persons.numbers import NUMBERS, TODAY, whole

PERMIT = whole("81000020000101001")
EIGHT = st.from_regex(r"[0-9]{8}", fullmatch=True)
#: Ways to write a number that change nothing.
WAYS = (
    str,
    str.lower,
    lambda number: f" {number} ",
    lambda number: f"'{number}",
    lambda number: f'="{number}"',
    lambda number: "-".join([number[:4], number[4:]]),
    " ".join,
    lambda number: number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    lambda number: f"\u202d{number}\u202c",
)


def key(kind: DocumentType, written: str, issuer: str | None = None) -> str:
    number, fault, _ = read_number(kind, written, TODAY)
    assert fault is None
    return holder_key(kind, number, issuer)


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (DocumentType.HK_MACAU_PERMIT, ["H12345678", "h12345678", "H1234567801", "H12345678(02)", "H12345678 03"]),
        (DocumentType.HK_MACAU_PERMIT, ["HA1234567", "HA123456701"]),
        (
            DocumentType.TAIWAN_PERMIT,
            ["12345678", "12345678(01)", "12345678（02）", "1234567803", "1234567803(B)", "1234567804B"],
        ),
        (DocumentType.MILITARY_ID, ["军字第1234567号", "军 1234567", "军字第 1234567 号"]),
        (DocumentType.PERMANENT_RESIDENCE_CARD, ["USA110080010101", "usa-110080010101"]),
    ],
)
def test_spellings_and_issues_of_one_document_are_one_holder(kind, spellings):
    assert len({key(kind, written) for written in spellings}) == 1


def test_numbers_of_gb_11643_are_one_family():
    assert holder_key(DocumentType.RESIDENT_ID, PERMIT) == holder_key(DocumentType.HMT_RESIDENCE_PERMIT, PERMIT)


def test_a_passport_is_its_states():
    keys = {holder_key(DocumentType.PASSPORT, "E12345678", issuer) for issuer in ("CHN", "KOR", None)}
    assert len(keys) == 3


def test_kinds_do_not_share_numbers():
    assert key(DocumentType.PASSPORT, "12345678") != key(DocumentType.TAIWAN_PERMIT, "12345678")
    assert holder_key(DocumentType.PASSPORT, PERMIT[:15]) != holder_key(
        DocumentType.PERMANENT_RESIDENCE_CARD, PERMIT[:15]
    )


@given(NUMBERS, NUMBERS, st.sampled_from(WAYS), st.sampled_from(WAYS))
def test_one_resident_has_one_key_and_another_another(one, other, first_way, second_way):
    first, second = key(DocumentType.RESIDENT_ID, first_way(one)), key(DocumentType.RESIDENT_ID, second_way(other))
    assert key(DocumentType.RESIDENT_ID, second_way(one)) == first
    assert (first == second) == (one == other)


@given(EIGHT, EIGHT, st.sampled_from(WAYS), st.integers(0, 99))
def test_one_traveller_has_one_key_and_another_another(one, other, way, renewals):
    first = key(DocumentType.HK_MACAU_PERMIT, way(f"H{one}"))
    assert key(DocumentType.HK_MACAU_PERMIT, way(f"H{one}{renewals:02d}")) == first
    assert key(DocumentType.HK_MACAU_PERMIT, f"M{one}") != first
    assert (key(DocumentType.HK_MACAU_PERMIT, f"H{other}") == first) == (one == other)
    assert (key(DocumentType.TAIWAN_PERMIT, f"{one}({renewals:02d})") == key(DocumentType.TAIWAN_PERMIT, other)) == (
        one == other
    )
