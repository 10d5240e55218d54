"""A contest under both spreads of keys: a hot key must not make anybody faster or wrong."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from benchmarks.contender import Contender
from benchmarks.contest import Entry, Result, hold
from benchmarks.ground import Ground
from benchmarks.sample import Load, Skew
from benchmarks.setting import Setting

ContenderT = TypeVar("ContenderT", bound=Contender)


def by_skew(
    setting: Setting, contenders: Sequence[ContenderT], entry: Callable[[Ground, ContenderT, Load], Entry]
) -> Iterator[tuple[Skew, list[Result]]]:
    """Let all run in turn under both spreads, those marked `once` under the even one; yield the results of each."""
    with setting.ground() as ground:
        entries = {
            skew: [
                entry(ground, one, Load(setting.events(one.events), skew))
                for one in contenders
                if skew is Skew.UNIFORM or not one.once
            ]
            for skew in Skew
        }
        results = hold([one for some in entries.values() for one in some], setting.repeats, setting.tell)
    for skew, some in entries.items():
        yield skew, [result for result in results if result.entry in some]
