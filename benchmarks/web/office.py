"""A certificate service with certificates in it, and the server process that answers for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import FastAPI

from benchmarks.ground import Ground
from services.certificate.bootstrap import build
from services.certificate.settings import Settings
from shared.clock import SystemClock
from shared.service import create_app
from shared.web.server import listen, server_for
from tests.worlds.callers import Issuer
from tests.worlds.certificate import World, token_of
from tests.worlds.services import opened
from tests.worlds.stack import TestPostgres, service_values

_HOST = "127.0.0.1"
_NAME = "欧阳若兰"


async def values_on(ground: Ground) -> dict[str, Any]:
    """Return the settings of a certificate service on a database of its own."""
    database = await TestPostgres(ground.server).create_service_database("certificate")
    return service_values("certificate", database) | {"public_url": World.URL}


async def questions(values: dict[str, Any], certificates: int) -> list[str]:
    """Issue certificates and return the path at which each is verified."""
    async with desk(values) as world:
        issued = await world.issue(*[_NAME] * certificates)
    return [f"/v1/verifications/{one['number']}?token={token_of(one)}" for one in issued]


@asynccontextmanager
async def desk(values: dict[str, Any]) -> AsyncIterator[World]:
    """Open the certificate service in this process, for its officers and the events of the other services."""
    with TemporaryDirectory() as folder:
        issuer = Issuer.make(Path(folder))
        async with opened(World, Settings(**values | World.settings(issuer)), issuer) as world:
            yield world


async def serve(values: dict[str, Any], port: int) -> None:
    """Serve the certificate service's API until cancelled."""
    service = build(Settings(**values), clock=SystemClock())
    try:
        await _serve(create_app(service), port)
    finally:
        await service.engine.dispose()


async def serve_nothing(port: int) -> None:
    """Serve one route that does nothing, with the same server, until cancelled."""
    app = FastAPI()

    async def nothing() -> dict[str, str]:
        return {}

    app.get("/")(nothing)
    await _serve(app, port)


async def _serve(app: FastAPI, port: int) -> None:
    with listen(_HOST, port) as socket:
        await server_for(app).serve(sockets=[socket])
