"""One story told: how long it took, or why it failed, in one line."""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaozheng.demo.waiting import DemoFailed
from tests.stories.support.discovery import STORIES, Story
from tests.stories.support.expecting import Unexpected
from tests.stories.support.shared import SharedStack

_WHY = 400


@dataclass(frozen=True)
class Told:
    """What came of a story."""

    name: str
    seconds: float
    error: Exception | None = None

    @property
    def line(self) -> str:
        """Return `ok <name> <seconds>` or `FAIL <name> <why>`."""
        return f"FAIL {self.name} {self.why}" if self.error else f"ok {self.name} {self.seconds:.2f}"

    @property
    def why(self) -> str:
        """Return in one line why it failed; of what no story has foreseen, where."""
        text = " ".join(str(self.error).split())
        if not isinstance(self.error, Unexpected | DemoFailed):
            text = f"{type(self.error).__name__}: {text} ({self._where})"
        return text[:_WHY]

    @property
    def _where(self) -> str:
        frames = traceback.extract_tb(self.error.__traceback__) if self.error else []
        in_story = [frame for frame in frames if Path(frame.filename).parent == STORIES]
        return f"{Path(in_story[-1].filename).name}:{in_story[-1].lineno}: {in_story[-1].line}" if in_story else "?"

    @property
    def traceback(self) -> str:
        """Return where it failed."""
        return "".join(traceback.format_exception(self.error)) if self.error else ""


async def tell(shared: SharedStack, story: Story) -> Told:
    """Let a story happen on the shared stack."""
    started, error = time.perf_counter(), None
    try:
        async with shared.cast() as cast:
            await story.happens(cast)
    except Exception as found:  # noqa: BLE001 - whatever it is, the other stories are told
        error = found
    return Told(story.name, time.perf_counter() - started, error)


async def tell_all(shared: SharedStack, stories: Sequence[Story], hear: Callable[[Told], None]) -> list[Told]:
    """Let stories happen one after the other, for all live by one clock; `hear` is told of each when it is over."""
    every = []
    for story in stories:
        every.append(await tell(shared, story))
        hear(every[-1])
    return every
