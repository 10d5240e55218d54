"""What the routes of operations need."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request

from services.operations.application.ports import OpenWork
from shared.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Built once by the composition root."""

    open_work: OpenWork
    clock: Clock
    retention: timedelta
    page_key: bytes = field(repr=False)
    telemetry_token: str | None = field(repr=False)


async def _of(request: Request) -> Deps:
    found: Deps = request.app.state.deps
    return found


#: A route's parameter of this type is the service's `Deps`.
Parts = Annotated[Deps, Depends(_of)]
