"""Several people or devices at once."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

ResultT = TypeVar("ResultT")


async def together(jobs: Iterable[Awaitable[ResultT]], at_once: int = 4) -> list[ResultT]:
    """Run jobs a few at a time, as several people or devices would, and return their results in order."""
    gate = asyncio.Semaphore(at_once)

    async def one(job: Awaitable[ResultT]) -> ResultT:
        async with gate:
            return await job

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(job)) for job in jobs]
    except ExceptionGroup as several:  # the first says enough
        raise several.exceptions[0] from several
    return [task.result() for task in tasks]
