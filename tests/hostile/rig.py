"""The five services behind real sockets, in a thread of the test process, each with the data of two institutions."""

import asyncio
import importlib
import json
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
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
from shared.web import tokens
from shared.web.server import Server, listen, server_for
from tests.hostile import seeds
from tests.stack import TestPostgres, service_values

SERVICES = ("registration", "exam", "grading", "certificate", "operations")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TELEMETRY = {"authorization": "Bearer telemetry"}
#: Every scope there is; what a route needs is said in `doors.py`.
SCOPES = frozenset(
    "applications:read applications:review applications:write certificates:manage certificates:read certificates:revoke"
    " institutions:write marking:manage marks:arbitrate marks:write operations:read panels:score persons:read"
    " plans:read plans:write results:release site:operate tickets:read".split()
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

    def headers(self, scopes: Sequence[str] | frozenset[str], institution: UUID | None = None) -> dict[str, str]:
        """Return the header of somebody with these scopes."""
        lifetime = timedelta(hours=1)
        token = tokens.issue(self.key, seeds.ISSUERS[0], seeds.AUDIENCE, "somebody", scopes, institution, lifetime)
        return {"authorization": f"Bearer {token}"}


@dataclass
class Live:
    """A running service: its address, its document, and the ids of what lies in its database."""

    name: str
    service: Service
    app: FastAPI
    url: str
    issuer: Issuer
    loop: asyncio.AbstractEventLoop
    client: httpx.Client
    known: dict[str, str] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return self.app.openapi()

    def operations(self) -> list[tuple[str, str]]:
        """Return method and path template of every documented operation."""
        paths = self.document["paths"]
        return [(method.upper(), path) for path in sorted(paths) for method in sorted(paths[path])]

    def all_powerful(self) -> dict[str, str]:
        """Return the headers of somebody who may do everything."""
        return self.issuer.headers(SCOPES) | {"idempotency-key": str(ids.new_id())}

    def fill(self, path: str, **other: str) -> str:
        """Return a path with the ids of known things, else of things that do not exist."""
        known = self.known | other
        parts = [part for part in path.split("/") if part.startswith("{")]
        return path.format(**{part[1:-1]: known.get(part[1:-1], str(ids.new_id())) for part in parts})

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request over the socket."""
        return self.client.request(method, path, **options)

    def rows(self, sql: str) -> list[Any]:
        """Read the database."""

        async def read() -> list[Any]:
            async with self.service.work() as work:
                return list(await work.rows(sql))

        return asyncio.run_coroutine_threadsafe(read(), self.loop).result(30)


class Rig:
    """Starts services as they are asked for, and stops them all."""

    def __init__(self, postgres: TestPostgres, folder: Path) -> None:
        self._postgres, self._issuer = postgres, Issuer.make(folder)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._live: dict[str, Live] = {}
        self._servers: list[tuple[Server, Future[None]]] = []

    def __getitem__(self, name: str) -> Live:
        if name not in self._live:
            self._live[name] = self._start(name)
        return self._live[name]

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    def _start(self, name: str) -> Live:
        database = self._run(self._postgres.create_service_database(name))
        trusted = [
            TrustedIssuer(issuer=issuer, jwks=str(self._issuer.jwks), audience=seeds.AUDIENCE)
            for issuer in seeds.ISSUERS
        ]
        values = service_values(name, database) | {"auth_issuers": trusted, "otlp_token": "telemetry"}
        settings = importlib.import_module(f"services.{name}.settings").Settings(**values)
        build = importlib.import_module(f"services.{name}.bootstrap").build
        # Operations keeps spans of about now only; the others live on the day that their seeds are made for.
        clock = SettableClock(SystemClock().now() if name == "operations" else NOW)
        service: Service = build(settings, clock=clock)
        app = create_app(service)
        known = self._run(self._seed(name, service, app, clock))
        socket = listen("127.0.0.1", 0)
        server = server_for(app)
        self._servers.append((server, asyncio.run_coroutine_threadsafe(server.serve(sockets=[socket]), self._loop)))
        url = f"http://127.0.0.1:{socket.getsockname()[1]}"
        return Live(name, service, app, url, self._issuer, self._loop, httpx.Client(base_url=url, timeout=30), known)

    async def _seed(self, name: str, service: Service, app: FastAPI, clock: SettableClock) -> dict[str, str]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://seed") as http:
            ground = seeds.Ground(service, http, self._issuer.key, clock, self._issuer.jwks.parent)
            return await seeds.SEEDS[name](ground)

    def stop(self) -> None:
        """Close clients, servers, engines and the loop."""
        for live in self._live.values():
            live.client.close()
        for server, served in self._servers:
            server.should_exit = True
            served.result(30)
        for live in self._live.values():
            self._run(live.service.engine.dispose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
