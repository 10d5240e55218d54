"""What takes part in a contest: a name, a database schema, and a way to run."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import asyncpg

from benchmarks import sample
from benchmarks.child import ContenderFailed
from benchmarks.ground import Place
from benchmarks.sample import Load, Sample


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One way to do the work; `run` goes into a process of its own, so it is a function of a module."""

    name: str
    run: Callable[[Place, Load], Coroutine[Any, Any, None]]
    schema: Sequence[str] = field(default_factory=sample.schema)
    #: How many events it is given: about as much as it does in the time that the fastest takes.
    events: int
    #: How it is set up, where that is not plain.
    note: str = ""
    #: Whether it is run with evenly spread keys only, because another setting of the same stands for it.
    once: bool = False


@dataclass(frozen=True, kw_only=True)
class RelayContender(Contender):
    """A relay: how its outbox is filled, and what is left of it."""

    #: Writes the events in one transaction and wakes the relay.
    fill: Callable[[asyncpg.Connection, Sequence[Sample]], Awaitable[None]]
    #: SQL: how many events it has not noted as sent.
    left: str = "SELECT 0"
    #: A bare loop knows no fault: there is nothing that it could go on from.
    durable: bool = True


def absent_relay(name: str, error: ImportError) -> RelayContender:
    """Stand in for a relay that is not installed: it fails with the reason."""
    return RelayContender(
        name=name, run=partial(_fail, str(error)), schema=(), events=1, fill=_nothing, left="SELECT 1"
    )


def absent_consumer(name: str, error: ImportError) -> Contender:
    """Stand in for a consumer that is not installed: it fails with the reason."""
    return Contender(name=name, run=partial(_fail, str(error)), events=1)


async def _fail(reason: str, _place: Place, _load: Load) -> None:
    raise ContenderFailed(reason)


async def _nothing(_connection: asyncpg.Connection, _samples: Sequence[Sample]) -> None:
    """Write nothing."""
