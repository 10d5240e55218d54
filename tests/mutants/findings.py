"""What is wrong after a check, by the ledger of the fault tests and by the log itself."""

from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg

from shared.messaging.broker import Partition
from tests.faults import ledger, tiny
from tests.mutants.cast import Scene
from tests.worlds.waiting import until

_DONE = "SELECT (SELECT count(*) FROM applied) + (SELECT count(*) FROM parked_event)"
_SENT = "SELECT win IS NULL AND seq >= (SELECT max(seq) FROM outbox) FROM outbox_cursor"
#: A wrong part may never get there. It is given up after so many looks without progress: each takes a turn of the loop
#: that all parts share, and a question to the database, so that they are longer where everything takes longer.
_LOOKS = 100

Progress = tuple[int, bool]


async def quiet(scene: Scene, events: int) -> None:
    """Wait until so many events are applied or parked and the log is read to its end."""

    async def progress(connection: asyncpg.Connection) -> Progress:
        return int(await connection.fetchval(_DONE)), scene.is_read()

    await _still(scene, events, progress)


async def logged(scene: Scene, events: int) -> None:
    """Wait until so many records are in the log and the outbox is sent to its end."""

    async def progress(connection: asyncpg.Connection) -> Progress:
        return len(records(scene)), bool(await connection.fetchval(_SENT))

    await _still(scene, events, progress)


async def _still(scene: Scene, events: int, look: Callable[[asyncpg.Connection], Awaitable[Progress]]) -> None:
    connection = await asyncpg.connect(scene.dsn)
    looks, before = 0, (-1, False)

    async def ended() -> bool:
        nonlocal looks, before
        progress = await look(connection)
        looks, before = (looks + 1 if progress == before else 0), progress
        return (progress[0] >= events and progress[1]) or (looks > _LOOKS and not scene.cast.is_real)

    await until(f"{events} events, and no more", ended)
    await connection.close()


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
