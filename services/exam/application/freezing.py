"""The blueprint of a plan: found and checked when the plan is drafted, again when it is published, and then frozen."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.exam.application.errors import BlueprintChanged, BlueprintNeeded, BlueprintUnfit
from services.exam.application.ports import ExamWork
from services.exam.domain.model import BlueprintChoice
from shared.errors import FieldError
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import Catalogue
from shared.standards.checking import check_blueprint
from shared.standards.default import default_blueprint

#: What sessions are held for.
_EXAMINED = {("practical", "works"), ("interview", "panel")}
_NOT_EXAMINED = FieldError(
    "/blueprint",
    "components-not-examined",
    "方案的科目须为一门交作品的实操（代码 practical）和一门考评员面试（代码 interview）。",
    "The components must be a practical exam with works (code practical) and an interview by a panel (code interview).",
)


class Examining(Protocol):
    """What a plan examines, drafted or yet to be."""

    @property
    def standard(self) -> str:
        """Return the standard's code."""
        ...

    @property
    def edition(self) -> str | None:
        """Return the edition, if one is asked for."""
        ...

    @property
    def level(self) -> str:
        """Return the level."""
        ...

    @property
    def unit(self) -> str | None:
        """Return the unit, where one is chosen."""
        ...

    @property
    def choice(self) -> BlueprintChoice | None:
        """Return the authored blueprint, if one is asked for."""
        ...


@dataclass(frozen=True, slots=True)
class BlueprintSource:
    """Where blueprints come from. A derived one invents weights and lines: good for trying, not for examining."""

    catalogue: Catalogue
    derives: bool


async def resolve(source: BlueprintSource, plan: Examining) -> Blueprint:
    """Return the chosen blueprint, or the derived one; refuse what does not fit the plan or its standard.

    Raise `BlueprintNeeded` where none is chosen and none is derived.
    """
    if plan.choice is None and not source.derives:
        raise BlueprintNeeded
    return await asyncio.to_thread(_resolve, source.catalogue, plan)  # it may read files


def _resolve(catalogue: Catalogue, plan: Examining) -> Blueprint:
    if plan.choice is None:
        if plan.edition is None:
            catalogue.check_newest(plan.standard)
        return default_blueprint(catalogue.standard(plan.standard, plan.edition), plan.level, plan.unit)
    if plan.choice.version is None:
        catalogue.check_newest_blueprint(plan.choice.code)
    blueprint = catalogue.blueprint(plan.choice.code, plan.choice.version)
    _check_fit(blueprint, plan)
    check_blueprint(blueprint, catalogue.standard(blueprint.standard, blueprint.edition))
    return blueprint


def _check_fit(blueprint: Blueprint, plan: Examining) -> None:
    edition = plan.edition or blueprint.edition
    wanted = {"standard": plan.standard, "edition": edition, "level": plan.level, "unit": plan.unit}
    made_for = {name: getattr(blueprint, name) for name in wanted}
    faults = [_unfit(name, made_for[name]) for name, value in wanted.items() if value != made_for[name]]
    if {(each.code, each.kind) for each in blueprint.components} != _EXAMINED:
        faults.append(_NOT_EXAMINED)
    if faults:
        raise BlueprintUnfit(code=blueprint.code, errors=faults)


def _unfit(name: str, made_for: str | None) -> FieldError:
    shown = "-" if made_for is None else made_for
    return FieldError(f"/{name}", BlueprintUnfit.slug, f"方案适用于：{shown}。", f"The blueprint is made for: {shown}.")


async def freeze(work: ExamWork, blueprint: Blueprint, now: datetime) -> Blueprint:
    """Keep the blueprint for good and return it, a derived one with its version: the same content keeps the same one.

    Two publications at once: the second waits for the first, and then finds what it has frozen.
    """
    await work.blueprints.lock(blueprint.code)
    frozen = await work.blueprints.digests(blueprint.code)
    if blueprint.derived:
        same = [version for version, digest in frozen.items() if digest == blueprint.digest]
        version = same[0] if same else max(frozen, default=0) + 1
        blueprint = blueprint.model_copy(update={"version": version})
    if blueprint.version not in frozen:
        await work.blueprints.add(blueprint, now)
    elif frozen[blueprint.version] != blueprint.digest:
        raise BlueprintChanged(code=blueprint.code, version=blueprint.version)
    return blueprint
