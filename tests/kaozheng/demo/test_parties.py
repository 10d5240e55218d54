"""The parties of the demo: one person is one caller, however often the stages ask."""

from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kaozheng.demo.parties import Parties
from kaozheng.demo.stage import Demo
from shared.clock import MovableClock


class Stack:
    """Addresses and tokens without a system behind them."""

    def url(self, service: str) -> str:
        return f"http://{service}"

    def token(self, role: str, subject: str) -> str:
        return f"{role}/{subject}"

    def __init__(self, folder: Path, *, moves: bool = True) -> None:
        self.clock, self.moves, self.standards = MovableClock(folder / "clock"), moves, folder / "standards"


async def test_the_same_person_is_the_same_caller(tmp_path: Path) -> None:
    progress = Progress(console=Console(quiet=True))
    demo = Demo(candidates=1, seed=1, stack=Stack(tmp_path), folder=tmp_path, progress=progress)
    first = demo.party("grading", "marker", subject="marker-1")
    assert demo.party("grading", "marker", subject="marker-1") is first
    others = [demo.party("grading", "marker", subject="marker-2"), demo.party("exam", "marker"), demo.party("exam")]
    assert len({id(party) for party in [first, *others]}) == 4
    await demo.close()


def test_the_time_comes_by_moving_the_clock_and_never_goes_back(tmp_path: Path) -> None:
    parties = Parties(stack=Stack(tmp_path))
    clock, times = parties.stack.clock, parties.times()
    assert times.entry.starts_at < clock.now() < times.entry.ends_at < times.starts_at("practical")
    parties.reach(times.ends_at("interview"))
    ahead = clock.ahead()
    assert clock.now() >= times.ends_at("interview")
    parties.reach(times.starts_at("practical"))
    assert clock.ahead() == ahead


def test_where_the_clock_cannot_be_moved_the_exam_was_yesterday(tmp_path: Path) -> None:
    parties = Parties(stack=Stack(tmp_path, moves=False))
    clock, times = parties.stack.clock, parties.times()
    assert times.ends_at("interview") < clock.now() < times.entry.ends_at
    parties.reach(times.entry.ends_at)
    assert clock.ahead() == timedelta()
