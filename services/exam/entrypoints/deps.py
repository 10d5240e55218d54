"""What the routes need: the transaction, standards and blueprints, the clock and the seal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from services.exam.application.freezing import BlueprintSource
from services.exam.application.ports import Seal
from shared.clock import Clock
from shared.standards.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Handed in by the composition root. `work` opens what is a `UnitOfWork`, an `ExamWork` and a `Reading` in one."""

    work: Callable[[], Any]
    catalogue: Catalogue
    blueprints: BlueprintSource
    clock: Clock
    seal: Seal


def _deps(request: Request) -> Deps:
    deps: Deps = request.app.state.deps
    return deps


#: As a parameter of a route: `deps: ExamDeps`.
ExamDeps = Annotated[Deps, Depends(_deps)]
