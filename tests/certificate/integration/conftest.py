"""Fixtures only; nothing is ever imported from here."""

import json

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certificate.bootstrap import build
from shared.clock import SettableClock
from shared.service import create_app
from shared.settings import TrustedIssuer
from shared.web import tokens
from tests.worlds.certificate import AUDIENCE, ISSUER, NOW, World


@pytest.fixture
async def make_world(settings_for, tmp_path):
    """`await make_world(**settings)`: a service on a fresh database; services are closed after the test."""
    key = Ed25519PrivateKey.generate()
    (tmp_path / "jwks.json").write_text(json.dumps(tokens.jwks(key.public_key())))
    trusted = TrustedIssuer(issuer=ISSUER, jwks=str(tmp_path / "jwks.json"), audience=AUDIENCE)
    made = []

    async def make(**overrides):
        values = {"auth_issuers": [trusted], "public_url": "https://kz.test"} | overrides
        clock = SettableClock(NOW)
        service = build(await settings_for("certificate", **values), clock=clock)
        transport = httpx.ASGITransport(create_app(service))
        client = httpx.AsyncClient(transport=transport, base_url="https://kz.test")
        made.append((service, client))
        return World(service, client, clock, key)

    yield make
    for service, client in made:
        await client.aclose()
        await service.engine.dispose()


@pytest.fixture
async def world(make_world):
    """A service on a fresh database."""
    return await make_world()
