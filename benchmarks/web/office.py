"""A certificate service with certificates in it, and the server process that answers for it."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from benchmarks.ground import Ground
from services.certificate.bootstrap import build
from services.certificate.settings import Settings
from shared.clock import SettableClock, SystemClock
from shared.service import create_app
from shared.settings import TrustedIssuer
from shared.web import tokens
from shared.web.server import listen, server_for
from tests.worlds.certificate import AUDIENCE, ISSUER, NOW, World, token_of
from tests.worlds.stack import TestPostgres, service_values

_HOST = "127.0.0.1"
_NAME = "欧阳若兰"


async def values_on(ground: Ground) -> dict[str, Any]:
    """Return the settings of a certificate service on a database of its own."""
    database = await TestPostgres(ground.server).create_service_database("certificate")
    return service_values("certificate", database) | {"public_url": "https://kz.test"}


async def questions(values: dict[str, Any], certificates: int) -> list[str]:
    """Issue certificates and return the path at which each is verified."""
    staff = Ed25519PrivateKey.generate()
    with TemporaryDirectory() as folder:
        keys = Path(folder) / "jwks.json"
        keys.write_text(json.dumps(tokens.jwks(staff.public_key())))
        trusted = TrustedIssuer(issuer=ISSUER, jwks=str(keys), audience=AUDIENCE)
        clock = SettableClock(NOW)
        service = build(Settings(**values | {"auth_issuers": [trusted]}), clock=clock)
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url=values["public_url"]) as client:
            issued = await World(service, client, clock, staff).issue(*[_NAME] * certificates)
        await service.engine.dispose()
    return [f"/v1/verifications/{one['number']}?token={token_of(one)}" for one in issued]


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
