"""Reads certificates for all who ask at the same time with one statement, on a connection of its own.

Every answer comes from a statement that began after the question: nothing is ever older than that.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError)


@dataclass(slots=True)
class _Round:
    """The questions that one statement answers, and what came of it."""

    numbers: set[str] = field(default_factory=set)
    found: Mapping[str, Held] | None = None
    trouble: OSError | None = None


class LiveRegister:
    """Whoever asks while a statement runs waits for the next one, with all the others who do."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the engine; the connection is opened when first needed and ends with it."""
        self._engine = engine
        self._connection: asyncpg.Connection[Any] | None = None
        self._turn = asyncio.Lock()
        self._coming = _Round()
        event.listen(engine.sync_engine, "engine_disposed", lambda _engine: self._hang_up())

    async def find(self, numbers: Sequence[str]) -> Mapping[str, Held]:
        """Return the certificates of these numbers, perhaps with others; raise `OSError` if none can be read now."""
        mine = self._coming
        mine.numbers.update(numbers)
        async with self._turn:
            if mine.found is None and mine.trouble is None:
                self._coming = _Round()
                await self._answer(mine)
        if mine.found is None:
            raise mine.trouble or ConnectionError
        return mine.found

    async def _answer(self, asked: _Round) -> None:
        """Ask once more if the connection that was at hand turns out to be dead."""
        had_one = self._connection is not None
        try:
            asked.found = await self._read(sorted(asked.numbers))
        except OSError as error:
            asked.trouble = error
        if had_one and asked.trouble is not None:
            asked.trouble = None
            await self._answer(asked)

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
