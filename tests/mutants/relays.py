"""Relays that are wrong in ways that pass every test without a fault."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import asyncpg

from shared.messaging.broker import BrokerTrouble
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.outbox.cursor import Cursor
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake

_POSITION = "SELECT epoch, prev::text, win::text, seq, log_identity FROM outbox_cursor"


class SavesBeforeAcknowledged(Relay):
    """Mutant: the cursor is saved, then the page is sent."""

    async def _pass_on(self, cursor, publisher, ready, identity):
        await cursor.save(ready.page.after)
        return await super()._pass_on(cursor, publisher, ready, identity)


class _SendsOtherwise(Relay):
    """Sends pages in a way of its own."""

    async def _read(self, cursor, publisher, position, identity):
        ready = await super()._read(cursor, publisher, position, identity)
        return ready and replace(ready, send=partial(self._send, ready.send))

    async def _send(self, send):
        raise NotImplementedError


class SwallowsFailure(_SendsOtherwise):
    """Mutant: a send that failed is logged and forgotten."""

    async def _send(self, send):
        with suppress(BrokerTrouble):
            await send()


class RetriesLater(_SendsOtherwise):
    """Mutant: a page that failed is sent after the next one."""

    late: tuple[Callable[[], Awaitable[None]], ...] = ()

    async def _send(self, send):
        waiting, self.late = self.late, ()
        try:
            await send()
        except BrokerTrouble:
            self.late = (*waiting, send)
            return
        for old in waiting:
            await old()


class LeadsWithoutLock(Relay):
    """Mutant: whoever is started leads."""

    async def _stand(self, stop):
        connection = await asyncpg.connect(self.dsn)
        try:
            cursor = Cursor(connection, await connection.fetchrow(_POSITION))
            await self._serve(cursor, await self.broker.publisher(), stop)
        finally:
            await connection.close()


class OnlyWoken(Wake):
    """Mutant: waits to be told and never looks by itself."""

    async def wait(self, timeout):  # noqa: ASYNC109  # the signature is the real one's
        await self._event.wait()
        self._event.clear()
        return True


class NeverLooksAgain(LogIdentity):
    """Mutant: takes the log for the one that it has always been."""

    async def fresh(self, age):
        return "log"


class AnyPartition(MemoryBroker):
    """Mutant: spreads the records over the partitions, whatever their key."""

    async def append(self, records):
        spread = random.Random(1)
        await super().append(
            [record._replace(partition=spread.randrange(self.count(record.topic))) for record in records]
        )
