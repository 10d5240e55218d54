"""Where the CPU time of the two hot loops goes: the costliest functions of our relay and our consumer."""

import asyncio
import pstats
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.consumers import consume
from benchmarks.consumers import ours as our_consumer
from benchmarks.finding import Finding
from benchmarks.relays import drain
from benchmarks.relays import ours as our_relay
from benchmarks.sample import Load
from benchmarks.setting import Setting

_LINES = 25


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield the table of the relay and that of the consumer."""
    with setting.ground() as ground, TemporaryDirectory() as folder:
        file = Path(folder) / "profile"
        setting.tell("relay")
        with ground.place(our_relay.CONTENDER.schema) as place:
            load = Load(setting.events(our_relay.CONTENDER.events))
            asyncio.run(drain.measure(our_relay.CONTENDER, place, load, profile=file))
        yield _finding("中继热点 Hot functions of the relay", file)
        setting.tell("consumer")
        with ground.place(our_consumer.CONTENDER.schema) as place:
            load = Load(setting.events(our_consumer.CONTENDER.events))
            asyncio.run(consume.measure(our_consumer.CONTENDER, place, load, profile=file))
        yield _finding("消费热点 Hot functions of the consumer", file)


def _finding(title: str, file: Path) -> Finding:
    found = pstats.Stats(str(file)).get_stats_profile()
    total = sum(one.tottime for one in found.func_profiles.values())
    costly = sorted(found.func_profiles.items(), key=lambda item: -item[1].tottime)[:_LINES]
    rows = [
        [
            f"`{_place(one.file_name, one.line_number)} {name}`",
            str(one.ncalls),
            f"{one.tottime / total:.1%}",
            f"{one.cumtime / total:.1%}",
        ]
        for name, one in costly
    ]
    return Finding(
        title=title,
        headings=("函数 function", "调用 calls", "自身 own time", "含下级 with callees"),
        rows=rows,
        notes=("只看比例：剖析很慢，等待也算。 Only proportions mean something: profiling is slow, waiting counts.",),
    )


def _place(file: str, line: int) -> str:
    parts = Path(file).parts
    return f"{'/'.join(parts[-2:])}:{line}" if line else "C"
