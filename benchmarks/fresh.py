"""Each run in a process of its own, on the services' event loop: none inherits the heap or the tracing of another."""

import asyncio
import logging
import multiprocessing
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

import structlog
import uvloop

from shared.service import calm_the_collector

ResultT = TypeVar("ResultT")
SpecP = ParamSpec("SpecP")


def run(work: Callable[SpecP, Coroutine[Any, Any, ResultT]], *args: SpecP.args, **kwargs: SpecP.kwargs) -> ResultT:
    """Run an async function in a new process and return what it returns."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(_quietly, partial(work, *args, **kwargs)).result()


def _quietly(work: Callable[[], Coroutine[Any, Any, ResultT]]) -> ResultT:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    calm_the_collector()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work())
