"""A party whose calls meet a service that is away, dies under them, or is slow."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from kaozheng.demo.party import Latencies, Party, Patience
from kaozheng.demo.waiting import DemoFailed

Answer = tuple[str, str] | None
AWAY, DONE = ("503 Service Unavailable", "{}"), ("200 OK", '{"id": 1}')
BUSY = ("409 Conflict", '{"type": "urn:kaozheng:problem:idempotency-key-in-progress"}')
REFUSED = ("409 Conflict", '{"type": "urn:kaozheng:problem:conflict"}')


@asynccontextmanager
async def serving(answers: list[Answer]) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that gives these answers in turn, and hangs up where there is none; with the keys that came."""
    keys: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        keys.append(next((line.split(": ")[1] for line in head.splitlines() if line.startswith("idempotency")), ""))
        if answer := answers.pop(0):
            status, body = answer
            headers = f"content-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close"
            writer.write(f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n{body}".encode())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", keys


@pytest.fixture
def party() -> Callable[..., Party]:
    return lambda url, patience: Party("exam", url, None, Latencies(), patience)


@pytest.mark.parametrize("first", [None, AWAY, BUSY])
async def test_a_command_without_an_answer_is_sent_again_under_its_key(party, first):
    patience = Patience()
    async with serving([first, first, DONE]) as (url, keys):
        assert await party(url, patience).create("make", "/v1/things", {}) == {"id": 1}
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert keys[0]
    assert patience.repeats == 2


async def test_every_command_has_a_key_of_its_own_and_reading_has_none(party):
    patience = Patience()
    async with serving([DONE, DONE, DONE]) as (url, keys):
        caller = party(url, patience)
        await caller.call("make", "POST", "/v1/things")
        await caller.call("change", "PUT", "/v1/things/1")
        await caller.call("read", "GET", "/v1/things/1")
    assert keys[0] != keys[1]
    assert keys[2] == ""
    assert patience.repeats == 0


async def test_a_refusal_is_an_answer(party):
    async with serving([REFUSED]) as (url, keys):
        answer = await party(url, Patience()).send("make", "POST", "/v1/things")
    assert answer.status_code == httpx.codes.CONFLICT
    assert len(keys) == 1


@pytest.mark.parametrize("answers", [[None], [AWAY]])
async def test_patience_ends(party, answers):
    async with serving(answers) as (url, _):
        with pytest.raises(DemoFailed, match="exam: POST /v1/things"):
            await party(url, Patience(seconds=0)).send("make", "POST", "/v1/things")
