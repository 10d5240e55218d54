"""A ground that is nothing but one database, for tests of faults without a stack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from tests.chaos.ground import Ground


class OneDatabase(Ground):
    """Whatever service is struck, it is this database."""

    def __init__(self, address: str) -> None:
        super().__init__(None, None, lambda _: None)
        self._address = address

    @asynccontextmanager
    async def superuser(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """Connect to the one database."""
        connection = await asyncpg.connect(self._address)
        try:
            yield connection
        finally:
            connection.terminate()
