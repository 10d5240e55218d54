"""One service as a process: its parts, its application, and the ways to run it (`api`, `worker`, `all`, `migrate`)."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog
import uvloop
from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import Clock
from shared.database import migrations
from shared.inbox.subscription import Subscription
from shared.messaging.status import WorkerStatus
from shared.outbox.wake import Wake
from shared.settings import PlatformSettings, ServiceSettings
from shared.telemetry import logs, tracing
from shared.web import app as web
from shared.web import idempotency
from shared.web.health import Check, Health, Trouble
from shared.web.server import Server, listen, server_for
from shared.work import WorkFactory

MODES = ("api", "worker", "all", "migrate")

#: Runs until the event is set, then ends soon.
Loop = Callable[[asyncio.Event], Awaitable[None]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Service:
    """Everything one service is made of; built by its `bootstrap.build`."""

    name: str
    settings: ServiceSettings
    clock: Clock
    engine: AsyncEngine
    routers: Sequence[APIRouter]
    subscription: Subscription | None
    work: WorkFactory
    #: Set after each commit that wrote events.
    wake: Wake
    background: Sequence[Loop] = ()
    #: What the service's routes need, as its own frozen dataclass: `request.app.state.deps`.
    deps: Any


def create_app(service: Service, *, status: WorkerStatus | None = None) -> FastAPI:
    """Return the service's application; with a worker beside it, readiness also asks for the broker and the worker."""
    ready: dict[str, Check] = {"database": partial(_check_database, service.engine)}
    if status is not None:
        ready |= {"broker": partial(_check_broker, service.settings), "worker": partial(_check_worker, status)}
    checks = Health(ready=ready, startup={"migrations": partial(_check_schema, service)})
    app = web.new_app(service.name, service.settings, service.routers, checks, clock=service.clock)
    app.state.service = service
    app.state.deps = service.deps
    return app


async def _check_database(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


async def _check_schema(service: Service) -> None:
    if not await migrations.at_head(service.engine, service.name):
        raise Trouble("schema is not at head: run migrate")


async def _check_broker(settings: PlatformSettings) -> None:
    for address in settings.kafka_bootstrap_servers.split(","):
        host, _, port = address.strip().rpartition(":")
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            continue
        writer.close()
        return
    raise Trouble("unreachable")


async def _check_worker(status: WorkerStatus) -> None:
    if not status.is_ready:
        raise Trouble("; ".join(f"{part}: {reason}" for part, reason in sorted(status.troubles.items())))


def main(build: Callable[[], Service]) -> None:
    """Run the service in the mode named by the first argument; leave with 0, or 1 after a failure, or 2 if misused."""
    mode = sys.argv[1] if len(sys.argv) == 2 else ""  # noqa: PLR2004 - the program and its mode
    if mode not in MODES:
        sys.stderr.write(f"usage: python -m services.<service>.main {'|'.join(MODES)}\n")
        sys.exit(2)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(_main(build, mode)))


async def _main(build: Callable[[], Service], mode: str) -> int:
    service = build()
    calm_the_collector()
    logs.configure(service.name, service.settings.log_level)
    try:
        if mode == "migrate":
            await migrate(service)
        else:
            tracing.configure(service.settings, service.name)
            await _run(service, mode)
    except Exception as error:  # noqa: BLE001 - whatever it was, the process ends and says so
        _log.error("service.failed", mode=mode, error=logs.describe(error))
        return 1
    finally:
        await service.engine.dispose()
        await asyncio.to_thread(tracing.shutdown)
    _log.info("service.stopped", mode=mode)
    return 0


def calm_the_collector() -> None:
    """Batches make many short-lived objects: collecting every 700 of them took two fifths of a consumer's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


async def migrate(service: Service) -> None:
    """Bring the service's database to the newest schema and give the application's role its rights."""
    settings = service.settings
    await migrations.upgrade(service.name, settings.database_owner_url)
    await migrations.grant(settings.database_owner_url, settings.database_url)
    _log.info("service.database.migrated")


@dataclass(slots=True)
class _Course:
    """How far a running process is on its way to the end."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    drained: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None


async def _run(service: Service, mode: str) -> None:
    """Serve and work until a signal comes or the worker fails; either way the API finishes what it began."""
    course = _Course()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, course.stop.set)
    status = WorkerStatus() if mode in {"worker", "all"} else None
    port = service.settings.worker_port if mode == "worker" else service.settings.port
    served = replace(service, routers=()) if mode == "worker" else service
    app = create_app(served, status=status)
    async with asyncio.TaskGroup() as tasks:
        if port is not None:
            tasks.create_task(_serve(app, service.settings, port, course), name="api")
        tasks.create_task(_work(service, status, course) if status else _idle(course), name="worker")
        _log.info("service.started", mode=mode, port=port)
    if course.failure:
        raise course.failure


async def _work(service: Service, status: WorkerStatus, course: _Course) -> None:
    from shared.messaging.kafka import KafkaBroker  # an API alone needs no broker client
    from shared.worker import run_worker

    settings = service.settings
    broker = KafkaBroker(
        settings.kafka_bootstrap_servers,
        idempotence=settings.kafka_idempotence,
        partitions=settings.kafka_partitions,
        replication=settings.kafka_replication,
        create_topics=settings.kafka_create_topics,
    )
    background: list[Loop] = [*service.background, partial(idempotency.clean, service.engine)]
    try:
        await run_worker(replace(service, background=background), broker, course.stop, status=status)
    except Exception as error:  # noqa: BLE001 - raised again once the API has finished
        course.failure = error
    finally:
        course.stop.set()
        course.drained.set()
        await broker.close()


async def _idle(course: _Course) -> None:
    await course.stop.wait()
    course.drained.set()


async def _serve(app: FastAPI, settings: ServiceSettings, port: int, course: _Course) -> None:
    """Serve until told to stop: first say "not ready", then let the worker drain, then close."""
    with listen(settings.host, port) as socket:
        server = server_for(app)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_close(server, app, settings, course), name="closer")
            await server.serve(sockets=[socket])
            course.stop.set()


async def _close(server: Server, app: FastAPI, settings: ServiceSettings, course: _Course) -> None:
    await course.stop.wait()
    app.state.health.draining = True
    await asyncio.sleep(settings.drain_seconds)
    await course.drained.wait()
    server.should_exit = True
