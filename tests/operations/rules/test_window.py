"""Times as spans have them, and which of them are believed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain.window import believable, moment, nanoseconds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 1, 30, 0, 123456, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(days=130 * 365)))
def test_times_survive_to_the_microsecond(since):
    at = EPOCH + since
    assert moment(nanoseconds(at)) == at


def test_what_is_believed_lies_within_retention_and_an_hour_of_drift():
    first, last = believable(NOW, timedelta(days=30))
    assert (moment(first), moment(last)) == (NOW - timedelta(days=30), NOW + timedelta(hours=1))
