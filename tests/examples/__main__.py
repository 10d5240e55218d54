"""`python -m tests.examples`: record anew the examples whose form has changed."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.telemetry import logs
from tests.examples import files
from tests.examples.questions import VISITS
from tests.examples.recording import record
from tests.worlds.stack import TestPostgres, running_server


@contextmanager
def _server() -> Iterator[TestPostgres]:
    yield from running_server()


async def _record_all(postgres: TestPostgres) -> None:
    for name in VISITS:
        with TemporaryDirectory() as folder:
            files.write(name, (await record(postgres, name, Path(folder))).exchanges)


logs.configure("examples", "ERROR")
with _server() as server:
    asyncio.run(_record_all(server))
