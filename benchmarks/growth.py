"""Growth: the same lives for more and more candidates; time and CPU per life should stay, and memory too."""

from collections.abc import Iterator

from benchmarks.finding import Bar, Finding, Picture
from benchmarks.lives import Lives, live
from benchmarks.setting import Setting
from benchmarks.stack import PROCESSES

_MIB = 2**20
_SERVICES = PROCESSES[:5]


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table with a row for each number of candidates."""
    every = [live(candidates, setting.tell) for candidates in setting.growth]
    yield Finding(
        title="增长 Growth of time and memory with the number of candidates",
        headings=(
            "考生 candidates",
            "秒 s",
            "ms/人 per life",
            "CPU ms/人 per life",
            *(f"{one} MiB" for one in _SERVICES),
        ),
        rows=[_row(one) for one in every],
        notes=(
            f"CPU per life, largest / smallest run: {_cpu(every[-1]) / _cpu(every[0]):.2f} (1 is linear).",
            "内存为各进程峰值 RSS。 Memory is the peak RSS of each process.",
        ),
        picture=Picture(
            file="growth",
            axis="CPU ms/人 per life",
            bars=[
                Bar(name=f"{one.candidates:,}", value=_cpu(one), low=_cpu(one), high=_cpu(one), ours=True)
                for one in every
            ],
        ),
        data={
            str(one.candidates): {
                "seconds": one.life.seconds,
                "admitted": one.admitted,
                "cpu_seconds": dict(one.life.cpu),
                "peak_bytes": dict(one.peaks),
                "wal_bytes": one.wal,
            }
            for one in every
        },
    )


def _cpu(lives: Lives) -> float:
    return 1e3 * sum(lives.life.cpu.values()) / lives.admitted


def _row(lives: Lives) -> list[str]:
    peaks = (f"{lives.peaks[name] / _MIB:,.0f}" for name in _SERVICES)
    each = 1e3 * lives.life.seconds / lives.admitted
    return [f"{lives.candidates:,}", f"{lives.life.seconds:.1f}", f"{each:.2f}", f"{_cpu(lives):.2f}", *peaks]
