"""The main job while API processes are killed, stopped and frozen: callers repeat, and everything happens once."""

import asyncio
import itertools
import random
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from kaozheng.demo.party import Patience
from kaozheng.demo.stage import Demo
from kaozheng.embedded.ports import answers
from tests.e2e.job import EVENT_SERVICES, Job, job
from tests.worlds.waiting import PATIENCE, until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    # the supervisor is meant to outlive the handle that started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CANDIDATES, SEED = 60, 5
KINDS = ("kill", "stop", "freeze")
#: The supervisor waits longer each time: who was killed so often is only frozen from then on.
RESTARTS = 3
#: What the job asks for once, and the trace that it leaves; a command that was done twice leaves it twice.
ONCE = {
    "registration": {
        "SELECT count(*) FROM institution": 1,
        "SELECT count(*) FROM api_client": 1,
        "SELECT count(*) FROM batch": 1,
        "SELECT count(*) FROM audit WHERE action IN ('institution.created', 'client.created')": 2,
    },
    "exam": {
        "SELECT count(*) FROM site": 2,
        "SELECT count(*) FROM plan": 1,
        "SELECT count(*) FROM seat_plan": 1,
        "SELECT count(*) FROM audit WHERE action IN ('plan.publish', 'plan.close_entry', 'plan.arrange')": 3,
        "SELECT count(*) FROM audit WHERE action = 'session.close'": 4,
    },
    "grading": {
        "SELECT count(*) FROM mark WHERE revision > 1": 0,
        "SELECT count(*) FROM audit WHERE action IN ('markers.appointed', 'panels.formed', 'works.allocated')": 3,
        "SELECT count(*) FROM audit WHERE action IN ('marking.closed', 'results.released')": 2,
    },
    "certificate": {"SELECT count(*) FROM audit WHERE action = 'certificate.revoke'": 1},
}


Struck = tuple[Job, Demo, set[tuple[str, str]]]


def strikes(seed: int) -> Iterator[tuple[str, str, float, float]]:
    """Yield without end whom to strike how, the pause before, and how long it stays frozen; each pair equally often."""
    chance = random.Random(seed)
    while True:
        pairs = list(itertools.product(EVENT_SERVICES, KINDS))
        chance.shuffle(pairs)
        for service, kind in pairs:
            yield service, kind, chance.uniform(0.2, 1.2), chance.uniform(0.5, 3.0)


async def rage(job: Job, calm: asyncio.Event, struck: list[tuple[str, str]]) -> None:
    """Strike until told to stop, but nobody who is just being started; note who was struck how."""
    for service, kind, pause, frozen in strikes(SEED):
        with suppress(TimeoutError):
            await asyncio.wait_for(calm.wait(), pause)
        if calm.is_set():
            break
        often = sum(one == service and how != "freeze" for one, how in struck) >= RESTARTS
        record = job.record()
        identity = record.processes.get(service)
        process = identity.process() if identity else None
        if process and answers(record.ports[service]):
            with suppress(psutil.NoSuchProcess):
                await strike(process, "freeze" if often else kind, frozen)
                struck.append((service, "freeze" if often else kind))


def is_complete(hits: Collection[tuple[str, str]]) -> bool:
    """Say whether every service was struck, and every way to strike used."""
    return {service for service, _ in hits} == set(EVENT_SERVICES) and {kind for _, kind in hits} == set(KINDS)


async def strike(process: psutil.Process, kind: str, frozen: float) -> None:
    """Kill a process, ask it to stop, or freeze it for a while."""
    if kind == "kill":
        process.kill()
    elif kind == "stop":
        process.terminate()
    else:
        process.suspend()
        try:
            await asyncio.sleep(frozen)
        finally:
            process.resume()


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Struck]:
    """The main job under strikes, and who was struck how."""
    folder: Path = tmp_path_factory.mktemp("api-faults")

    async def play(started: Job) -> tuple[Demo, set[tuple[str, str]]]:
        calm, hits = asyncio.Event(), list[tuple[str, str]]()
        raging = asyncio.ensure_future(rage(started, calm, hits))

        async def after(_demo: Demo, stage: str) -> None:
            if stage == "mark":  # on a fast machine the job would be over before everybody was struck
                await until("all are struck in all ways", lambda: is_complete(hits))

        try:
            demo = await started.play(CANDIDATES, SEED, after, patience=Patience(seconds=PATIENCE, attempt_seconds=60))
        finally:
            calm.set()
            await raging
        return demo, set(hits)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAOZHENG_SEPARATE_WORKERS", "true")
        with job(folder) as started:
            yield started, *asyncio.run(play(started))


def test_every_sum_holds(struck: Struck) -> None:
    _, demo, hits = struck
    assert demo.tally.broken() == []
    assert demo.facts.get("faults", []) == []
    assert is_complete(hits)
    assert demo.patience.repeats > 0


@pytest.mark.parametrize("service", EVENT_SERVICES)
async def test_every_command_had_its_effect_once(struck: Struck, service: str) -> None:
    job, _, _ = struck
    assert {sql: (await job.rows(service, sql))[0][0] for sql in ONCE[service]} == ONCE[service]
    assert await job.rows(service, "SELECT * FROM parked_event") == []
