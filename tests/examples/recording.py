"""Lets a service live through everything once; keeps what it was sent, what it answered, and its events."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.examples.exchanges import Exchanges
from tests.examples.questions import VISITS
from tests.repeating.sender import Sender
from tests.worlds.callers import NOBODY, Issuer
from tests.worlds.services import World, opened, settings_of, world_of
from tests.worlds.stack import TestPostgres

_HEALTH = ("live", "ready", "startup")


@dataclass(frozen=True)
class Recording:
    """The last good exchange of each operation, and the payloads of each type of event in order."""

    exchanges: dict[str, Any]
    events: dict[str, list[Any]]


async def record(postgres: TestPostgres, name: str, folder: Path) -> Recording:
    """Return what became of the life of a service, on a database of its own."""
    kind, issuer = world_of(name), Issuer.make(folder)
    database = await postgres.create_service_database(name)
    async with opened(kind, settings_of(name, database, kind.settings(issuer)), issuer) as world:
        exchanges = Exchanges(world.app)
        world.http.event_hooks = {"response": [exchanges.note]}
        for visit in VISITS[name]:
            await visit(Sender(world, "once"), world)
        for path in _HEALTH:
            await world.ask(f"/health/{path}", NOBODY)
        events = await _events(world)
    await postgres.drop(database.name)
    return Recording(exchanges.found, events)


async def _events(world: World) -> dict[str, list[Any]]:
    found = defaultdict(list)
    if world.service.subscription is not None:
        for event in await world.published():
            found[event.type].append(event.payload)
    return dict(found)
