"""Writers that make commit order differ from that of sequence numbers and transaction ids, as real load does."""

import random

import asyncpg

from shared.ids import new_id

_EVENT = """
    INSERT INTO outbox (event_id, topic, key, type, version, payload, occurred_at)
    VALUES ($1, 'exam.sittings', $2, 'x.y.v1', $3, '', clock_timestamp() + make_interval(secs => $4))
"""


async def write(dsn: str, number: int, events: int, keys: int, *, gives_up: bool) -> None:
    """Take a transaction id early, lock late, under a clock that jumps; some give up while they hold the id."""
    chance = random.Random(number)
    connection = await asyncpg.connect(dsn)
    try:
        for _ in range(events):
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute("INSERT INTO unrelated DEFAULT VALUES")
            await _idle(connection, chance.randrange(12))
            if gives_up:
                await transaction.commit()
                continue
            key = f"k{chance.randrange(keys)}"
            version = await connection.fetchval(
                "INSERT INTO counter AS c VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET version = c.version + 1 "
                "RETURNING version",
                key,
            )
            await connection.execute(_EVENT, new_id(), key, version, chance.choice((0.0, -3600.0)))
            await _idle(connection, chance.randrange(4))
            await transaction.commit()
    finally:
        await connection.close()


async def _idle(connection: asyncpg.Connection, questions: int) -> None:
    """Keep the transaction open while so many questions are asked and answered: longer where all takes longer."""
    for _ in range(questions):
        await connection.fetchval("SELECT 1")
