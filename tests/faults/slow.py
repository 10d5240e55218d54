"""A handler that takes too long once: it waits, or it blocks the event loop so that nothing else can happen."""

import sys
from collections.abc import Sequence
from pathlib import Path

from shared.events.received import Received
from shared.inbox.subscription import Subscription
from shared.work import UnitOfWork
from tests.faults import tiny
from tests.worlds.waiting import until, wait_until


def subscription(*, release: str, nth: int, blocks: bool) -> Subscription:
    """Return the made-up service's subscription; the n-th call of a handler takes until the file `release` is there."""
    calls = 0

    async def write_down(work: UnitOfWork, events: Sequence[Received]) -> None:
        nonlocal calls
        calls += 1
        await tiny.write_down(work, events)
        if calls == nth:
            sys.stdout.write("slow\n")
            sys.stdout.flush()
            if blocks:
                wait_until("the handler may end", Path(release).exists)
            else:
                await until("the handler may end", Path(release).exists)

    return Subscription("tiny", dict.fromkeys(tiny.subscription().handlers, write_down))
