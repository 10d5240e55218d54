"""What must be true after every fault, read from the database with no code of the services."""

import asyncio
import time
from collections import Counter, defaultdict

import asyncpg


async def settled(dsn: str, events: int, *, seconds: float = 60, surplus: float = 0.3) -> None:
    """Wait until as many events as were published are applied or parked, and a little longer for surplus ones."""
    until = time.monotonic() + seconds
    connection = await asyncpg.connect(dsn)
    try:
        while True:
            done = await connection.fetchval(
                "SELECT (SELECT count(*) FROM applied) + (SELECT count(*) FROM parked_event)"
            )
            if done >= events:
                break
            if time.monotonic() > until:
                raise AssertionError(f"{done} of {events} events after {seconds} s")
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    await asyncio.sleep(surplus)


async def handled(dsn: str) -> int:
    """Return how many effects there are."""
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM applied"))
    finally:
        await connection.close()


async def findings(dsn: str, *, parked: int = 0) -> list[str]:
    """Return what is wrong: lost, doubled or swapped events, or other sums that do not add up."""
    connection = await asyncpg.connect(dsn)
    try:
        published = await connection.fetch("SELECT event_id, key, version FROM outbox")
        applied = await connection.fetch("SELECT event_id, key, version FROM applied ORDER BY ord")
        parked_ids = [row[0] for row in await connection.fetch("SELECT event_id FROM parked_event")]
        inbox = await connection.fetchval("SELECT count(*) FROM inbox")
    finally:
        await connection.close()
    found = []
    times = Counter(row["event_id"] for row in applied) + Counter(parked_ids)
    if doubled := sum(1 for count in times.values() if count > 1):
        found.append(f"{doubled} doubled")
    if lost := len({row["event_id"] for row in published} - set(times)):
        found.append(f"{lost} lost")
    if len(parked_ids) != parked:
        found.append(f"{len(parked_ids)} parked")
    events = len({row["event_id"] for row in published})  # two majors of one event share its id
    if inbox != events:
        found.append(f"{inbox} in the inbox, {events} in the outbox")
    if swapped := swaps([(row["key"], row["version"]) for row in applied]):
        found.append(f"{swapped} swapped")
    return found


def swaps(seen: list[tuple[str, int]]) -> int:
    """Count the events that came after a later one of their key (repeats of a version are not swaps)."""
    newest: dict[str, int] = defaultdict(int)
    count = 0
    for key, version in seen:
        count += version < newest[key]
        newest[key] = max(newest[key], version)
    return count
