"""Reads certificates for all who ask at the same time with one statement, on a connection of its own.

Every answer comes from a statement that began after the question: nothing is ever older than that.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.certificate.application.records import Held
from services.certificate.domain.model import Reason
from services.certificate.domain.status_list import Place
from services.certificate.domain.verification import Standing

_FIND = """
    SELECT number, list_number, status_index, status = 'revoked', revoked_at, reason, method, credential, token
      FROM certificate WHERE number = ANY($1::text[])
"""
_SECONDS = 10
_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, SQLAlchemyError)


class LiveRegister:
    """Whoever asks while a statement runs waits for the next one, with all the others who do."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the engine; the connection is opened when first needed and ends with it."""
        self._engine = engine
        self._connection: asyncpg.Connection[Any] | None = None
        #: Who waits for the next statement, and for which numbers.
        self._waiting: list[tuple[asyncio.Future[Mapping[str, Held]], Sequence[str]]] = []
        self._work: asyncio.Future[None] | None = None
        event.listen(engine.sync_engine, "engine_disposed", lambda _engine: self._hang_up())

    async def find(self, numbers: Sequence[str]) -> Mapping[str, Held]:
        """Return the certificates of these numbers, perhaps with others; raise `OSError` if none can be read now."""
        mine: asyncio.Future[Mapping[str, Held]] = asyncio.get_running_loop().create_future()
        self._waiting.append((mine, numbers))
        if self._work is None or self._work.done():
            self._work = asyncio.ensure_future(self._answer_all())
        return await mine

    async def _answer_all(self) -> None:
        """Answer until nobody waits: a task of its own, so that who goes away takes nobody's answer along."""
        while self._waiting:
            asked, self._waiting = self._waiting, []
            numbers = sorted({number for _, wanted in asked for number in wanted})
            try:
                found = await self._ask(numbers)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it was asked
                for waiter, _ in asked:
                    if not waiter.done():
                        waiter.set_exception(error)
            else:
                for waiter, _ in asked:
                    if not waiter.done():
                        waiter.set_result(found)

    async def _ask(self, numbers: Sequence[str]) -> Mapping[str, Held]:
        """Ask once more if the connection that was at hand turns out to be dead."""
        had_one = self._connection is not None
        try:
            return await self._read(numbers)
        except OSError:
            if not had_one:
                raise
        return await self._read(numbers)

    async def _read(self, numbers: Sequence[str]) -> Mapping[str, Held]:
        try:
            connection = self._connection = self._connection or await self._dial()
            rows = await connection.fetch(_FIND, numbers, timeout=_SECONDS)
        except BaseException as error:
            self._hang_up()
            if isinstance(error, _TROUBLE):
                raise ConnectionError from error
            raise
        return {row[0]: _held(*row) for row in rows}

    async def _dial(self) -> "asyncpg.Connection[Any]":
        """Return a connection made as the engine makes its own, but outside its pool."""
        borrowed = await self._engine.connect()
        driver = (await borrowed.get_raw_connection()).driver_connection
        await borrowed.run_sync(Connection.detach)
        return cast("asyncpg.Connection[Any]", driver)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._connection = None


def _held(  # noqa: PLR0913, PLR0917 - the columns of a row
    number: str,
    list_number: int,
    index: int,
    is_revoked: bool,  # noqa: FBT001 - a column
    revoked_at: datetime | None,
    reason: str | None,
    method: str,
    credential: bytes,
    token: bytes,
) -> Held:
    standing = Standing(number, Place(list_number, index), is_revoked)
    return Held(standing, revoked_at, Reason(reason) if reason else None, method, credential, token)
