"""What the routes need, built once by the composition root."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.certificate.application.desk import Desk
from services.certificate.application.ports import OpenWork, Press
from services.certificate.entrypoints.rate_limit import TokenBuckets
from shared.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Deps:
    """The desk, the press, a way to open a transaction, and the limit on questions by name."""

    desk: Desk
    press: Press
    open_work: OpenWork
    lookups: TokenBuckets


async def _deps(request: Request) -> Deps:
    return cast("Deps", request.app.state.deps)


#: In a route: `deps: UsedDeps`.
UsedDeps = Annotated[Deps, Depends(_deps)]


def transaction(work: object) -> UnitOfWork:
    """Return the transaction as the platform's own type, for answers that are kept."""
    return cast("UnitOfWork", work)
