"""The header of a batch file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain.columns import HEADERS, REQUIRED, BadHeader, read_header


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["姓名", "证件类型"], "missing_column"),
        (["姓名", "证件类型", "证件号码", "爱好"], "unknown_column"),
        (["姓名", "证件类型", "证件号码", "name"], "repeated_column"),
    ],
)
def test_header_is_refused_with_the_reason(cells, code):
    with pytest.raises(BadHeader) as refused:
        read_header(cells)
    assert refused.value.code == code
    assert "爱好" not in refused.value.detail


def test_header_takes_aliases_stars_and_empty_columns():
    assert read_header(["*姓名", "ID type", "document_number", ""]) == (
        "name",
        "document_type",
        "document_number",
        None,
    )


@given(st.permutations(list(HEADERS)), st.data())
def test_columns_may_stand_in_any_order_under_either_name(fields, data):
    left_out = data.draw(st.sets(st.sampled_from([field for field in HEADERS if field not in REQUIRED])))
    wanted = [field for field in fields if field not in left_out]
    assert read_header([data.draw(st.sampled_from([field, HEADERS[field]])) for field in wanted]) == tuple(wanted)
