"""A grading service on a fresh database, reached through its ASGI application."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.grading.bootstrap import build
from shared.clock import SettableClock
from shared.service import create_app
from tests.worlds.grading import NOW, Grading, Staff


@pytest.fixture
async def grading(settings_for: Callable[..., Awaitable[Any]], tmp_path: Path) -> AsyncIterator[Grading]:
    """The service, nothing in it yet."""
    staff = Staff(tmp_path)
    service = build(await settings_for("grading", auth_issuers=[staff.issuer]), clock=SettableClock(NOW))
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://grading") as client:
        yield Grading(service, client, staff)
    await service.engine.dispose()
