"""In which calls a batch is handed out, for any batch."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from shared.events.exam import CandidateAbsentV1, CandidateCheckedInV1, InterviewAttendedV1
from shared.inbox.incoming import Incoming
from shared.inbox.plan import calls
from shared.messaging.broker import Partition, Record

TYPES = (CandidateAbsentV1, CandidateCheckedInV1, InterviewAttendedV1)

batches = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(TYPES)), max_size=60).map(
    lambda pairs: [_item(offset, key, kind) for offset, (key, kind) in enumerate(pairs)]
)


def _item(offset, key, kind) -> Incoming:
    record = Record(Partition("exam.sittings", 0), offset, f"k{key}".encode(), b"", ())
    return Incoming(record, payload=kind.model_construct())


@given(batches)
def test_every_event_is_in_exactly_one_call(batch):
    planned = [item.record.offset for _, members in calls(batch) for item in members]
    assert sorted(planned) == list(range(len(batch)))


@given(batches)
def test_a_call_has_one_type_and_at_most_one_event_per_key_in_the_order_of_arrival(batch):
    for kind, members in calls(batch):
        assert {type(item.payload) for item in members} == {kind}
        assert len({item.place for item in members}) == len(members)
        assert [item.record.offset for item in members] == sorted(item.record.offset for item in members)


@given(batches)
def test_each_key_keeps_its_order_over_the_calls(batch):
    seen = defaultdict(list)
    for _, members in calls(batch):
        for item in members:
            seen[item.place].append(item.record.offset)
    assert all(offsets == sorted(offsets) for offsets in seen.values())


@given(batches)
def test_there_are_no_more_calls_than_events_and_none_is_empty(batch):
    planned = calls(batch)
    assert len(planned) <= len(batch)
    assert all(members for _, members in planned)


def test_keys_that_started_at_different_points_meet():
    absent, checked, attended = TYPES
    batch = [
        _item(0, 1, absent),
        _item(1, 1, checked),
        _item(2, 2, checked),
        _item(3, 1, attended),
        _item(4, 2, attended),
    ]
    batch.append(_item(5, 3, attended))
    assert len(calls(batch)) <= 4


@given(st.lists(st.sampled_from(TYPES), max_size=30))
def test_a_batch_without_a_key_twice_is_one_call_per_type_the_largest_first(kinds):
    planned = calls([_item(offset, offset, kind) for offset, kind in enumerate(kinds)])
    assert len(planned) == len(set(kinds))
    sizes = [len(members) for _, members in planned]
    assert sizes == sorted(sizes, reverse=True)
