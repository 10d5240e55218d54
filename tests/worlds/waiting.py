"""The one way in which tests wait: for something to be so, however slow the machine is; never for time to pass."""

import asyncio
import time
from collections.abc import Callable
from inspect import isawaitable
from typing import Any, TypeVar

#: Seconds. Ends only what would never end: no test passes or fails by how long something takes.
PATIENCE = 300.0
_LOOK = 0.02

SeenT = TypeVar("SeenT")


async def until(what: str, look: Callable[[], Any], is_so: Callable[[Any], object] = bool) -> Any:
    """Look again and again until it is so; return what was seen. `look` may be a coroutine function."""
    given_up = time.monotonic() + PATIENCE
    while True:
        found = look()
        seen = await found if isawaitable(found) else found
        if is_so(seen):
            return seen
        assert time.monotonic() < given_up, _in_vain(what, seen)
        await asyncio.sleep(_LOOK)


def wait_until(what: str, look: Callable[[], SeenT], is_so: Callable[[SeenT], object] = bool) -> SeenT:
    """Do the same where there is no event loop."""
    given_up = time.monotonic() + PATIENCE
    while not is_so(seen := look()):
        assert time.monotonic() < given_up, _in_vain(what, seen)
        time.sleep(_LOOK)
    return seen


def _in_vain(what: str, seen: object) -> str:
    return f"waited in vain until {what}; last seen: {seen!r}"
