"""Every command of every service may be sent again: the same answer, and one effect."""

import importlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.service import Service, create_app
from tests.repeating.lives import LIVES
from tests.repeating.sender import Sender, Way

pytestmark = pytest.mark.integration

COMMANDS = {"post", "put", "patch", "delete"}
#: They change nothing: a token is made, not kept; the rest are questions.
QUESTIONS = {
    "POST /oauth/token",
    "POST /v1/verifications",
    "POST /v1/verifications/bulk",
    "POST /v1/verifications/credential",
}
#: Each record in them has the sequence number that its device gave it, and is taken once under that.
BY_SEQUENCE = {f"POST /v1/sessions/{{session_id}}/{kind}" for kind in ("check-ins", "works", "attendance")}

Sent = Callable[[str, Way], Awaitable[Sender]]


@pytest.fixture
async def sent(settings_for: Callable[..., Awaitable[Any]], tmp_path: Path) -> Sent:
    """`await sent("exam", "twice")`: all commands of a service in this way, on a database of their own."""

    async def run(name: str, way: Way) -> Sender:
        folder = tmp_path / way
        folder.mkdir()
        life = LIVES[name](folder)
        settings = await settings_for(name, **life.settings)
        service: Service = importlib.import_module(f"services.{name}.bootstrap").build(settings, clock=life.clock)
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{name}") as http:
            sender = Sender(service, http, way)
            await life.live(sender)
        await service.engine.dispose()
        return sender

    return run


def commands(service: Service) -> dict[str, set[str]]:
    """Return the documented commands with the names of their headers."""
    return {
        f"{method.upper()} {path}": {each["name"] for each in operation.get("parameters", []) if each["in"] == "header"}
        for path, operations in create_app(service).openapi()["paths"].items()
        for method, operation in operations.items()
        if method in COMMANDS
    }


@pytest.mark.parametrize("name", LIVES)
async def test_a_command_sent_twice_is_done_once(sent: Sent, name: str):
    plain = await sent(name, "once")
    ways: tuple[Way, ...] = ("twice", "at once")
    for way in ways:
        assert (await sent(name, way)).counts == plain.counts, way
    known = commands(plain.service)
    assert known.keys() - QUESTIONS == plain.doors
    assert {door for door in plain.doors if "idempotency-key" not in known[door]} <= BY_SEQUENCE
