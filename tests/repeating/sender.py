"""Sends every command once, twice one after the other, or twice at the same moment, and counts what came of it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from shared import ids
from tests.worlds.services import World

Way = Literal["once", "twice", "at once"]

_TABLES = """
    SELECT relname AS name,
           EXISTS (SELECT FROM pg_attribute WHERE attrelid = oid AND attname = 'version') AS versioned
      FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname
"""


@dataclass
class Sender:
    """Calls one service; `counts` has, after each command, the rows of every table and the sum of their versions."""

    world: World
    way: Way
    counts: list[tuple[str, dict[str, tuple[int, int]]]] = field(default_factory=list)

    @property
    def doors(self) -> set[str]:
        """The commands that were sent, as method and path template."""
        return {door for door, _ in self.counts}

    async def __call__(self, door: str, caller: dict[str, str], json: Any = None, **options: Any) -> Any:
        """Send `METHOD /path/{template}`, filled from the option `at`, in this sender's way; return the answer."""
        method, template = door.split()
        path = template.format(**options.pop("at", {}))
        options["headers"] = caller | {"idempotency-key": str(ids.new_id())} | options.pop("headers", {})

        async def send() -> httpx.Response:
            return await self.world.http.request(
                method, path, **(options if json is None else options | {"json": json})
            )

        answers = [*await asyncio.gather(send(), *([send()] if self.way == "at once" else []))]
        if self.way != "once":
            before = await self._contents()
            answers.append(await send())
            assert await self._contents() == before, f"{door}: sent again, it did something"
        for answer in answers:
            assert answer.is_success, f"{door}: {answer.text}"
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1, [each.text for each in answers]
        self.counts.append((door, await self._count()))
        return answers[0].json()

    async def _contents(self) -> dict[str, str]:
        """Return a digest of every table."""
        sql = "SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {} t"
        return {name: (await self.world.rows(sql.format(name)))[0][0] for name, _ in await self.world.rows(_TABLES)}

    async def _count(self) -> dict[str, tuple[int, int]]:
        sql = "SELECT count(*), coalesce(sum({}), 0)::bigint FROM {}"
        return {
            name: tuple((await self.world.rows(sql.format("version" if versioned else "0", name)))[0])
            for name, versioned in await self.world.rows(_TABLES)
        }
