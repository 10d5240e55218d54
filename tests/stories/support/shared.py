"""The stack that all stories share: embedded, whole, in a folder of its own, started once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

from kaozheng.demo.parties import Parties, Stack
from kaozheng.demo.party import Patience
from tests.e2e.job import job
from tests.stories.support.cast import Cast
from tests.stories.support.expecting import PATIENCE_SECONDS

#: No story calls for more people.
_PEOPLE_OF_A_STORY = 10_000


class SharedStack:
    """A running stack, for one cast after the other."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self._stack, self._folder = stack, folder
        self._people = count(0, _PEOPLE_OF_A_STORY)

    @asynccontextmanager
    async def cast(self) -> AsyncIterator[Cast]:
        """Give a cast whom no other story meets."""
        people_after = next(self._people)
        folder = self._folder / f"cast-{people_after}"
        folder.mkdir(exist_ok=True)
        parties = Parties(stack=self._stack, patience=Patience(effect_seconds=PATIENCE_SECONDS))
        try:
            yield Cast(parties, folder, people_after)
        finally:
            await parties.close()

    async def ready(self) -> None:
        """Wait until a first event has gone its way: consumers join their groups after their service is up."""
        async with self.cast() as cast:
            await cast.certified(await cast.school(), cast.people(1))


@contextmanager
def shared_stack(folder: Path) -> Iterator[SharedStack]:
    """Start all services, PostgreSQL and the broker as `make up` does, on free ports; stop them in any case."""
    with job(folder) as running:
        shared = SharedStack(running.stack, folder)
        asyncio.run(shared.ready())
        yield shared
