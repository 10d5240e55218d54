"""Waiting for the effect of an event."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

SeenT = TypeVar("SeenT")

_SHOWN = 600


class DemoFailed(Exception):
    """Something did not happen as promised; the message says what, and where."""


async def until(
    service: str,
    what: str,
    look: Callable[[], Awaitable[SeenT]],
    is_there: Callable[[SeenT], bool],
    seconds: float,
) -> SeenT:
    """Look again and again until something is there, and return it; give up loudly.

    Each time after a sixteenth of the wait so far: to look is work as well, a service counts what it has.
    """
    started = time.monotonic()
    while not is_there(seen := await look()):
        waited = time.monotonic() - started
        if waited > seconds:
            raise DemoFailed(f"{service}: 等待超时 / waited {waited:.0f} s for {what}; last seen: {shown(seen)}")
        await asyncio.sleep(min(max(waited / 16, 0.03), 5))
    return seen


def shown(found: object) -> str:
    """Return in one line what came instead of what was expected."""
    if isinstance(found, Exception):
        return f"{type(found).__name__} {found}"
    return (found.text if isinstance(found, httpx.Response) else str(found))[:_SHOWN]
