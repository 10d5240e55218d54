"""Asks a server over and over on a few kept connections, with as little work of its own as possible."""

import asyncio
from collections.abc import Sequence
from itertools import cycle, islice

import uvloop

from benchmarks.child import ContenderFailed

CONNECTIONS = 16
_ANSWER = b"HTTP/1.1 200"
_LENGTH = b"content-length: "


def ask(port: int, paths: Sequence[str], requests: int) -> None:
    """Ask so many times in all; return when every answer is in. Raises ContenderFailed if one is not a good one."""
    requested = [f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode() for path in islice(cycle(paths), requests)]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_all(port, requested))


async def _all(port: int, requests: Sequence[bytes]) -> None:
    await asyncio.gather(*(_some(port, requests[start::CONNECTIONS]) for start in range(CONNECTIONS)))


async def _some(port: int, requests: Sequence[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in requests:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(_ANSWER):
                raise ContenderFailed(head.split(b"\r\n", 1)[0].decode())
            length = head.lower().partition(_LENGTH)[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
    finally:
        writer.close()
