"""Results are released at a steady rate; the real certificate service signs; what is committed can be verified."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks import broker, fresh, sample
from benchmarks.child import Child
from benchmarks.finding import Finding, Picture
from benchmarks.ground import Ground, Place
from benchmarks.latency import source
from benchmarks.latency.chain import moments
from benchmarks.latency.quantiles import HEADINGS, Hop, Moments, delays, reached
from benchmarks.latency.source import Rate
from benchmarks.questions import reach
from benchmarks.setting import Setting
from benchmarks.web import office
from services.certificate.bootstrap import build
from services.certificate.settings import Settings
from shared.clock import SystemClock
from shared.events.grading import ResultPublishedV1
from shared.ids import new_id
from shared.messaging.kafka import KafkaBroker
from shared.worker import run_worker
from tests.worlds.payloads import Candidate

PER_SECOND = 200
_SECONDS = 5
_CERTIFIED = "SELECT application_id::text, pg_xact_commit_timestamp(xmin) FROM certificate"


class Release:
    """Makes the result of the n-th candidate; can be sent to another process."""

    def __init__(self, results: list[ResultPublishedV1]) -> None:
        self._results = results

    def __call__(self, number: int) -> ResultPublishedV1:
        return self._results[number]


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    rate, every = Rate(PER_SECOND, setting.events(PER_SECOND * _SECONDS)), []
    with setting.ground() as ground:
        for turn in range(setting.repeats):
            setting.tell(f"{turn + 1}/{setting.repeats}")
            every.append(_run(ground, rate))
    hop = Hop("发布到可验 released → verifiable", [delays(released, certified) for released, certified in every])
    rates = [reached(released) for released, _ in every]
    yield Finding(
        title=f"成绩发布到证书可验 Result released to certificate verifiable at {PER_SECOND}/s",
        headings=HEADINGS,
        rows=[hop.row()],
        notes=(
            f"实际速率 rate reached: {min(rates):,.0f} to {max(rates):,.0f} per second, {source.TOGETHER} per commit.",
            "目标 goal: p99 < 1,000 ms.",
            "从成绩提交到已签证书提交。 From the commit of the result to the commit of the signed certificate.",
            "其间为中继、代理、真实证书服务。 In between: relay, broker and the real certificate service.",
        ),
        picture=Picture(file="release", axis="毫秒 ms", bars=hop.bars()),
        data={f"p{percent}": hop.at(percent) for percent in (50, 95, 99)},
    )


def _run(ground: Ground, rate: Rate) -> tuple[Moments, Moments]:
    values = asyncio.run(office.values_on(ground))
    results = fresh.run(admit, values, rate.first + rate.events)
    with ground.place(sample.schema()) as place:
        return asyncio.run(_release(place, ground, values, results, rate))


async def _release(
    place: Place, ground: Ground, values: dict[str, Any], results: list[ResultPublishedV1], rate: Rate
) -> tuple[Moments, Moments]:
    await broker.create_topics(place.servers)
    name = str(values["database_url"]).rpartition("/")[2]
    register = Place(ground.server.dsn(name), place.servers, place.postgres_pid, place.broker_pid, place.log)
    certificate = Child(partial(work, values | {"kafka_bootstrap_servers": place.servers}))
    connection = await register.connect()
    start = await place.connect()
    desk = Child(partial(source.run, place, Release(results), rate))
    try:
        issued = partial(connection.fetchval, "SELECT count(*) FROM certificate")
        await reach(rate.first, issued, certificate)
        await source.go(start)
        await reach(len(results), issued, certificate)
        released = await moments(place, f"{source.MOMENTS} ORDER BY seq OFFSET {rate.first}")
        return released, await moments(register, _CERTIFIED)
    finally:
        for one in (connection, start):
            await one.close()
        for child in (certificate, desk):
            child.stop()


async def work(values: dict[str, Any]) -> None:
    """Be the certificate service's worker until cancelled."""
    settings = Settings(**values)
    service = build(settings, clock=SystemClock())
    client = KafkaBroker(settings.kafka_bootstrap_servers, idempotence=False, options=broker.options())
    try:
        await run_worker(service, client, asyncio.Event(), options=broker.options())
    finally:
        await client.close()
        await service.engine.dispose()


async def admit(values: dict[str, Any], candidates: int) -> list[ResultPublishedV1]:
    """Let the certificate service know a plan and its candidates; return their results, which it does not know yet."""
    async with office.desk(values) as world:
        plan, people = new_id(), [Candidate(number) for number in range(candidates)]
        await world.tell(world.plan(plan), *[world.admitted(plan, each) for each in people])
        return [world.result(plan, each) for each in people]
