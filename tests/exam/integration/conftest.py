"""The running service."""

import httpx
import pytest

from services.exam.bootstrap import build
from shared.clock import SettableClock
from shared.service import create_app
from tests.worlds.exam import NOW, Keys, World


@pytest.fixture
async def world(settings_for, tmp_path):
    keys, clock = Keys.make(tmp_path), SettableClock(NOW)
    settings = await settings_for("exam", auth_issuers=[keys.issuer], standards_dir=tmp_path / "own")
    service = build(settings, clock=clock)
    transport = httpx.ASGITransport(create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://exam") as http:
        yield World(service, http, keys, clock)
    await service.engine.dispose()
