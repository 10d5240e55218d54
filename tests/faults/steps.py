"""Cancels an awaitable at its n-th suspension, as `Task.cancel` would just then."""

import asyncio
from collections.abc import Awaitable, Generator
from typing import Any, Generic, TypeVar

ResultT = TypeVar("ResultT")


class CancelledAt(Generic[ResultT]):
    """Awaits the given awaitable; `passed` counts its suspensions."""

    def __init__(self, awaitable: Awaitable[ResultT], nth: int, *, stubborn: bool = False) -> None:
        """Count the suspensions from 1; those of other tasks that it waits for are not its own.

        A stubborn one cancels all that follow too, as anyio's scopes do: cleaning up is interrupted as well.
        """
        self._awaitable = awaitable
        self._stubborn = stubborn
        self._left = nth
        self.passed = 0

    @property
    def is_struck(self) -> bool:
        """Say whether the cancellation happened."""
        return self._left <= 0

    def __await__(self) -> Generator[Any, Any, ResultT]:
        """Pass everything through, and cancel the task that runs this when it is time."""
        inner = self._awaitable.__await__()
        step, sent = inner.send, None
        while True:
            try:
                waited_for = step(sent)
            except StopIteration as done:
                result: ResultT = done.value
                return result
            self._left -= 1
            self.passed += 1
            if self._left == 0 or (self._left < 0 and self._stubborn):
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            try:
                step, sent = inner.send, (yield waited_for)
            except BaseException as error:  # noqa: BLE001  # handed on, whatever it is
                step, sent = inner.throw, error
