"""Headers: what is written is read back, and nothing that others may write makes the reader crash."""

import contextlib
from datetime import UTC, datetime

from aiokafka.partitioner import murmur2 as clients_murmur2
from hypothesis import given
from hypothesis import strategies as st

from shared.events.exam import CandidateCheckedInV1
from shared.inbox import incoming
from shared.inbox.subscription import Subscription
from shared.messaging.broker import Partition, Record
from shared.messaging.envelope import Envelope, Unreadable, from_record, to_record
from shared.messaging.partitioning import murmur2, partition_of, partitions_of
from tests.worlds.events import stored

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1)

envelopes = st.builds(
    Envelope,
    event_id=st.uuids(),
    type=TEXT,
    key=TEXT,
    version=st.integers(0, 10**18 - 1),
    occurred_at=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis adds the zone
    journey_id=st.none() | st.uuids(),
    causation_id=st.none() | st.uuids(),
    traceparent=st.none() | st.just("00-" + "a" * 32 + "-" + "b" * 16 + "-01"),
)

NAMES = (
    "ce_id",
    "ce_type",
    "ce_time",
    "ce_aggregateversion",
    "ce_journeyid",
    "ce_causationid",
    "traceparent",
    "kz_log",
)


async def _never(_work, _events) -> None:
    raise AssertionError


@given(envelopes, st.binary())
def test_an_envelope_survives_the_journey(envelope, payload):
    sent = to_record(stored(envelope, "t", payload), source=b"/kaozheng/x", log=b"log")
    record = Record(Partition("t", 0), 0, sent.key, sent.value, tuple(sent.headers))
    assert from_record(record) == envelope
    assert record.value == payload


@given(
    st.none() | st.binary(),
    st.none() | st.binary(),
    st.lists(st.tuples(st.sampled_from(NAMES) | st.text(), st.none() | st.binary() | TEXT.map(str.encode))),
)
def test_any_record_can_be_looked_at(key, value, headers):
    record = Record(Partition("t", 0), 0, key, value, tuple(headers))
    with contextlib.suppress(Unreadable):
        from_record(record)
    (item,) = incoming.read([record], Subscription("c", {CandidateCheckedInV1: _never}))
    assert "\x00" not in item.key
    assert item.payload is None or item.envelope is not None


@given(st.binary(max_size=100))
def test_keys_go_where_other_clients_would_send_them(key):
    assert murmur2(key) == clients_murmur2(key) & 0xFFFFFFFF


@given(st.lists(st.binary(max_size=9) | st.binary(min_size=36, max_size=36), max_size=60), st.integers(1, 100))
def test_keys_that_are_hashed_together_go_where_each_would_alone(keys, partitions):
    assert partitions_of(keys, partitions) == {key: partition_of(key, partitions) for key in keys}
