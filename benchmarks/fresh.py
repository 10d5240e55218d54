"""Each run in a process of its own, on the event loop of the services: no run inherits the heap or the tracing of another."""

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from typing import Any, ParamSpec, TypeVar

import structlog
import uvloop

ResultT = TypeVar("ResultT")
SpecP = ParamSpec("SpecP")


def run(work: Callable[SpecP, Coroutine[Any, Any, ResultT]], *args: SpecP.args, **kwargs: SpecP.kwargs) -> ResultT:
    """Run an async function in a new process and return what it returns."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(here, work, *args, **kwargs).result()


def here(work: Callable[SpecP, Coroutine[Any, Any, ResultT]], *args: SpecP.args, **kwargs: SpecP.kwargs) -> ResultT:
    """Run it in this process, quietly."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work(*args, **kwargs))
