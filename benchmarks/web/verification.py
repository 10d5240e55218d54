"""Verification by number and token beside a route that does nothing on the same server: the limit of any route."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial

import psutil

from benchmarks import fresh
from benchmarks.child import Child, ContenderFailed
from benchmarks.contest import Entry, hold
from benchmarks.finding import Finding
from benchmarks.setting import Setting
from benchmarks.stopwatch import Figures, Stopwatch
from benchmarks.tables import Heading, finding
from benchmarks.web import load, office
from kaozheng.embedded import ports

_CERTIFICATES = 200
_REQUESTS = 4_000


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    with setting.ground() as ground:
        values = asyncio.run(office.values_on(ground))
        paths = fresh.run(office.questions, values, _CERTIFICATES)
        port, bare_port = ports.free_port(), ports.free_port()
        server, bare = Child(partial(office.serve, values, port)), Child(partial(office.serve_nothing, bare_port))
        requests, postgres = setting.events(_REQUESTS), ground.process.pid
        try:
            entries = [
                _entry("查验 verification", server, postgres, port, paths, requests),
                _entry("空路由 empty FastAPI route", bare, postgres, bare_port, ["/"], requests),
            ]
            results = hold(entries, setting.repeats, setting.tell, counted=False)
        finally:
            server.stop()
            bare.stop()
    notes = [f"{load.CONNECTIONS} kept connections; the driver shares the cores."]
    if all(result.runs for result in results):
        ours, limit = results
        notes.append(
            f"查验 / 空路由 verification / empty route: {ours.rate / limit.rate:.0%} of its requests per second, "
            f"{limit.cpu('python') / ours.cpu('python'):.0%} by CPU time of the server (goal 50 %)."
        )
    heading = Heading(
        title="公开验证 Verification by number and token", file="verification", unit="次/秒 requests/s", details=False
    )
    yield finding(heading, results, notes)


def _entry(name: str, server: Child, postgres: int, port: int, paths: Sequence[str], requests: int) -> Entry:
    def run(_: bool) -> Figures:  # noqa: FBT001  # one question
        if not ports.wait_until(partial(ports.answers, port), psutil.Process(server.pid), seconds=30):
            server.check()
            raise ContenderFailed("does not answer")
        load.ask(port, paths, 30 * load.CONNECTIONS)  # all connections made, all statements prepared
        watch = Stopwatch({"python": server.pid, "postgres": postgres})
        load.ask(port, paths, requests)
        return watch.stop(requests)

    return Entry(name=name, run=run)
