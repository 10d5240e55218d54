"""What devices sent before an upgrade is known after it: the digest of a record is that of one fixed JSON array."""

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.exam.application.commands import DeviceRecord, HandedInFile, RecordDeeds
from services.exam.application.sittings import digest_of
from services.exam.domain.sitting import Deed

SESSION = UUID(int=5)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
files = st.lists(st.builds(HandedInFile, texts, texts, st.integers(0, 2**50)), max_size=3).map(tuple)
times = st.datetimes(timezones=st.just(UTC))


@given(st.sampled_from(Deed), texts, times, files)
def test_the_digest_is_that_of_the_json_of_all_it_says(
    deed: Deed, ticket_no: str, at: datetime, handed_in: tuple[HandedInFile, ...]
) -> None:
    noted = DeviceRecord(place=0, sequence=1, ticket_no=ticket_no, occurred_at=at, files=handed_in)
    command = RecordDeeds(session_id=SESSION, device_id="gate-1", deed=deed, records=[noted])
    said = [deed.value, str(SESSION), ticket_no, at.timestamp(), [list(file) for file in handed_in]]
    assert digest_of(command, noted) == hashlib.sha256(json.dumps(said).encode()).digest()


def test_sequence_and_place_are_not_part_of_it() -> None:
    command = RecordDeeds(session_id=SESSION, device_id="gate-1", deed=Deed.CHECK_IN, records=[])
    one, other = (DeviceRecord(place, place, "T", datetime(2026, 11, 21, tzinfo=UTC)) for place in (1, 2))
    assert digest_of(command, one) == digest_of(command, other)
