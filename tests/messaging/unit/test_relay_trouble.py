"""A send that fails leaves no cancellation in the task: on early Python 3.11 it would spoil every later timeout."""

import asyncio
from typing import Any

import pytest

from shared.messaging.broker import BrokerTrouble
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.options import MessagingOptions
from shared.outbox.cursor import Page, Position
from shared.outbox.relay import Relay, _Ready
from shared.outbox.wake import Wake


class FailingPublisher:
    """A broker that is in trouble."""

    def __init__(self) -> None:
        self.has_failed = asyncio.Event()

    async def send(self, *_records: Any) -> None:
        self.has_failed.set()
        raise BrokerTrouble("send: frozen")

    async def close(self) -> None:
        return


class EmptyCursor:
    """An outbox with nothing more to read, which is found out after the send has failed."""

    def __init__(self, publisher: FailingPublisher) -> None:
        self._publisher = publisher

    async def read(self, *_position: Any) -> None:
        await self._publisher.has_failed.wait()
        await asyncio.sleep(0)


async def test_a_failing_send_leaves_no_cancellation_behind():
    broker = MemoryBroker()
    relay = Relay(
        service="tiny", dsn="", broker=broker, log=LogIdentity(broker), wake=Wake(), options=MessagingOptions()
    )
    page = Page([], Position("1:1:", None, 0))
    publisher: Any = FailingPublisher()
    cursor: Any = EmptyCursor(publisher)
    for _ in range(3):
        with pytest.raises(BrokerTrouble):
            await relay._send_and_read(cursor, publisher, _Ready(page, publisher.send), "log")
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
