"""One check per fault: it plays a scene with a cast and returns what is wrong afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from shared.messaging.broker import BrokerTrouble, Outgoing, Partition, Record
from shared.messaging.memory import MemorySubscriber
from shared.outbox.relay import Relay
from tests.faults import tiny
from tests.faults.steps import CancelledAt
from tests.mutants.cast import Scene
from tests.mutants.findings import logged, of_effects, of_log, of_outbox, quiet
from tests.worlds.waiting import until

Check = Callable[[Scene], Awaitable[list[str]]]

KEY = str(tiny.key(1))


class Killed(BaseException):
    """What a kill is to a transaction: nobody cleans up after it."""


async def _sent(scene: Scene, events: int, *, keys: int) -> None:
    """Have everything in the log before the first consumer starts."""
    await tiny.publish_many(scene.work, events, keys=keys)
    async with scene.running(consumers=0):
        await logged(scene, events)


async def _consumed(scene: Scene, events: int) -> list[str]:
    async with scene.running(relays=0):
        await quiet(scene, events)
    return await of_effects(scene)


async def no_fault(scene: Scene) -> list[str]:
    """The log is there first, then the consumer comes."""
    await _sent(scene, 60, keys=6)
    return await of_log(scene) + await _consumed(scene, 60)


async def a_send_fails(scene: Scene) -> list[str]:
    """The broker refuses one page once; others follow."""
    scene.options = tiny.options(page_events=10)
    append, pages = scene.broker.append, 0

    async def refuse_third(records: list[Outgoing]) -> None:
        nonlocal pages
        pages += records[0].topic == tiny.TOPIC
        if pages == 3:
            pages += 1
            raise BrokerTrouble("refused")
        await append(records)

    scene.broker.append = refuse_third  # type: ignore[method-assign, assignment]
    await _sent(scene, 60, keys=3)
    return await of_log(scene)


async def two_relays(scene: Scene) -> list[str]:
    """Two are started, and events come."""
    leaders = 1 if scene.cast.relay is Relay else 2
    async with scene.running(relays=2, consumers=0):
        await until("all read that may", lambda: len(scene.leading) == leaders)
        await tiny.publish_many(scene.work, 60, keys=6)
        await logged(scene, 60)
    return await of_log(scene)


async def another_process_commits(scene: Scene) -> list[str]:
    """Nobody wakes the relay, which had nothing to do."""
    async with scene.running(consumers=0):
        await until("it has found nothing", lambda: scene.leading)
        await tiny.publish_many(scene.work, 20, keys=6)
        await logged(scene, 20)
    return await of_log(scene)


async def the_log_is_lost(scene: Scene) -> list[str]:
    """The broker forgets everything while nobody sends."""
    async with scene.running(consumers=0):
        await tiny.publish_many(scene.work, 20, keys=6)
        await logged(scene, 20)
        await scene.broker.close()
        await logged(scene, 20)
    return await of_log(scene)


async def everything_twice(scene: Scene) -> list[str]:
    """Each event again in the same partition, in another one, and once more to the next process."""
    await _sent(scene, 40, keys=6)
    places = [Partition(tiny.TOPIC, number) for number in range(4)]
    log = {place: list(scene.broker.log(place)) for place in places}

    async def again(shift: int) -> None:
        for place, records in log.items():
            number = (place.number + shift) % 4
            await scene.broker.append(
                [Outgoing(tiny.TOPIC, r.key or b"", r.value or b"", r.headers, number) for r in records]
            )

    await again(0)
    await again(1)
    async with scene.running(relays=0):
        await quiet(scene, 40)
    await again(0)
    await tiny.publish(scene.work, 1)
    async with scene.running():
        await quiet(scene, 41)
    return await of_effects(scene)


async def killed_in_the_middle(scene: Scene) -> list[str]:
    """The consumer dies between its two halves, twice; then one lives."""
    scene.options = tiny.options(batch_records=10)
    await _sent(scene, 50, keys=4)

    async def reached(name: str) -> None:
        if name == "consumer.remembered":
            raise Killed

    for _ in range(2):
        with suppress(Killed):
            await scene.consumer(reached).run(asyncio.Event())
    return await _consumed(scene, 50)


async def the_database_is_away_once(scene: Scene) -> list[str]:
    """One batch over several partitions fails, by nobody's fault."""
    failures = [ConnectionError()]
    scene.failing(lambda _: failures.pop() if failures else None)
    await _sent(scene, 40, keys=20)
    return await _consumed(scene, 40)


async def a_handler_fails_once(scene: Scene) -> list[str]:
    """One event fails at first, others of its key are behind it."""
    failures = [ValueError()]
    scene.failing(lambda events: failures.pop() if failures and _has(events, KEY, 2) else None)
    await _sent(scene, 40, keys=3)
    return await _consumed(scene, 40)


def _has(events: list[Any], key: str, version: int) -> bool:
    return any((found.key, found.version) == (key, version) for found in events)


async def poison(scene: Scene) -> list[str]:
    """One event fails until it is mended; then its key is replayed."""
    await _do(scene.dsn, f"INSERT INTO poison VALUES ('{KEY}', 2)")
    await _sent(scene, 60, keys=4)
    async with scene.running(relays=0):
        await quiet(scene, 60)
    await _do(scene.dsn, "DELETE FROM poison")
    await scene.cast.replay(scene.work, scene.subscription, tiny.TOPIC, KEY)
    return await of_effects(scene)


async def retention(scene: Scene) -> list[str]:
    """The first records of every partition are gone when the consumer comes."""
    await _sent(scene, 60, keys=12)
    make = scene.broker.subscriber

    async def forgetful(*arguments: Any) -> MemorySubscriber:
        subscriber = await make(*arguments)
        poll = subscriber.poll

        async def left(limit: int, wait: float) -> list[Record]:
            return [record for record in await poll(limit, wait) if record.offset >= 3]

        subscriber.poll = left  # type: ignore[method-assign, assignment]
        return subscriber

    scene.gone = 3
    scene.broker.subscriber = forgetful  # type: ignore[method-assign, assignment]
    places = [Partition(tiny.TOPIC, number) for number in range(4)]
    async with scene.running(relays=0):
        await quiet(scene, sum(max(0, len(scene.broker.log(place)) - 3) for place in places))
    return [] if "offsets" in scene.status.troubles else ["silent"]


async def a_commit_fails(scene: Scene) -> list[str]:
    """Once at the very end of the transaction, once when the events are written."""
    await _do(scene.dsn, "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$")
    await _do(
        scene.dsn,
        f"""CREATE CONSTRAINT TRIGGER late AFTER INSERT ON counter DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.key = '{tiny.key(2)}') EXECUTE FUNCTION refuse()""",
    )
    await _do(
        scene.dsn,
        f"""CREATE TRIGGER early BEFORE INSERT ON outbox
            FOR EACH ROW WHEN (NEW.key = '{tiny.key(3)}') EXECUTE FUNCTION refuse()""",
    )
    for number in (1, 2, 3):
        with suppress(DBAPIError):
            await tiny.publish(scene.work, number)
    return await of_outbox(scene)


async def cancelled_in_the_commit(scene: Scene) -> list[str]:
    """The last await of a command is struck: that must not cost a connection."""
    connections: list[object] = []
    event.listen(scene.engine.sync_engine, "connect", lambda connection, _: connections.append(connection))
    await tiny.publish(scene.work, 1)  # a new connection takes more awaits
    counting = CancelledAt(tiny.publish(scene.work, 1), 1000)
    await counting
    struck = CancelledAt(tiny.publish(scene.work, 1), counting.passed)
    with suppress(asyncio.CancelledError):
        await asyncio.ensure_future(_awaited(struck))
    assert struck.is_struck
    await until("the commit is over", lambda: scene.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]  # a queue
    await tiny.publish(scene.work, 1)
    given_up = len(connections) - 1
    return await of_outbox(scene) + ([f"{given_up} connections given up"] if given_up else [])


async def _awaited(struck: CancelledAt[None]) -> None:
    await struck


async def _do(dsn: str, sql: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(sql)
    await connection.close()
