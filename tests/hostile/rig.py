"""The five services in this process, on real databases, each with the data of one school that another must not see."""

import asyncio
import importlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from shared import ids
from shared.clock import SettableClock, SystemClock
from shared.service import Service, create_app
from shared.settings import TrustedIssuer
from shared.web import auth, tokens
from tests.hostile import seeds
from tests.worlds.stack import TestPostgres, service_values

#: What keeps tests from refusing each other.
MORE: dict[str, dict[str, Any]] = {"certificate": {"lookup_burst": 1_000_000}}
SERVICES = ("registration", "exam", "grading", "certificate", "operations")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TELEMETRY = {"authorization": "Bearer telemetry"}
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
class Issuer:
    """Signs tokens for anybody."""

    key: Ed25519PrivateKey
    jwks: Path

    @classmethod
    def make(cls, folder: Path) -> "Issuer":
        """Make a key and write its public half to a file."""
        key, path = Ed25519PrivateKey.generate(), folder / "jwks.json"
        path.write_text(json.dumps(tokens.jwks(key.public_key())))
        return cls(key, path)

    def headers(self, scopes: Iterable[str], institution: UUID | None = None) -> dict[str, str]:
        """Return the header of somebody with these scopes."""
        lifetime = timedelta(hours=1)
        token = tokens.issue(self.key, seeds.ISSUERS[0], seeds.AUDIENCE, "somebody", scopes, institution, lifetime)
        return {"authorization": f"Bearer {token}"}


@dataclass(frozen=True)
class Live:
    """A running service: its document, and the ids of what lies in its database."""

    name: str
    service: Service
    app: FastAPI
    issuer: Issuer
    known: dict[str, str]
    client: httpx.AsyncClient
    loop: asyncio.AbstractEventLoop

    @property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return self.app.openapi()

    def operations(self) -> list[tuple[str, str]]:
        """Return method and path template of every documented operation."""
        paths = self.document["paths"]
        return [(method.upper(), path) for path in sorted(paths) for method in sorted(paths[path])]

    def headers(self, scopes: Iterable[str] = SCOPES, institution: UUID | None = None) -> dict[str, str]:
        """Return the headers of somebody with these scopes, staff unless an institution is given."""
        return self.issuer.headers(scopes, institution) | {"idempotency-key": str(ids.new_id())}

    def fill(self, path: str) -> str:
        """Return a path with the ids of known things, else of things that do not exist."""
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        return path.format(**{name: self.known.get(name, str(ids.new_id())) for name in names})

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Send a request; an exception that the application does not answer fails the test."""
        return self.loop.run_until_complete(self.client.request(method, url, **options))

    def rows(self, sql: str) -> list[Any]:
        """Read the database."""

        async def read() -> list[Any]:
            async with self.service.work() as work:
                return list(await work.rows(sql))

        return self.loop.run_until_complete(read())


class Rig:
    """Starts services as they are asked for, and stops them all. One loop of its own, turned by each request."""

    def __init__(self, postgres: TestPostgres, folder: Path) -> None:
        self._postgres, self._issuer = postgres, Issuer.make(folder)
        self._loop = asyncio.new_event_loop()
        self._live: dict[str, Live] = {}

    def __getitem__(self, name: str) -> Live:
        if name not in self._live:
            self._live[name] = self._loop.run_until_complete(self._start(name))
        return self._live[name]

    async def _start(self, name: str) -> Live:
        values = service_values(name, await self._postgres.create_service_database(name))
        trusted = [
            TrustedIssuer(issuer=issuer, jwks=str(self._issuer.jwks), audience=seeds.AUDIENCE)
            for issuer in seeds.ISSUERS
        ]
        settings = importlib.import_module(f"services.{name}.settings").Settings(
            **values | {"auth_issuers": trusted, "otlp_token": "telemetry", **MORE.get(name, {})}
        )
        # Operations keeps spans of about now only; the others live on the day that their seeds are made for.
        clock = SettableClock(SystemClock().now() if name == "operations" else NOW)
        service: Service = importlib.import_module(f"services.{name}.bootstrap").build(settings, clock=clock)
        app = create_app(service)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{name}")
        ground = seeds.Ground(service, client, self._issuer.key, clock, self._issuer.jwks.parent)
        known = await seeds.SEEDS[name](ground)
        return Live(name, service, app, self._issuer, known, client, self._loop)

    def stop(self) -> None:
        """Close clients, engines and the loop."""
        for live in self._live.values():
            self._loop.run_until_complete(live.client.aclose())
            self._loop.run_until_complete(live.service.engine.dispose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
