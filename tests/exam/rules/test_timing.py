"""The times of a session."""

from datetime import UTC, datetime, timedelta

import pytest

from services.exam.domain.errors import SessionNotOver
from services.exam.domain.model import PlanRules
from services.exam.domain.timing import Window

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
RULES = PlanRules(opens_before=timedelta(minutes=60), late_limit=timedelta(minutes=30))
WINDOW = Window(starts_at=START, ends_at=START + timedelta(hours=2), rules=RULES)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_doors_are_open_from_before_the_start_until_the_late_limit() -> None:
    assert (WINDOW.opens_at, WINDOW.late_at) == (at(-60), at(30))


def test_absence_waits_for_the_late_limit() -> None:
    with pytest.raises(SessionNotOver):
        WINDOW.check_over(at(30))
    WINDOW.check_over(at(30.1))
