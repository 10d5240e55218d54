"""Which log is this? A broker that lost its memory, or was rebuilt, must be noticed: its offsets mean nothing any more.

The oldest record of the topic `kaozheng.log` holds a random identity. Whoever finds the topic empty writes one; when
two do so at once, the first in the log wins. An identity never comes back, so reading the old one after a fetch proves
that the fetch was from the old log.
"""

import asyncio
import time

import structlog

from shared import ids
from shared.messaging.broker import Broker, BrokerTrouble, Outgoing

LOG_TOPIC = "kaozheng.log"

_log = structlog.get_logger()


class LogIdentity:
    """What a process knows about the identity of the broker's log."""

    def __init__(self, broker: Broker) -> None:
        """Know nothing yet."""
        self._broker = broker
        self._lock = asyncio.Lock()
        self._current: str | None = None
        self._read_at = float("-inf")

    async def fresh(self, age: float) -> str:
        """Return the identity as it was at most `age` seconds ago; raise `BrokerTrouble` when that cannot be known."""
        asked_at = time.monotonic()
        async with self._lock:
            if self._current is None or self._read_at < asked_at - age:
                self._note(await self._read())
                self._read_at = time.monotonic()
            assert self._current is not None
            return self._current

    async def watch(self, stop: asyncio.Event, interval: float = 2.0) -> None:
        """Keep looking, so that a broker that came back empty gets its topics and an identity soon."""
        while not stop.is_set():
            try:
                await self.fresh(interval / 2)
            except BrokerTrouble as trouble:
                _log.warning("log.identity.unknown", reason=str(trouble))
            try:
                async with asyncio.timeout(interval):
                    await stop.wait()
            except TimeoutError:
                continue

    def _note(self, identity: str) -> None:
        if identity != self._current:
            _log.info("log.identity.found", identity=identity, before=self._current)
        self._current = identity

    async def _read(self) -> str:
        record = await self._broker.oldest(LOG_TOPIC)
        if record is None:
            await self._write()
            record = await self._broker.oldest(LOG_TOPIC)
        if record is None or not record.value:
            raise BrokerTrouble("the log identity was written but cannot be read")
        return record.value.decode(errors="backslashreplace")

    async def _write(self) -> None:
        await self._broker.create_topics()
        publisher = await self._broker.publisher()
        try:
            await publisher.send([Outgoing(LOG_TOPIC, b"identity", ids.new_id().hex.encode(), (), partition=0)])
        finally:
            await publisher.close()
