"""Lets a service live through everything once; keeps what it was sent, what it answered, and its events."""

import importlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from shared.service import Service, create_app
from tests.examples.exchanges import Exchanges
from tests.examples.questions import VISITS
from tests.repeating.sender import Sender
from tests.worlds.stack import TestPostgres, service_values

_HEALTH = ("live", "ready", "startup")
_EVENTS = "SELECT type, payload FROM outbox ORDER BY seq"


@dataclass(frozen=True)
class Recording:
    """The last good exchange of each operation, and the payloads of each type of event in order."""

    exchanges: dict[str, Any]
    events: dict[str, list[Any]]


async def record(postgres: TestPostgres, name: str, folder: Path) -> Recording:
    """Return what became of the life of a service, on a database of its own."""
    begin, ask = VISITS[name]
    life = begin(folder)
    async with _running(postgres, name, life) as service:
        app = create_app(service)
        exchanges = Exchanges(app)
        hooks = {"response": [exchanges.note]}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=f"http://{name}", event_hooks=hooks
        ) as http:
            send = Sender(service, http, "once")
            await life.live(send)
            await ask(life, send)
            for path in _HEALTH:
                await http.get(f"/health/{path}")
        return Recording(exchanges.found, await _events(service))


@asynccontextmanager
async def _running(postgres: TestPostgres, name: str, life: Any) -> AsyncIterator[Service]:
    database = await postgres.create_service_database(name)
    values = service_values(name, database) | life.settings
    settings = importlib.import_module(f"services.{name}.settings").Settings(**values)
    service: Service = importlib.import_module(f"services.{name}.bootstrap").build(settings, clock=life.clock)
    yield service
    await service.engine.dispose()
    await postgres.drop(database.name)


async def _events(service: Service) -> dict[str, list[Any]]:
    if service.subscription is None:
        return {}
    found = defaultdict(list)
    async with service.engine.connect() as connection:
        for row in await connection.exec_driver_sql(_EVENTS):
            found[row.type].append(json.loads(row.payload))
    return dict(found)
