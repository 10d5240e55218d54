"""One kill -9 in the middle and a restart for each contender: what is lost, what comes twice, what is out of order."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeVar

from benchmarks import audit, sample
from benchmarks.audit import Verdict
from benchmarks.child import ContenderFailed
from benchmarks.consumers import consume
from benchmarks.consumers.part import contenders as all_consumers
from benchmarks.contender import Contender, RelayContender
from benchmarks.finding import Finding
from benchmarks.ground import Ground, Place
from benchmarks.questions import reach
from benchmarks.relays import drain
from benchmarks.relays.part import contenders as all_relays
from benchmarks.sample import Load, Skew
from benchmarks.setting import Setting

#: A slow contender needs not be given as many events as in the contest: the fault is what matters.
_MOST = 8_000

ContenderT = TypeVar("ContenderT", bound=Contender)
#: Kills a contender; returns what came of it, the seconds from the restart, and why it did not finish, if so.
Judge = Callable[[ContenderT, Place, Load], Awaitable[tuple[Verdict, float, str]]]


@dataclass(frozen=True)
class Case:
    """What came of one contender's kill."""

    name: str
    verdict: Verdict | None
    seconds: float
    failure: str = ""

    def row(self) -> list[str]:
        """Return the cells."""
        if self.verdict is None:
            return [self.name, "—", "—", "—", "—", f"失败 failed: {self.failure}"]
        one = self.verdict
        states = "" if one.wrong_states is None else str(one.wrong_states)
        said = f"{self.seconds:.1f} s" + (f"; {self.failure}" if self.failure else "")
        return [self.name, str(one.lost), str(one.repeated), str(one.out_of_order), states, said]


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield a table of the relays and one of the consumers."""
    durable = [one for one in all_relays() if one.durable]
    with setting.ground() as ground:
        yield _finding("中继被杀 A relay is killed", [_kill(setting, ground, one, relay) for one in durable])
        cases = [_kill(setting, ground, one, consumer) for one in all_consumers()]
        yield _finding("消费者被杀 A consumer is killed", cases)


def _kill(setting: Setting, ground: Ground, contender: ContenderT, judge: Judge[ContenderT]) -> Case:
    setting.tell(f"kill -9 {contender.name}")
    load = Load(min(_MOST, contender.events // 2), Skew.SKEWED, short_lease=True)
    with ground.place(contender.schema) as place:
        return asyncio.run(_case(contender.name, judge(contender, place, load)))


async def _case(name: str, judged: Awaitable[tuple[Verdict, float, str]]) -> Case:
    try:
        verdict, seconds, failure = await judged
    except Exception as failed:  # noqa: BLE001  # whatever it was, the others go on and it is told
        return Case(name, None, 0, f"{type(failed).__name__}: {failed}")
    return Case(name, verdict, seconds, failure)


async def relay(contender: RelayContender, place: Place, load: Load) -> tuple[Verdict, float, str]:
    """Kill a relay when a quarter is sent; judge the topic when the second one has sent the rest, or has given up."""
    events, failure = sample.results(load), ""
    async with drain.drain(contender, place, load) as run:
        await run.fill(events)
        await run.until_left(load.events * 3 // 4)
        run.child.kill()
        killed = time.monotonic()
        run.start()
        try:
            await run.until_left(0)
        except ContenderFailed as failed:
            failure = str(failed)
        seconds = time.monotonic() - killed
        return audit.judge(audit.facts(events), await audit.topic(place.servers)), seconds, failure


async def consumer(contender: Contender, place: Place, load: Load) -> tuple[Verdict, float, str]:
    """Kill a consumer when a quarter has had its effect; judge the database when the second one has done the rest."""
    failure = ""
    async with consume.consumption(contender, place, load) as run:
        events = sample.results(load)
        await run.publish(events)
        await reach(load.events // 4, partial(run.connection.fetchval, consume.DONE), run.child)
        run.child.kill()
        killed = time.monotonic()
        run.start()
        try:
            await reach(load.events, partial(run.connection.fetchval, consume.DONE), run.child)
            await asyncio.sleep(1)  # for effects that come too often
        except ContenderFailed as failed:
            failure = str(failed)
        seconds = time.monotonic() - killed
        written, states = await audit.effects(run.connection)
        return audit.judge(audit.facts(events), written, states), seconds, failure


def _finding(title: str, cases: list[Case]) -> Finding:
    return Finding(
        title=title,
        headings=(
            "",
            "丢失 lost",
            "重复 repeated",
            "乱序 out of order",
            "状态不对 wrong states",
            "重启后 after restart",
        ),
        rows=[case.row() for case in cases],
        notes=(
            "每个参赛者中途 kill -9 一次再重启；80/20。 One kill -9 in the middle of each, then a restart; keys 80/20.",
            "中继的重复由收件箱消除。 What a relay repeats, an inbox removes; losses and swaps remain.",
            "有租约者此处租期 6 秒而非 60。 Whoever leases rows leases them for 6 s here instead of 60.",
        ),
        data={case.name: asdict(case) for case in cases},
    )
