"""The canonical form against another implementation of RFC 8785."""

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certificate.domain.canonical import NotCanonical, canonical


@settings(max_examples=300)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers() | st.floats(),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
        max_leaves=30,
    )
)
def test_canonical_form_is_that_of_rfc_8785_for_any_json(value):
    try:
        expected = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError):
        with pytest.raises(NotCanonical):
            canonical(value)
    else:
        assert canonical(value) == expected
