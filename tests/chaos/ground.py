"""Where the nemesis strikes: the running system with its network, and what still has to heal."""

import asyncio
import operator
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import psutil
from aiokafka.errors import KafkaError

from kaozheng.launcher.secrets import SecretStore
from tests.chaos.proxy import Network
from tests.chaos.schedule import Fault
from tests.e2e.job import Job
from tests.worlds.waiting import until

_HOST = "127.0.0.1"

#: What a strike meets when another one was faster: the target is already down.
TROUBLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, KafkaError, psutil.NoSuchProcess)


@dataclass
class Ground:
    """The system, its network, and the healings under way. `calm` is set when nothing more is to be struck."""

    job: Job
    network: Network
    tell: Callable[[str], None]
    calm: asyncio.Event = field(default_factory=asyncio.Event)
    _healing: set[asyncio.Task[None]] = field(default_factory=set)
    _lasting: set[asyncio.Task[None]] = field(default_factory=set)

    def process(self, name: str) -> psutil.Process | None:
        """Return a part's process; one that is just being restarted is spared."""
        identity = self.job.record().processes.get(name)
        return identity.process() if identity else None

    @asynccontextmanager
    async def superuser(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """Connect to a service's database as the server's superuser, past the proxy."""
        password = SecretStore(self.job.state.secrets).load().superuser_password
        port = self.job.record().ports["postgres"]
        connection = await asyncpg.connect(f"postgresql://postgres:{password}@{_HOST}:{port}/kz_{service}", timeout=10)
        try:
            yield connection
        finally:
            connection.terminate()

    def later(self, healing: Coroutine[Any, Any, None], *, lasting: bool = False) -> None:
        """Let a healing happen while others are struck; a lasting one ends when all is calm."""
        waiting = self._lasting if lasting else self._healing
        task = asyncio.ensure_future(healing)
        waiting.add(task)
        task.add_done_callback(waiting.discard)

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until all is calm."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.calm.wait(), seconds)

    async def well(self) -> None:
        """Wait until everything that was struck is healed and runs again."""
        await asyncio.gather(*self._healing)
        if self.calm.is_set():
            await asyncio.gather(*self._lasting)
        await until("everything has come back", lambda: asyncio.to_thread(self.job.unwell), operator.not_)


#: Performs one fault; what it sets right again later is given to `Ground.later`.
Strike = Callable[[Ground, Fault], Awaitable[None]]
