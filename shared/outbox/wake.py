"""Wakes the relay as soon as a transaction in the same process has committed events."""

import asyncio


class Wake:
    """A signal between the request that committed and the relay that waits; other processes are found by polling."""

    def __init__(self) -> None:
        """Start asleep."""
        self._event = asyncio.Event()

    def set(self) -> None:
        """Say that there is something to send."""
        self._event.set()

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109  # the time-out is the normal case here
        """Wait until `set` was called, at most `timeout` seconds; tell whether it was, and forget it."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True
