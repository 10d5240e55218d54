"""A handler that takes far too long once: it waits, or it blocks the event loop so that nothing else can happen."""

import asyncio
import sys
import time
from collections.abc import Sequence

from shared.events.received import Received
from shared.inbox.subscription import Subscription
from shared.work import UnitOfWork
from tests.faults import tiny


def subscription(*, seconds: float, nth: int, blocks: bool) -> Subscription:
    """Return the made-up service's subscription; the n-th call of a handler takes so many seconds."""
    calls = 0

    async def write_down(work: UnitOfWork, events: Sequence[Received]) -> None:
        nonlocal calls
        calls += 1
        await tiny.write_down(work, events)
        if calls == nth:
            sys.stdout.write("slow\n")
            sys.stdout.flush()
            if blocks:
                time.sleep(seconds)  # noqa: ASYNC251  # this is the fault
            else:
                await asyncio.sleep(seconds)

    return Subscription("tiny", dict.fromkeys(tiny.subscription().handlers, write_down))
