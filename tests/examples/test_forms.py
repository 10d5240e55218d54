"""The form of a value stays while the value changes, and changes when what is sent does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples.forms import form, shortened

JSON = st.recursive(
    st.sampled_from([None, True, 1, "17", "017", "word"]),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.sampled_from("ab"), parts),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("01a22302-29b9-7529-a158-9c64b604a58b", "01a22302-2842-7767-89ad-cceff64f6225"),
        ("2026-11-22T08:00:00Z", "2027-01-02T03:04:05.678Z"),
        ("17", "3"),
        ("88.00", "100.00"),
        ("KZXB2BJ2026000000017", "KZXB2BJ202600000002P"),
        ("张三", "阿依古丽·买买提"),
        ([{"a": 1}], [{"a": 2}, {"a": 3}]),
    ],
)
def test_other_values_of_one_form(one, other):
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("017", "17"),
        ("17", 17),
        ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00+00:00"),
        ("88.00", "88.0"),
        ("XB2B-1-2026-000318-7", "KZXB2BJ2026000000017"),
        (1, 1.0),
        (1, True),
        ({"a": 1}, {"a": 1, "b": 1}),
        ({"a": None}, {"a": "x"}),
        ([1], []),
        ([{"a": 1}], [{"a": 1}, {"a": None}]),
    ],
)
def test_values_of_two_forms(one, other):
    assert form(one) != form(other)


@given(JSON)
def test_a_shortened_value_has_the_form_of_the_whole(value):
    assert form(shortened(value)) == form(value)
