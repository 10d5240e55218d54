"""Every command of every service may be sent again: the same answer, and one effect."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.repeating.lives import LIVES
from tests.repeating.sender import Sender, Way
from tests.worlds.services import World

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
async def sent(make_world: Callable[..., Awaitable[Any]]) -> Sent:
    """`await sent("exam", "twice")`: all commands of a service in this way, on a database of their own."""

    async def run(name: str, way: Way) -> Sender:
        sender = Sender(await make_world(name), way)
        await LIVES[name](sender, sender.world)
        return sender

    return run


def commands(world: World) -> dict[str, set[str]]:
    """Return the documented commands with the names of their headers."""
    return {
        f"{method.upper()} {path}": {each["name"] for each in operation.get("parameters", []) if each["in"] == "header"}
        for path, operations in world.app.openapi()["paths"].items()
        for method, operation in operations.items()
        if method in COMMANDS
    }


@pytest.mark.parametrize("name", LIVES)
async def test_a_command_sent_twice_is_done_once(sent: Sent, name: str):
    plain = await sent(name, "once")
    ways: tuple[Way, ...] = ("twice", "at once")
    for way in ways:
        assert (await sent(name, way)).counts == plain.counts, way
    known = commands(plain.world)
    assert known.keys() - QUESTIONS == plain.doors
    assert {door for door in plain.doors if "idempotency-key" not in known[door]} <= BY_SEQUENCE
