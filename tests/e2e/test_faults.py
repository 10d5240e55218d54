"""The main job while things break: processes are killed between stages, the broker loses its memory, events come twice.

One outcome per candidate, one certificate per pass, order per key kept.
"""

import asyncio
import operator
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from kaozheng.demo.stage import Demo
from kaozheng.launcher.settings import LauncherSettings
from shared.events.topics import TOPICS
from tests.chaos.log import read
from tests.chaos.positions import ends
from tests.e2e.job import EVENT_SERVICES, Job, job
from tests.worlds.waiting import PATIENCE, until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    # the supervisor is meant to outlive the handle that started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CANDIDATES = 150
#: In a container it is not the supervisor that starts it again, but we.
BROKER = next(iter(LauncherSettings().broker_nodes), "container")
#: After these stages events are in flight; what is killed then.
KILLS = {
    "send_batch": ("registration",),
    "review": (BROKER, "registration", "exam"),
    "arrange": ("exam", "grading"),
    "sit": (BROKER, *EVENT_SERVICES),
    "mark": ("grading",),
    "release": (BROKER, "grading", "certificate", "registration"),
}
AGAIN = "UPDATE outbox_cursor SET epoch = epoch + 1, prev = '1:1:', win = NULL, seq = 0 RETURNING seq"
STATE = {
    "registration": "SELECT count(*), count(DISTINCT id) FROM application",
    "exam": "SELECT count(*), count(*) FROM candidate",
    "grading": "SELECT count(*), count(*) FROM candidate",
    "certificate": "SELECT count(*), count(DISTINCT application_id) FROM certificate",
}
BEHIND = "SELECT c.seq < max(o.seq) AS behind FROM outbox_cursor c, outbox o GROUP BY c.seq"
#: Where a service stands in the log that there is now.
POSITIONS = """
    SELECT topic, partition, next_offset FROM inbox_offset WHERE log_identity = (SELECT log_identity FROM outbox_cursor)
"""
OUT_OF_ORDER = """
    SELECT consumer, topic, key FROM (
        SELECT consumer, topic, key, version,
               lag(version) OVER (PARTITION BY consumer, topic, key ORDER BY handled_at) AS before
          FROM inbox) AS handled
     WHERE version <= before
"""


async def kill(job: Job, names: tuple[str, ...]) -> None:
    """Kill processes with -9 and wait until the supervisor has brought them back."""
    before = job.record().processes
    if job.servers and BROKER in names:
        await asyncio.to_thread(job.servers.restart_kafka)
        names = tuple(name for name in names if name != BROKER)
    for name in names:
        if process := before[name].process():
            process.kill()
    await until(f"{names} are back", lambda: all_ready(job, names, before))


async def all_ready(job: Job, names: tuple[str, ...], before: dict[str, Any]) -> bool:
    """Tell whether the killed processes live again and every service answers."""
    now = job.record().processes
    if any(name not in now or now[name] == before[name] or not now[name].process() for name in names):
        return False
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
        for service in EVENT_SERVICES:
            try:
                answer = await client.get(f"{job.stack.url(service)}/health/ready")
            except httpx.TransportError:
                return False
            if answer.status_code != httpx.codes.OK:
                return False
    return True


async def snapshot(job: Job) -> dict[str, Any]:
    """Return what must not change when events come again: state rows and outbox rows of every service."""
    seen: dict[str, Any] = {}
    for service in EVENT_SERVICES:
        seen[service] = [tuple(row.values()) for row in await job.rows(service, STATE[service])]
        seen[f"{service} outbox"] = (await job.rows(service, "SELECT count(*) AS n FROM outbox"))[0]["n"]
        seen[f"{service} inbox"] = (await job.rows(service, "SELECT count(*) AS n FROM inbox"))[0]["n"]
    return seen


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Job, Demo]]:
    """The main job through all the kills."""
    with job(tmp_path_factory.mktemp("faults")) as started:

        async def after(_demo: Demo, stage: str) -> None:
            if stage in KILLS:
                await kill(started, KILLS[stage])

        yield started, started.run(CANDIDATES, seed=11, after=after)


def test_every_sum_holds_through_all_kills(broken: tuple[Job, Demo]) -> None:
    assert broken[1].tally.broken() == []


@pytest.mark.parametrize("service", EVENT_SERVICES)
async def test_order_per_key_is_kept(broken: tuple[Job, Demo], service: str) -> None:
    assert await broken[0].rows(service, OUT_OF_ORDER) == []
    assert await broken[0].rows(service, "SELECT * FROM parked_event") == []


async def test_nothing_is_lost(broken: tuple[Job, Demo]) -> None:
    job = broken[0]
    published: dict[Any, str] = {}
    for service in EVENT_SERVICES:
        published |= {
            row["event_id"]: row["type"] for row in await job.rows(service, "SELECT event_id, type FROM outbox")
        }
    for service in EVENT_SERVICES:
        handled = {row["event_id"] for row in await job.rows(service, "SELECT event_id FROM inbox")}
        kinds = {published[event] for event in handled}  # an event that nobody sent fails here
        assert handled == {event for event, kind in published.items() if kind in kinds}


async def test_a_second_publication_of_everything_changes_nothing(broken: tuple[Job, Demo]) -> None:
    job = broken[0]
    before = await snapshot(job)
    for service in EVENT_SERVICES:
        await job.rows(service, AGAIN)
    await kill(job, EVENT_SERVICES)
    await until("everything is sent again", lambda: unsent(job), operator.not_)
    log, _ = await read(job.bootstrap_servers, list(TOPICS))
    await until("everything is read again", lambda: unread(job, ends(log)), operator.not_)
    assert await snapshot(job) == before


async def unsent(job: Job) -> list[str]:
    """Return the services whose relay has not yet read its whole outbox once more."""
    return [service for service in EVENT_SERVICES if (await job.rows(service, BEHIND))[0]["behind"]]


async def unread(job: Job, log_ends: Mapping[tuple[str, int], int]) -> list[tuple[str, str, int]]:
    """Return the partitions of which a service has not come to the end."""
    return [
        (service, row["topic"], row["partition"])
        for service in EVENT_SERVICES
        for row in await job.rows(service, POSITIONS)
        if row["next_offset"] < log_ends.get((row["topic"], row["partition"]), 0)
    ]
