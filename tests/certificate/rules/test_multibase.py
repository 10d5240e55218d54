"""Keys and signatures as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certificate.domain import multibase


@given(st.binary(max_size=80))
def test_multibase_reads_back(data):
    assert multibase.decode(multibase.encode(data)) == data


@given(st.binary(min_size=32, max_size=32))
def test_a_key_reads_back_and_looks_like_an_ed25519_key(raw):
    text = multibase.encode_key(raw)
    assert text.startswith("z6Mk")
    assert multibase.decode_key(text) == raw


@pytest.mark.parametrize(
    "text", ["", "u6Mk", "z0", "zl", "6Mk", multibase.encode(b"\xed\x01" + bytes(31)), multibase.encode(bytes(34))]
)
def test_other_texts_are_no_keys(text):
    with pytest.raises(ValueError, match="not "):
        multibase.decode_key(text)
