"""Closing a client: bounded, and never mistaken for our own cancellation."""

import asyncio

import pytest

from shared.messaging import kafka_clients
from shared.messaging.kafka_clients import close_client


async def test_a_cancellation_inside_the_client_stays_there():
    async def close() -> None:
        raise asyncio.CancelledError

    await close_client(close)
    assert asyncio.current_task().cancelling() == 0


async def test_what_the_client_says_only_goes_to_the_log():
    async def close() -> None:
        raise OSError("gone")

    await close_client(close)


async def test_a_client_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(kafka_clients, "_CLOSING", 0.05)
    await close_client(asyncio.Event().wait)


async def test_our_own_cancellation_gets_through():
    begun = asyncio.Event()

    async def close() -> None:
        begun.set()
        await asyncio.Event().wait()

    closing = asyncio.ensure_future(close_client(close))
    await begun.wait()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
