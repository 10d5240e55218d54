from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from kaozheng.cli import app
from kaozheng.commands.clock import NoMoment, NotMovable, OnlyAhead
from kaozheng.launcher.state import State
from shared.clock import SystemClock

DAY = timedelta(days=1)


@pytest.fixture
def clock(tmp_path, monkeypatch):
    """The clock of a stack's state folder."""
    monkeypatch.setenv("KAOZHENG_STATE_DIR", str(tmp_path / "state"))
    return State(tmp_path / "state").clock


def run(*words: str):
    return CliRunner().invoke(app, ["clock", *words])


def test_it_is_shown_in_china_time(clock):
    told = run("show").output
    assert "+08:00" in told
    assert "即本机时间 the machine's time" in told


@pytest.mark.parametrize(("by", "seconds"), [("3d", 259_200), ("2h30m", 9_000), ("90s", 90)])
def test_it_is_moved_by_a_length_of_time(clock, by, seconds):
    assert run("move", by).exit_code == 0
    assert clock.ahead() == timedelta(seconds=seconds)
    assert "ahead of the machine" in run("show").output
    assert run("reset").exit_code == 0
    assert clock.ahead() == timedelta()


def test_it_is_set_to_a_moment_of_china_time(clock):
    day = (SystemClock().now() + 40 * DAY).date()
    assert run("set", f"{day}T09:00").exit_code == 0
    moment = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    assert moment <= clock.now() < moment + timedelta(hours=1)
    assert run("set", f"{day}T09:00+00:00").exit_code == 0
    assert clock.now() >= moment + timedelta(hours=8)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("set", "morgen"), NoMoment),
        (("set", "2001-01-01T09:00"), OnlyAhead),
        (("move", "3"), NoMoment),
        (("move", "-3d"), None),
        (("move", "3w"), NoMoment),
        (("move", ""), NoMoment),
    ],
)
def test_what_cannot_be_is_told(clock, words, error):
    refused = run(*words)
    assert refused.exit_code != 0
    if error:
        assert isinstance(refused.exception, error)
        assert any("\u4e00" <= character <= "\u9fff" for character in str(refused.exception))
    assert clock.ahead() == timedelta()


def test_productions_clock_cannot_be_moved(clock, monkeypatch):
    monkeypatch.setenv("KAOZHENG_ENVIRONMENT", "production")
    assert isinstance(run("move", "3d").exception, NotMovable)
    assert clock.ahead() == timedelta()
