"""The parties of the demo: one person is one caller, however often the stages ask."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from kaozheng.demo.stage import Demo


class Stack:
    """Addresses and tokens without a system behind them."""

    def url(self, service: str) -> str:
        return f"http://{service}"

    def token(self, role: str, subject: str) -> str:
        return f"{role}/{subject}"

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)


async def test_the_same_person_is_the_same_caller(tmp_path: Path) -> None:
    progress = Progress(console=Console(quiet=True))
    demo = Demo(candidates=1, seed=1, stack=Stack(), folder=tmp_path, progress=progress)
    first = demo.party("grading", "marker", subject="marker-1")
    assert demo.party("grading", "marker", subject="marker-1") is first
    others = [demo.party("grading", "marker", subject="marker-2"), demo.party("exam", "marker"), demo.party("exam")]
    assert len({id(party) for party in [first, *others]}) == 4
    await demo.close()
