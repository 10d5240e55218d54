"""The five services in this process, on real databases, each with the data of one school that another must not see."""

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from shared import ids
from shared.service import Service
from shared.web import auth
from tests.hostile import seeds
from tests.worlds.callers import Issuer
from tests.worlds.services import World, opened, settings_of, world_of
from tests.worlds.stack import TestPostgres

#: What keeps tests from refusing each other.
MORE: dict[str, dict[str, Any]] = {"certificate": {"lookup_burst": 1_000_000}}
#: Every scope there is; what a route needs is said in `doors.py`.
SCOPES = auth.BODY_ONLY | frozenset(
    (
        "applications:read",
        "applications:write",
        "certificates:read",
        "marks:arbitrate",
        "marks:write",
        "panels:score",
        "persons:read",
        "plans:read",
        "site:operate",
        "tickets:read",
    )
)


@dataclass(frozen=True)
class Live:
    """A running service: its document, and the ids of what lies in its database."""

    world: World
    known: dict[str, str]
    loop: asyncio.AbstractEventLoop

    @property
    def name(self) -> str:
        """Which service it is."""
        return self.world.NAME

    @property
    def service(self) -> Service:
        """Its parts."""
        return self.world.service

    @property
    def app(self) -> FastAPI:
        """Its application."""
        return self.world.app

    @property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return self.app.openapi()

    def operations(self) -> list[tuple[str, str]]:
        """Return method and path template of every documented operation."""
        paths = self.document["paths"]
        return [(method.upper(), path) for path in sorted(paths) for method in sorted(paths[path])]

    def headers(self, scopes: Iterable[str] = SCOPES, institution: UUID | None = None) -> dict[str, str]:
        """Return the headers of a command by somebody with these scopes, staff unless an institution is given."""
        return self.world.caller(*scopes, institution=institution) | {"idempotency-key": str(ids.new_id())}

    def fill(self, path: str) -> str:
        """Return a path with the ids of known things, else of things that do not exist."""
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        return path.format(**{name: self.known.get(name, str(ids.new_id())) for name in names})

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Send a request; an exception that the application does not answer fails the test."""
        return self.loop.run_until_complete(self.world.http.request(method, url, **options))

    def rows(self, sql: str) -> list[Any]:
        """Read the database."""
        return self.loop.run_until_complete(self.world.rows(sql))


class Rig:
    """Starts services as they are asked for, and stops them all. One loop of its own, turned by each request."""

    def __init__(self, postgres: TestPostgres, folder: Path) -> None:
        self._postgres, self._issuer = postgres, Issuer.make(folder)
        self._loop, self._worlds = asyncio.new_event_loop(), AsyncExitStack()
        self._live: dict[str, Live] = {}

    def __getitem__(self, name: str) -> Live:
        if name not in self._live:
            self._live[name] = self._loop.run_until_complete(self._start(name))
        return self._live[name]

    async def _start(self, name: str) -> Live:
        kind, database = world_of(name), await self._postgres.create_service_database(name)
        settings = settings_of(name, database, kind.settings(self._issuer) | MORE.get(name, {}))
        world = await self._worlds.enter_async_context(opened(kind, settings, self._issuer))
        return Live(world, await seeds.SEEDS[name](world), self._loop)

    def stop(self) -> None:
        """Close clients, engines and the loop."""
        self._loop.run_until_complete(self._worlds.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
