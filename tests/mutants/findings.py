"""What is wrong after a check, by the ledger of the fault tests and by the log itself."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg

from shared.messaging.broker import Partition
from tests.faults import ledger, tiny
from tests.mutants.cast import Scene

_DONE = "SELECT (SELECT count(*) FROM applied) + (SELECT count(*) FROM parked_event)"
#: What is right gets so many seconds without progress; what is wrong need not be waited for so long.
_PATIENCE, _IMPATIENCE = 20.0, 1.0


async def quiet(scene: Scene, events: int) -> None:
    """Wait until so many events are applied or parked, or until nothing moves any more."""

    async def done(connection: asyncpg.Connection) -> int:
        return int(await connection.fetchval(_DONE))

    await _still(scene, events, done)


async def logged(scene: Scene, events: int) -> None:
    """Wait until so many records are in the log, or until nothing moves any more."""

    async def done(_: asyncpg.Connection) -> int:
        return len(records(scene))

    await _still(scene, events, done)


async def _still(scene: Scene, events: int, done: Callable[[asyncpg.Connection], Awaitable[int]]) -> None:
    connection = await asyncpg.connect(scene.dsn)
    patience = _PATIENCE if scene.cast.is_real else _IMPATIENCE
    count, since = -1, time.monotonic()
    while count < events and time.monotonic() - since < patience:
        await asyncio.sleep(0.05)
        if (now := await done(connection)) != count:
            count, since = now, time.monotonic()
    await connection.close()
    await asyncio.sleep(0.2)  # for what is too much


def records(scene: Scene) -> list[tuple[int, str, str, int]]:
    """Return partition, event id, key and version of every record, partition by partition."""
    found = []
    for number in range(scene.broker.count(tiny.TOPIC)):
        for record in scene.broker.log(Partition(tiny.TOPIC, number)):
            headers = {name: value.decode() for name, value in record.headers}
            found.append((number, headers["ce_id"], headers["ce_subject"], int(headers["ce_aggregateversion"])))
    return found


async def of_effects(scene: Scene, *, parked: int = 0) -> list[str]:
    """Return what is wrong with the effects."""
    return await ledger.findings(scene.dsn, parked=parked)


async def of_outbox(scene: Scene) -> list[str]:
    """Return what is wrong between the changes and the events that tell of them."""
    connection = await asyncpg.connect(scene.dsn)
    changes = await connection.fetchval("SELECT coalesce(sum(version), 0) FROM counter")
    events = await connection.fetchval("SELECT count(*) FROM outbox")
    await connection.close()
    untold, invented = max(0, changes - events), max(0, events - changes)
    return ([f"{untold} lost"] if untold else []) + ([f"{invented} invented"] if invented else [])


async def of_log(scene: Scene) -> list[str]:
    """Return what is wrong with the log, where no send failed: also a repetition is one too many."""
    connection = await asyncpg.connect(scene.dsn)
    published = {str(row[0]) for row in await connection.fetch("SELECT event_id FROM outbox")}
    await connection.close()
    log = records(scene)
    times = Counter(event for _, event, _, _ in log)
    found = []
    if lost := len(published - set(times)):
        found.append(f"{lost} lost")
    if repeated := sum(count > 1 for count in times.values()):
        found.append(f"{repeated} repeated")
    if swapped := ledger.swaps([(key, version) for key, version in dict.fromkeys((key, v) for _, _, key, v in log)]):
        found.append(f"{swapped} swapped")
    places = {(number, key) for number, _, key, _ in log}
    if scattered := len(places) - len({key for _, key in places}):
        found.append(f"{scattered} scattered")
    return found
