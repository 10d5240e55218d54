"""The proxy passes everything on as it is, until a rule says otherwise, and again when it does no more."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.chaos.proxy import Network
from tests.chaos.rules import Effect, Rule, Rules
from tests.worlds.waiting import until

HOST = "127.0.0.1"
#: So many questions of others are answered before it is believed that one is held back.
OTHERS = 100


@dataclass(slots=True)
class Noting(Rules):
    """Notes how long each part is kept."""

    delays: list[float] = field(default_factory=list)

    def delay(self, source: str, target: str) -> float:
        self.delays.append(Rules.delay(self, source, target))
        return self.delays[-1]


@dataclass
class Line:
    """A server that answers in capitals, behind the proxy; callers have names."""

    network: Network
    heard: list[bytes]
    calling: dict[int, str]

    async def call(self, name: str = "caller") -> "Caller":
        own = socket.socket()
        own.bind((HOST, 0))
        own.setblocking(False)
        self.calling[own.getsockname()[1]] = name
        await asyncio.get_running_loop().sock_connect(own, (HOST, self.network.ports["echo"]))
        return Caller(*await asyncio.open_connection(sock=own))

    def delays(self) -> list[float]:
        """Return what holds from now on how long each part is kept."""
        self.network._rules = Noting()
        return self.network._rules.delays

    async def held_back(self, caller: "Caller", question: bytes) -> asyncio.Task[bytes]:
        """Ask what is not answered, though many others who ask later are."""
        asking = asyncio.ensure_future(caller.ask(question))
        other = await self.call("other")
        for number in range(OTHERS):
            await other.ask(b"%04d" % number)
        other.hang_up()
        assert not asking.done()
        return asking


@dataclass
class Caller:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, question: bytes) -> bytes:
        self.writer.write(question)
        return await self.reader.readexactly(len(question))

    def hang_up(self) -> None:
        """Break the connection."""
        self.writer.transport.abort()


@asynccontextmanager
async def echo() -> AsyncIterator[Line]:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            heard.append(chunk)
            writer.write(chunk.upper())
        writer.close()

    calling: dict[int, str] = {}
    server = await asyncio.start_server(serve, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    with Network(["echo"], lambda _: port, lambda: dict(calling)) as network:
        yield Line(network, heard, calling)
    server.close()


def rule(effect: Effect, source: str = "caller", seconds: float = 0.0) -> Rule:
    return Rule(effect, frozenset({source}), frozenset({"echo"}), seconds)


async def test_everything_passes_in_order_and_both_ends_close():
    async with echo() as line:
        caller = await line.call()
        big = b"a" * 3_000_000
        assert await caller.ask(big) == big.upper()
        caller.writer.write_eof()
        assert await caller.reader.read() == b""
        caller.hang_up()


async def test_a_partition_hangs_without_a_word_and_loses_nothing():
    async with echo() as line:
        caller, cut = await line.call(), rule(Effect.HANG)
        await caller.ask(b"one")
        line.network.strike(cut)
        late = await line.call()  # accepted, and then silence
        held = [await line.held_back(caller, b"two"), await line.held_back(late, b"late")]
        assert not {b"two", b"late"} & set(line.heard)
        line.network.heal(cut)
        assert await asyncio.gather(*held) == [b"TWO", b"LATE"]
        caller.hang_up()
        late.hang_up()


async def test_a_muted_server_hears_and_does_but_nobody_learns_of_it():
    async with echo() as line:
        caller, cut = await line.call(), rule(Effect.MUTE)
        await caller.ask(b"one")
        line.network.strike(cut)
        held = await line.held_back(caller, b"two")
        await until("it was heard", lambda: b"two" in line.heard)
        assert not held.done()
        line.network.heal(cut)
        assert await held == b"TWO"
        caller.hang_up()


async def test_a_reset_ends_what_is_open_and_refuses_what_is_new():
    async with echo() as line:
        caller, cut = await line.call(), rule(Effect.RESET)
        await caller.ask(b"one")
        line.network.strike(cut)
        with pytest.raises(ConnectionResetError):
            await caller.reader.readexactly(1)
        with pytest.raises(ConnectionResetError):
            await (await line.call()).ask(b"two")
        line.network.heal(cut)
        fresh = await line.call()
        assert await fresh.ask(b"three") == b"THREE"
        caller.hang_up()
        fresh.hang_up()


async def test_a_forgotten_connection_stays_silent_and_a_new_one_works():
    async with echo() as line:
        caller, cut = await line.call(), rule(Effect.FORGET)
        await caller.ask(b"one")
        line.network.strike(cut)
        line.network.heal(cut)
        held = await line.held_back(caller, b"two")
        fresh = await line.call()
        assert await fresh.ask(b"three") == b"THREE"
        assert not held.done()
        held.cancel()
        caller.hang_up()
        fresh.hang_up()


async def test_a_delay_comes_each_way():
    async with echo() as line:
        caller, delays = await line.call(), line.delays()
        await caller.ask(b"one")
        line.network.strike(rule(Effect.DELAY, seconds=0.2))
        delays.clear()
        assert await caller.ask(b"two") == b"TWO"
        assert delays == [0.2, 0.2]
        caller.hang_up()


async def test_what_is_late_does_not_hold_up_what_comes_after_it():
    async with echo() as line:
        caller, delays = await line.call(), line.delays()
        await caller.ask(b"one")
        line.network.strike(rule(Effect.DELAY, seconds=3_600))
        delays.clear()
        for number in range(20):
            caller.writer.write(b"%02d" % number)
            await until("it is on its way", lambda: len(delays), lambda under_way: under_way == number + 1)  # noqa: B023  # asked now
        assert line.heard == [b"one"]
        caller.hang_up()


async def test_only_those_meant_are_struck():
    async with echo() as line:
        worker, api = await line.call("exam-worker"), await line.call("exam")
        await worker.ask(b"one")
        await api.ask(b"one")
        line.network.strike(rule(Effect.RESET, "exam-worker"))
        assert await api.ask(b"two") == b"TWO"
        with pytest.raises(ConnectionResetError):
            await worker.reader.readexactly(1)
        assert len(line.network.ports_of("exam", "echo")) == 1
        assert line.network.ports_of("grading", "echo") == []
        worker.hang_up()
        api.hang_up()


async def test_a_server_that_is_not_there_is_told_at_once():
    with Network(["echo"], lambda _: 1, dict) as network:
        line = Line(network, [], {})
        with pytest.raises(ConnectionResetError):
            await (await line.call()).ask(b"one")
