"""Printing a certificate beside a bare Typst compilation of the same documents with a compiler that is ready."""

import json
import time
from collections.abc import Iterator
from datetime import datetime

from benchmarks import fresh
from benchmarks.contest import Entry, hold
from benchmarks.finding import Finding
from benchmarks.setting import Setting
from benchmarks.stopwatch import Figures
from benchmarks.tables import Heading, finding
from services.certificate.adapters.press import TypstPress
from services.certificate.domain.proof import Json
from tests.certificate import samples

_TIMES = 20
_URL = "https://kz.test/v/KZ?t=ABCDEFGHJKMNPQRS"


class _Noting(TypstPress):
    """Keeps what it would hand to the compiler, until told to compile that."""

    def __init__(self) -> None:
        super().__init__(samples.ISSUER)
        self.noted: list[tuple[dict[str, str], datetime]] = []

    def _compile(self, inputs: dict[str, str], issued: datetime) -> bytes:
        self.noted.append((inputs, issued))
        return b""

    def compile(self, noted: tuple[dict[str, str], datetime]) -> None:
        """Compile one."""
        super()._compile(*noted)


async def whole(times: int) -> Figures:
    """Print as the service does: data, QR code, compilation, in a thread. No two documents are the same."""
    signed, source = _credential()
    press = TypstPress(samples.ISSUER)
    await press.print(signed, source, _URL)
    used, started = time.process_time(), time.perf_counter()
    for number in range(times):
        await press.print(signed, source, f"{_URL}{number}")
    return _figures(times, used, started)


async def bare(times: int) -> Figures:
    """Compile the same documents, nothing else."""
    signed, source = _credential()
    press = _Noting()
    for number in range(times + 1):
        await press.print(signed, source, f"{_URL}{number}")
    first, *others = press.noted
    press.compile(first)
    used, started = time.process_time(), time.perf_counter()
    for one in others:
        press.compile(one)
    return _figures(times, used, started)


def _credential() -> tuple[Json, bytes]:
    signed = samples.signed()
    return signed, json.dumps(signed, ensure_ascii=False).encode()


def _figures(times: int, used: float, started: float) -> Figures:
    return Figures(times, time.perf_counter() - started, {"python": time.process_time() - used})


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    times = max(3, int(_TIMES * setting.scale))
    entries = [
        Entry(name="证书 certificate PDF", run=lambda _: fresh.run(whole, times), note="data, QR, compile, thread"),
        Entry(name="裸编译 bare typst", run=lambda _: fresh.run(bare, times), note="same documents, compiler ready"),
    ]
    results = hold(entries, setting.repeats, setting.tell, counted=False)
    notes = []
    if all(result.runs for result in results):
        ours, limit = results
        notes.append(f"证书 / 裸编译 ours / bare: {ours.rate / limit.rate:.0%} of its documents per second.")
    heading = Heading(title="证书 PDF Certificate PDF/A-3", file="pdf", unit="份/秒 documents/s", details=False)
    yield finding(heading, results, notes)
