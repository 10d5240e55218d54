"""Signing a credential beside a bare Ed25519 signature of as many bytes: what canonical form and proof cost."""

import time
from collections.abc import Callable, Iterator

from benchmarks import fresh
from benchmarks.contest import Entry, hold
from benchmarks.finding import Finding
from benchmarks.setting import Setting
from benchmarks.stopwatch import Figures
from benchmarks.tables import Heading, finding
from tests.certificate import samples

_TIMES = 3_000
_HASHES = bytes(64)


async def whole(times: int) -> Figures:
    """Build and sign credentials as issuing does."""
    return _clocked(times, samples.signed)


async def bare(times: int) -> Figures:
    """Sign the two hashes that a proof signs, and nothing else."""
    return _clocked(times, lambda: samples.KEY.sign(_HASHES))


def _clocked(times: int, work: Callable[[], object]) -> Figures:
    work()
    used, started = time.process_time(), time.perf_counter()
    for _ in range(times):
        work()
    return Figures(times, time.perf_counter() - started, {"python": time.process_time() - used})


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    times = setting.events(_TIMES)
    entries = [
        Entry(name="凭证 credential", run=lambda _: fresh.run(whole, times), note="build, canonical form, hash, sign"),
        Entry(name="裸签名 bare Ed25519", run=lambda _: fresh.run(bare, times * 4)),
    ]
    results = hold(entries, setting.repeats, setting.tell, counted=False)
    heading = Heading(title="签名 Signing a credential", file="signing", unit="次/秒 per s", details=False)
    notes = []
    if all(result.runs for result in results):
        ours, limit = results
        share = limit.cpu("python") / ours.cpu("python")
        notes.append(f"其中签名本身占 of which the signature itself: {share:.0%} by CPU time; one core.")
    yield finding(heading, results, notes)
