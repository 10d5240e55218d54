"""What a device's record does, at the edges of the session's times and in any order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exam.domain.model import PlanRules, SittingStatus
from services.exam.domain.sitting import Deed, Refusal, Sitting, record
from services.exam.domain.timing import Window

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
WINDOW = Window(starts_at=START, ends_at=START + timedelta(hours=2), rules=PlanRules())
EXPECTED = Sitting(SittingStatus.EXPECTED)
HERE = Sitting(SittingStatus.CHECKED_IN, START)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        (-60.5, Refusal.TOO_EARLY),
        (-60, Sitting(SittingStatus.CHECKED_IN, at(-60))),
        (30, Sitting(SittingStatus.CHECKED_IN, at(30))),
        (30.5, Refusal.LATE_REFUSED),
    ],
)
def test_check_in_is_bound_to_the_opening_and_the_late_limit(minutes: float, outcome: object) -> None:
    assert record(EXPECTED, Deed.CHECK_IN, at(minutes), WINDOW) == outcome


@pytest.mark.parametrize(
    ("sitting", "minutes", "outcome"),
    [
        (HERE, -1, Refusal.TOO_EARLY),
        (HERE, 120, Sitting(SittingStatus.HANDED_IN, at(120))),
        (HERE, 120.5, Refusal.AFTER_END),
        (EXPECTED, 60, Refusal.NOT_CHECKED_IN),
        (Sitting(SittingStatus.CHECKED_IN, at(10)), 9, Refusal.NOT_CHECKED_IN),
        (Sitting(SittingStatus.HANDED_IN, at(10)), 20, Refusal.ALREADY_HANDED_IN),
        (Sitting(SittingStatus.NO_WORK, at(10)), 20, Refusal.SESSION_CLOSED),
    ],
)
def test_a_work_is_taken_from_those_checked_in_until_the_end(sitting: Sitting, minutes: float, outcome: object) -> None:
    assert record(sitting, Deed.HAND_IN, at(minutes), WINDOW) == outcome


def test_attendance_counts_as_check_in_until_the_late_limit_only() -> None:
    assert record(EXPECTED, Deed.ATTEND, at(30), WINDOW) == Sitting(SittingStatus.ATTENDED, at(30))
    assert record(EXPECTED, Deed.ATTEND, at(31), WINDOW) is Refusal.LATE_REFUSED
    assert record(HERE, Deed.ATTEND, at(90), WINDOW) == Sitting(SittingStatus.ATTENDED, at(90))


def test_a_second_check_in_keeps_the_first_time() -> None:
    assert record(HERE, Deed.CHECK_IN, at(5), WINDOW) == HERE


minutes = st.integers(-90, 150)
deeds = st.sampled_from([Deed.HAND_IN, Deed.ATTEND]).flatmap(
    lambda late: st.lists(st.tuples(st.sampled_from([Deed.CHECK_IN, late]), minutes), max_size=8)
)


@given(deeds)
def test_a_sitting_only_moves_forward_and_repeats_change_nothing(given_deeds: list[tuple[Deed, int]]) -> None:
    sitting = Sitting(SittingStatus.EXPECTED)
    ends = {SittingStatus.HANDED_IN, SittingStatus.ATTENDED}
    for deed, minutes in given_deeds:
        moment = at(minutes)
        after = record(sitting, deed, moment, WINDOW)
        if isinstance(after, Refusal):
            continue
        assert after.status is not SittingStatus.EXPECTED
        assert sitting.status not in ends or after == sitting
        assert sitting.status is SittingStatus.EXPECTED or after.at is not None
        assert WINDOW.opens_at <= moment <= WINDOW.ends_at
        sitting = after


@given(st.sampled_from([SittingStatus.ABSENT, SittingStatus.NO_WORK]), st.sampled_from(Deed), st.integers(-90, 150))
def test_absence_is_never_undone_by_a_device(status: SittingStatus, deed: Deed, minutes: int) -> None:
    outcome = record(Sitting(status), deed, at(minutes), WINDOW)
    assert isinstance(outcome, Refusal)
