"""What a device's record does, at the edges of the session's times."""

from datetime import UTC, datetime, timedelta

import pytest

from services.exam.domain.errors import SessionNotOver
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


def test_absence_waits_for_the_late_limit() -> None:
    with pytest.raises(SessionNotOver):
        WINDOW.check_over(at(30))
    WINDOW.check_over(at(30.1))
