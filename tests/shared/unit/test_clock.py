from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.clock import BeforeTheMachine, MovableClock, SettableClock, SystemClock, china_day

DAY = timedelta(days=1)


def hands(clock: MovableClock) -> bool:
    """Say whether the clock goes with the machine's, so far ahead as it says."""
    before = datetime.now(UTC)  # noqa: TID251 - what the clock is compared with
    told, ahead = clock.now(), clock.ahead()
    return before <= told - ahead <= datetime.now(UTC)  # noqa: TID251


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_an_unmoved_clock_is_the_machines(file: Path):
    clock = MovableClock(file)
    assert clock.ahead() == timedelta()
    assert hands(clock)


def test_everybody_who_reads_the_file_is_moved_at_once(file: Path):
    mine, theirs = MovableClock(file), MovableClock(file)
    mine.now()
    for total in (1, 2, 3):
        theirs.move(DAY)
        assert mine.ahead() == theirs.ahead() == total * DAY
        assert hands(mine)


def test_it_is_set_to_a_moment_and_goes_on_from_there(file: Path):
    clock, moment = MovableClock(file), SystemClock().now() + 40 * DAY
    clock.set(moment)
    assert clock.now() >= moment
    assert hands(clock)
    clock.reset()
    assert MovableClock(file).ahead() == timedelta() == clock.ahead()


def test_it_is_never_behind_the_machine(file: Path):
    clock = MovableClock(file)
    clock.move(2 * DAY)
    for back in (lambda: clock.move(-3 * DAY), lambda: clock.set(SystemClock().now() - DAY)):
        with pytest.raises(BeforeTheMachine):
            back()
    assert clock.ahead() == 2 * DAY
    clock.move(-DAY)
    assert clock.ahead() == DAY


def test_a_settable_clock_stands_still():
    clock = SettableClock(datetime(2026, 11, 20, 8, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(-DAY)
    assert clock.now() == datetime(2026, 11, 19, 8, tzinfo=UTC)


@pytest.mark.parametrize(("moment", "day"), [("2026-12-31T15:59:59", 31), ("2026-12-31T16:00:00", 1)])
def test_the_day_is_that_of_china(moment: str, day: int):
    assert china_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)).day == day
