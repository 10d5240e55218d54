"""What the routes need, built once by the composition root."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.certificate.application.desk import Desk
from services.certificate.application.ports import OpenWork, Press, Reader
from services.certificate.entrypoints.rate_limit import TokenBuckets


@dataclass(frozen=True, slots=True)
class Deps:
    """The desk, the press, a way to open a transaction and one to read without, and the limit on questions by name."""

    desk: Desk
    press: Press
    open_work: OpenWork
    reader: Reader
    lookups: TokenBuckets


def deps_of(request: Request) -> Deps:
    """Return what the composition root built."""
    return cast("Deps", request.app.state.deps)


async def _deps(request: Request) -> Deps:
    return deps_of(request)


#: In a route: `deps: UsedDeps`.
UsedDeps = Annotated[Deps, Depends(_deps)]
