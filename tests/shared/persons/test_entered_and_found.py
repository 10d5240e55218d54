"""A person entered in any spelling is found, at verification, in any other; and cannot be entered a second time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain.row import Accepted, Entry, check_row
from shared.persons.comparing import same_name
from shared.persons.names import normal_name
from tests.shared.persons.numbers import TODAY
from tests.shared.persons.spellings import ALSO_FOUND, SPELLINGS

ENTRY = Entry(TODAY, requires_materials=False)
PEOPLE = st.sampled_from([name for name, spellings in SPELLINGS.items() if spellings])


def entered(name: str, **cells: str) -> Accepted:
    row = {"name": name, "document_type": "护照", "document_number": "E12345678", "document_issuer": "CHN"}
    accepted = check_row(row | cells, ENTRY)
    assert isinstance(accepted, Accepted)
    return accepted


@given(PEOPLE, st.data())
def test_entered_in_any_spelling_found_in_any_other(name, data):
    spellings = st.sampled_from([name, *SPELLINGS[name]])
    printed = normal_name(entered(data.draw(spellings)).person.name)
    assert printed == name
    assert same_name(data.draw(spellings | st.sampled_from([name, *ALSO_FOUND.get(name, ())])), printed)


@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(sorted(SPELLINGS)))
def test_nobody_is_found_under_somebody_elses_name(one, other):
    assert same_name(one, entered(other).person.name) == (one == other)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"document_type": "护照", "document_issuer": "韩国"}, {"document_type": "passport", "document_issuer": "KOR"}),
        (
            {"document_type": "回乡证", "document_number": "H12345678"},
            {"document_type": "港澳居民来往内地通行证", "document_number": "h 1234 5678 02"},
        ),
        (
            {"document_type": "台胞证", "document_number": "12345678"},
            {"document_type": "台湾居民来往大陆通行证", "document_number": "12345678（01）"},
        ),
        (
            {"document_type": "军官证", "document_number": "军字第1234567号"},
            {"document_type": "军官证", "document_number": "军 1234567"},
        ),
        (
            {"document_type": "居民身份证", "document_number": "33010619960405620X"},
            {"document_type": "身份证", "document_number": "'330106-19960405-620x"},
        ),
    ],
)
def test_two_spellings_of_a_document_are_one_person(first, second):
    assert entered("张三", **first).person.holder == entered("李四", **second).person.holder
