from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import new_id
from shared.web.pages import CursorRefused, Page, decode_cursor, encode_cursor

KEPT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(KEPT, st.integers(-(2**31) + 1, 2**31 - 1), st.uuids())
def test_a_cursor_gives_back_what_it_was_made_of(text, number, identifier):
    assert decode_cursor(encode_cursor(text, number, identifier), str, int, UUID) == (text, number, identifier)


def test_a_cursor_carries_times():
    at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert decode_cursor(encode_cursor(at.isoformat()), datetime.fromisoformat) == (at,)


@given(st.text(max_size=60))
def test_a_made_up_cursor_is_refused_and_never_a_crash(cursor):
    with pytest.raises(CursorRefused):
        decode_cursor(cursor, UUID, int)


def test_a_cursor_of_another_list_is_refused():
    with pytest.raises(CursorRefused) as caught:
        decode_cursor(encode_cursor(new_id()), UUID, int)
    assert caught.value.errors[0].pointer == "/query/cursor"


def test_the_last_page_says_so():
    assert Page[int](items=[1]).model_dump() == {"items": [1], "next_cursor": None}
