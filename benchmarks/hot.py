"""Profiles of the two hot loops: `python -m benchmarks --profile relay` prints where the CPU time goes."""

import cProfile
import pstats
from collections.abc import Callable, Coroutine
from typing import Any

from benchmarks import fresh
from benchmarks.ground import Place
from benchmarks.stopwatch import Figures

LINES = 30


async def profiled(
    measure: Callable[[Place, Any], Coroutine[Any, Any, Figures]], place: Place, argument: object
) -> Figures:
    """Run a measurement under the profiler and print its costliest functions; only proportions mean anything."""
    profile = cProfile.Profile()
    profile.enable()
    figures = await measure(place, argument)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(LINES)
    pstats.Stats(profile).sort_stats("cumtime").print_stats("shared|sample|asyncpg|aiokafka", LINES * 2)
    return figures


def show(measure: Callable[[Place, Any], Coroutine[Any, Any, Figures]], place: Place, argument: object) -> Figures:
    """Profile in a fresh process."""
    return fresh.run(profiled, measure, place, argument)
