"""For whom the page of a journey opens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain import page_link

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
JOURNEY = UUID("4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11")
KEY = page_link.derive_key(bytes(32))


def test_a_link_opens_its_own_page_until_it_expires():
    access = page_link.sign(KEY, JOURNEY, NOW)
    assert page_link.opens(KEY, JOURNEY, access, NOW + timedelta(minutes=14, seconds=59))
    assert not page_link.opens(KEY, JOURNEY, access, NOW + timedelta(minutes=15))
    assert not page_link.opens(KEY, UUID(int=1), access, NOW)
    assert not page_link.opens(page_link.derive_key(b"another"), JOURNEY, access, NOW)


@given(st.text(max_size=60))
def test_nothing_else_opens_it(access):
    assert not page_link.opens(KEY, JOURNEY, access, NOW)
