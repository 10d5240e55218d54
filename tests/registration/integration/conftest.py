"""The running service."""

import httpx
import pytest

from services.registration.bootstrap import build
from shared.clock import SettableClock
from shared.service import create_app
from tests.worlds.registration import NOW, Keys, World


@pytest.fixture
async def world(settings_for, tmp_path):
    keys, clock = Keys.make(tmp_path), SettableClock(NOW)
    service = build(await settings_for("registration", **keys.settings()), clock=clock)
    transport = httpx.ASGITransport(create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://registration") as http:
        yield World(service, http, keys, clock)
    await service.engine.dispose()
