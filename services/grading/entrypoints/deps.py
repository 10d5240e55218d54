"""What grading's routes are given."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.grading.application.ports import OpenWork
from shared.clock import Clock
from shared.web.idempotency import Repeatable


@dataclass(frozen=True, slots=True)
class Deps:
    """How to open a transaction, and what the time is."""

    work: OpenWork
    clock: Clock


async def _deps(request: Request) -> Deps:
    return cast("Deps", request.app.state.deps)


#: In a route: `deps: GradingDeps`.
GradingDeps = Annotated[Deps, Depends(_deps)]
#: In a route of a command: `once: Again`.
Again = Annotated[Repeatable, Depends()]
