"""An event on its way through three services at a steady rate: from commit to committed effect, hop by hop."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import pairwise

import asyncpg

from benchmarks import broker, sample
from benchmarks.child import Child
from benchmarks.finding import Finding, Picture
from benchmarks.ground import Ground, Place
from benchmarks.latency import source, stages
from benchmarks.latency.quantiles import HEADINGS, Hop, Moments, delays, reached
from benchmarks.latency.source import Rate
from benchmarks.questions import Progress, reach
from benchmarks.setting import Setting

PER_SECOND = 500
_SECONDS = 5


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table: each hop, and the whole way."""
    rate, every = Rate(PER_SECOND, setting.events(PER_SECOND * _SECONDS)), []
    with setting.ground() as ground:
        for turn in range(setting.repeats):
            setting.tell(f"{turn + 1}/{setting.repeats}")
            every.append(_run(ground, rate))
    names = ["registration", *stages.SUBSCRIPTIONS]
    hops = [
        Hop(f"{before} → {after}", [delays(run[place], run[place + 1]) for run in every])
        for place, (before, after) in enumerate(pairwise(names))
    ]
    hops.append(Hop("全程 whole way", [delays(run[0], run[-1]) for run in every]))
    rates = [reached(run[0]) for run in every]
    yield Finding(
        title=f"事件到效果 Event to committed effect at {PER_SECOND} events/s",
        headings=HEADINGS,
        rows=[hop.row() for hop in hops],
        notes=(
            f"实际速率 rate reached: {min(rates):,.0f} to {max(rates):,.0f} per second, {source.TOGETHER} per commit.",
            "微型服务，真实消息层。 Tiny services on the real outbox, relay, broker and inbox.",
            "时刻由 PostgreSQL 记录。 PostgreSQL says when each transaction was committed.",
        ),
        picture=Picture(file="latency", axis="毫秒 ms", bars=[bar for hop in hops for bar in hop.bars()]),
        data={hop.name: {f"p{percent}": hop.at(percent) for percent in (50, 95, 99)} for hop in hops},
    )


def _run(ground: Ground, rate: Rate) -> list[Moments]:
    with ExitStack() as everything:
        first = everything.enter_context(ground.place(sample.schema()))
        dsns = [everything.enter_context(ground.database(sample.schema())) for _ in stages.SUBSCRIPTIONS]
        places = [replace(first, dsn=dsn) for dsn in dsns]
        return asyncio.run(_pass(first, places, rate))


async def _pass(first: Place, places: list[Place], rate: Rate) -> list[Moments]:
    await broker.create_topics(first.servers)
    works = [partial(stages.run, place, name) for place, name in zip(places, stages.SUBSCRIPTIONS, strict=True)]
    children = [Child(work) for work in (*works, partial(source.run, first, stages.checked_in, rate))]
    start, last = await first.connect(), await places[-1].connect()
    try:
        await reach(rate.first, _count(last), children[-1])
        await source.go(start)
        await reach(rate.first + rate.events, _count(last), children[-1])
        published = f"{source.MOMENTS} ORDER BY seq OFFSET {rate.first}"
        return [await moments(first, published), *[await moments(place, stages.MOMENTS) for place in places]]
    finally:
        for connection in (start, last):
            await connection.close()
        for child in children:
            child.stop()


def _count(connection: asyncpg.Connection) -> Progress:
    async def count() -> int:
        return int(await connection.fetchval("SELECT count(*) FROM kept_result"))

    return count


async def moments(place: Place, question: str) -> Moments:
    """Ask a database when what was committed."""
    connection = await place.connect()
    try:
        return {row[0]: row[1] for row in await connection.fetch(question)}
    finally:
        await connection.close()
