"""A service under test: built on a database of its own, with a clock that is set and a client on its application.

The words are the same for every service: `caller` gives headers; `get` and `post` return what a good answer says, `ask`
and `send` any answer; `tell` lets the service hear events; `published` and `payloads` are what it says to others;
`rows` reads its database.
"""

import importlib
import json
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

import httpx
from fastapi import FastAPI

from shared import ids
from shared.clock import SettableClock
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.service import Service, create_app
from shared.settings import ServiceSettings
from tests.worlds.callers import OFFICER, Headers, Issuer, bearer
from tests.worlds.events import received
from tests.worlds.payloads import NOW
from tests.worlds.stack import ServiceDatabase, service_values
from tests.worlds.statements import statements

SERVICES = ("registration", "exam", "grading", "certificate", "operations")


class Published(NamedTuple):
    """An event in the outbox."""

    type: str
    key: str
    version: int
    journey_id: UUID | None
    payload: dict[str, Any]


@dataclass
class World:
    """A service and both sides of it: callers before it, events around it, rows behind it."""

    #: Which service it is, what its staff may do, when its clock starts, and where it says that it is.
    NAME: ClassVar[str]
    STAFF: ClassVar[tuple[str, ...]] = ()
    NOW: ClassVar[datetime] = NOW
    URL: ClassVar[str] = "https://kz.test"

    service: Service
    app: FastAPI
    http: httpx.AsyncClient
    issuer: Issuer
    clock: SettableClock

    @classmethod
    def settings(cls, issuer: Issuer) -> dict[str, Any]:
        """Return what this service is set to beyond its database."""
        return {"auth_issuers": [issuer.trusted]}

    def caller(self, *scopes: str, institution: UUID | None = None, subject: str = OFFICER) -> Headers:
        """Return the headers of somebody with these scopes, staff unless an institution is given."""
        return bearer(self.issuer.token(*scopes, institution=institution, subject=subject, clock=self.clock))

    @property
    def staff(self) -> Headers:
        """The headers of an officer, who calls unless a test says otherwise."""
        return self.caller(*self.STAFF)

    async def ask(self, path: str, caller: Headers | None = None, **params: Any) -> httpx.Response:
        """Read something; return the answer, good or not."""
        return await self.http.get(path, params=params or None, headers=self.staff if caller is None else caller)

    async def get(self, path: str, caller: Headers | None = None, **params: Any) -> Any:
        """Read something; return what the answer says, which must be good."""
        return _good(await self.ask(path, caller, **params))

    async def send(self, path: str, body: Any = None, caller: Headers | None = None) -> httpx.Response:
        """Command something, under a key of its own unless the caller has one; return the answer, good or not."""
        headers = {"idempotency-key": str(ids.new_id())} | (self.staff if caller is None else caller)
        return await self.http.post(path, json=body, headers=headers)

    async def post(self, path: str, body: Any = None, caller: Headers | None = None) -> Any:
        """Command something; return what the answer says, which must be good."""
        return _good(await self.send(path, body, caller))

    async def tell(self, *payloads: EventPayload) -> list[Received[Any]]:
        """Let the service hear events in this order, a transaction for each run of one type; return them as heard."""
        heard: list[Received[Any]] = []
        for _, run in groupby(payloads, type):
            async with self.service.work() as work:
                heard += await self.handle(work, *run)
        return heard

    async def handle(self, work: Any, *payloads: EventPayload) -> list[Received[Any]]:
        """Hand events of one type to their handler inside a transaction."""
        assert self.service.subscription is not None
        events = [received(payload) for payload in payloads]
        await self.service.subscription.handlers[type(payloads[0])](work, events)
        return events

    async def rows(self, sql: str, **parameters: Any) -> list[Any]:
        """Run a statement on the service's database."""
        async with self.service.work() as work:
            return list(await work.rows(sql, parameters))

    async def published(self, name: str = "") -> list[Published]:
        """Return the events that the service publishes, in order: those of one name, or all."""
        rows = await self.rows("SELECT type, key, version, journey_id, payload FROM outbox ORDER BY seq")
        return [
            Published(row.type, row.key, row.version, row.journey_id, json.loads(row.payload))
            for row in rows
            if name in {"", row.type.split(".")[1]}
        ]

    async def payloads(self, name: str) -> list[dict[str, Any]]:
        """Return what the published events of one name say."""
        return [event.payload for event in await self.published(name)]

    def statements(self) -> AbstractContextManager[list[str]]:
        """Collect the SQL statements of the block."""
        return statements(self.service.engine)


WorldT = TypeVar("WorldT", bound=World)


def world_of(name: str) -> type[World]:
    """Return the world of a service, with its own words."""
    found: type[World] = importlib.import_module(f"tests.worlds.{name}").World
    return found


def settings_of(name: str, database: ServiceDatabase, given: dict[str, Any]) -> Any:
    """Return the settings of a service on a database."""
    kind = importlib.import_module(f"services.{name}.settings").Settings
    return kind(**service_values(name, database) | given)


@asynccontextmanager
async def opened(kind: type[WorldT], settings: ServiceSettings, issuer: Issuer) -> AsyncIterator[WorldT]:
    """Build the service of a world; close it afterwards."""
    clock = SettableClock(kind.NOW)
    service: Service = importlib.import_module(f"services.{kind.NAME}.bootstrap").build(settings, clock=clock)
    app = create_app(service)
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=kind.URL) as http:
            yield kind(service, app, http, issuer, clock)
    finally:
        await service.engine.dispose()


def _good(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
