"""Status lists: the standard's example, bits at the right place."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certificate.domain import status_list
from services.certificate.domain.status_list import BITS, decode_list, encode_list, is_set, place_of

#: The example of Bitstring Status List 1.0; it holds 131,072 zero bits.
EXAMPLE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"


def test_published_example_is_an_empty_list():
    assert decode_list(EXAMPLE) == bytes(BITS // 8)


def test_first_index_is_the_leftmost_bit():
    bits = decode_list(encode_list([0, 9]))
    assert bits[:2] == bytes([0b1000_0000, 0b0100_0000])
    assert is_set(bits, 0)
    assert is_set(bits, 9)
    assert not is_set(bits, 1)


@pytest.mark.parametrize("text", ["", "u", "H4sI", "uAAAA", encode_list([])[:-8], "u!!"])
def test_other_texts_are_no_lists(text):
    with pytest.raises(ValueError, match=r".+"):
        decode_list(text)


def test_index_outside_the_list_is_an_error():
    for index in (-1, BITS):
        with pytest.raises(IndexError):
            is_set(bytes(BITS // 8), index)


def test_all_places_of_a_list_are_taken_once_and_in_no_order():
    indexes = [place_of(position, b"secret").index for position in range(BITS)]
    assert sorted(indexes) == list(range(BITS))
    neighbours = sum(abs(one - two) == 1 for one, two in itertools.pairwise(indexes))
    assert neighbours < 20


def test_next_list_opens_when_one_is_full():
    assert place_of(BITS - 1, b"s").list_number == 1
    assert place_of(BITS, b"s").list_number == 2 == status_list.list_of(BITS)


@settings(max_examples=25)
@given(st.sets(st.integers(0, BITS - 1), max_size=200))
def test_exactly_the_revoked_indexes_are_set(revoked):
    bits = decode_list(encode_list(revoked))
    assert sum(byte.bit_count() for byte in bits) == len(revoked)
    assert all(is_set(bits, index) for index in revoked)
