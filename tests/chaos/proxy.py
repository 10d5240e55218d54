"""A TCP proxy between the parts of a stack. It knows who asks whom, and passes on only what the rules let.

It runs in a thread of its own, so that it stands before the stack starts and never waits for who tells it what to do.
New connections are accepted while nothing may pass, as nobody can keep the kernel from it; the caller then waits for
the first answer instead of for the handshake.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from tests.chaos.rules import Effect, Rule, Rules
from tests.worlds.waiting import PATIENCE

_HOST = "127.0.0.1"
_CHUNK = 65_536
#: Chunks under way in one direction: more and the sender has to wait, as on a real line.
_UNDER_WAY = 256
_NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(eq=False)
class _Link:
    """One connection through the proxy, from who asks to who is asked."""

    caller: int
    target: str
    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    #: Nobody has asked yet who it is.
    source: str = ""
    forgotten: bool = False

    def reset(self) -> None:
        for writer in (self.near, self.far):
            _reset(writer)


@dataclass
class Network:
    """Listens once for every target. `port_of` says where a target is now, `callers` who has which port.

    To learn who calls takes a while, so it is asked only when there are rules, once for all that wait for the answer.
    """

    targets: Sequence[str]
    port_of: Callable[[str], int]
    callers: Callable[[], dict[int, str]]
    ports: dict[str, int] = field(default_factory=dict)
    _rules: Rules = field(default_factory=Rules)
    _links: set[_Link] = field(default_factory=set)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _known: dict[int, str] = field(default_factory=dict)
    _known_at: float = float("-inf")

    def __enter__(self) -> Self:
        """Listen; from now on `ports` says where."""
        self._thread = threading.Thread(target=self._loop.run_forever, name="chaos proxy", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        """End every connection."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def strike(self, rule: Rule) -> None:
        """Let a rule hold from now on."""
        asyncio.run_coroutine_threadsafe(self._strike(rule), self._loop).result(PATIENCE)

    def heal(self, rule: Rule) -> None:
        """Let it hold no more; what was held back passes now."""
        self._loop.call_soon_threadsafe(self._heal, rule)

    def ports_of(self, source: str, target: str) -> list[int]:
        """Return the ports from which the proxy speaks to the target for this source."""
        asyncio.run_coroutine_threadsafe(self._know(), self._loop).result(PATIENCE)
        links = [link for link in list(self._links) if (link.source, link.target) == (source, target)]
        names = [link.far.get_extra_info("sockname") for link in links]
        return [name[1] for name in names if name]

    async def _listen(self) -> None:
        for target in self.targets:
            server = await asyncio.start_server(partial(self._serve, target), _HOST, 0)
            self._servers.append(server)
            self.ports[target] = server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _strike(self, rule: Rule) -> None:
        if rule.effect is not Effect.FORGET:
            self._rules.active.append(rule)
        await self._know()
        for link in [link for link in self._links if rule.meets(link.source, link.target)]:
            link.forgotten |= rule.effect is Effect.FORGET
            if rule.effect is Effect.RESET:
                link.reset()

    async def _know(self) -> None:
        """Learn who is at the other end of every link."""
        callers = await self._current_callers()
        for link in self._links:
            link.source = link.source or callers.get(link.caller, "?")

    async def _current_callers(self) -> dict[int, str]:
        """Return who has which port, as it was after this was asked."""
        asked = self._loop.time()
        async with self._asking:
            if self._known_at < asked:
                self._known_at = self._loop.time()
                self._known = await asyncio.to_thread(self.callers)
            return self._known

    def _heal(self, rule: Rule) -> None:
        with contextlib.suppress(ValueError):
            self._rules.active.remove(rule)
        self._changed.set()
        self._changed = asyncio.Event()

    async def _serve(self, place: str, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        target = place.removesuffix("-controller")
        try:
            caller = near.get_extra_info("peername")[1]
            source = await self._admitted(caller, target)
            answers, far = await asyncio.open_connection(_HOST, self.port_of(place))
        except asyncio.CancelledError:  # the end of the network; whoever waits is told
            _reset(near)
            return
        except (OSError, TypeError, KeyError):  # a caller that is gone has no address, a stack not yet made no ports
            _reset(near)
            return
        link = _Link(caller, target, near, far, source)
        self._links.add(link)
        try:
            await self._join(link, reader, answers)
        except asyncio.CancelledError:
            pass
        finally:
            self._links.discard(link)
            link.reset()

    async def _admitted(self, caller: int, target: str) -> str:
        """Wait until the caller may pass; return who it is if that had to be asked. Raises ConnectionRefusedError."""
        if not self._rules.active:
            return ""
        source = (await self._current_callers()).get(caller, "?")
        while self._rules.holds_back(source, target, answer=False):
            await self._changed.wait()
        if self._rules.refuses(source, target):
            raise ConnectionRefusedError
        return source

    async def _join(self, link: _Link, questions: asyncio.StreamReader, answers: asyncio.StreamReader) -> None:
        """Pass on both ways until both have said all, or the connection breaks."""
        there: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_UNDER_WAY)
        back: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_UNDER_WAY)
        tasks = [
            asyncio.ensure_future(job)
            for job in (
                self._take(link, questions, there),
                self._give(link, there, link.far, answer=False),
                self._take(link, answers, back),
                self._give(link, back, link.near, answer=True),
            )
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, link: _Link, reader: asyncio.StreamReader, way: asyncio.Queue[tuple[float, bytes]]) -> None:
        """Read, and note when each chunk is due at the other end; an empty one says that no more will come."""
        chunk = b"..."
        while chunk:
            chunk = await reader.read(_CHUNK)
            await way.put((self._loop.time() + self._rules.delay(link.source, link.target), chunk))

    async def _give(
        self, link: _Link, way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, *, answer: bool
    ) -> None:
        """Write each chunk when it is due and may pass."""
        chunk = b"..."
        while chunk:
            due, chunk = await way.get()
            await asyncio.sleep(due - self._loop.time())
            while link.forgotten or self._rules.holds_back(link.source, link.target, answer=answer):
                await self._changed.wait()
            if chunk:
                writer.write(chunk)
                await writer.drain()
        writer.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break a connection so that the other end is told at once."""
    own = writer.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError):
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    writer.transport.abort()
