"""What must be true after every fault, read from the database with no code of the services."""

import operator
from collections import Counter, defaultdict
from collections.abc import Callable

import asyncpg

from tests.faults import tiny
from tests.worlds.waiting import until

_DONE = """
    SELECT (SELECT count(*) FROM applied WHERE key <> ALL ($1)) + (SELECT count(*) FROM parked_event)
"""
_BEHIND = """
    SELECT count(*) FROM counter c WHERE key = ANY ($1)
       AND version > (SELECT coalesce(max(version), 0) FROM applied a WHERE a.key = c.key)
"""
_UNSENT = "SELECT win IS NOT NULL OR seq < (SELECT max(seq) FROM outbox) FROM outbox_cursor"
_MARKS = [str(tiny.key(number)) for number in tiny.MARKS]


async def _until(dsn: str, what: str, question: str, is_so: Callable[[int], bool], *values: object) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await until(what, lambda: connection.fetchval(question, *values), is_so)
    finally:
        await connection.close()


async def all_sent(dsn: str) -> None:
    """Wait until a relay has sent everything, as far as it knows."""
    await _until(dsn, "the outbox is sent", _UNSENT, operator.not_)


async def arrived(dsn: str, events: int) -> None:
    """Wait until so many events are applied or parked; more may be on their way."""
    await _until(dsn, f"{events} events are applied or parked", _DONE, lambda done: done >= events, _MARKS)


async def settled(dsn: str, events: int) -> None:
    """Wait until as many events as were published are applied or parked, and nothing more is on its way.

    What a relay has sent before comes before the mark that is now sent through every partition. Somebody must relay and
    consume.
    """
    await arrived(dsn, events)
    engine = tiny.engine_of(dsn)
    await tiny.mark(tiny.work_factory(engine))
    await engine.dispose()
    await _until(dsn, "a mark is through every partition", _BEHIND, operator.not_, _MARKS)


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
