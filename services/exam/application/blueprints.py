"""Which blueprints there are: the authored ones in the catalogue, and all versions that plans were published with."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from services.exam.application.ports import ExamWork
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import Catalogue
from shared.standards.errors import BlueprintUnknown


@dataclass(frozen=True, slots=True)
class KnownBlueprint:
    """A version of a blueprint. What is frozen counts, also where the file in the catalogue says something else now."""

    blueprint: Blueprint
    in_catalogue: bool
    frozen_at: datetime | None = None
    file_differs: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which blueprints to list: of a standard, of a level."""

    standard: str | None = None
    level: str | None = None


async def blueprints(
    work: ExamWork, catalogue: Catalogue, wanted: Wanted, after: tuple[str, int], limit: int
) -> list[KnownBlueprint]:
    """Return blueprints in the order of code and version."""
    authored = {
        _key(each): KnownBlueprint(each, in_catalogue=True)
        for each in await asyncio.to_thread(catalogue.blueprints)
        if _key(each) > after and _is_wanted(each, wanted)
    }
    frozen = await work.blueprints.after(after, limit, standard=wanted.standard, level=wanted.level)
    known = authored | {
        _key(each.blueprint): _marked(each.blueprint, each.frozen_at, authored.get(_key(each.blueprint)))
        for each in frozen
    }
    return [known[key] for key in sorted(known)[:limit]]


async def blueprint(work: ExamWork, catalogue: Catalogue, code: str, version: int | None) -> KnownBlueprint:
    """Return a version of a blueprint, the newest unless one is named; raise `BlueprintUnknown`."""
    frozen = await work.blueprints.get(code, version)
    try:
        authored = KnownBlueprint(await asyncio.to_thread(catalogue.blueprint, code, version), in_catalogue=True)
    except BlueprintUnknown:
        if frozen is None:
            raise
        return _marked(frozen.blueprint, frozen.frozen_at, None)
    if frozen is None or frozen.blueprint.version < authored.blueprint.version:
        return authored
    same = authored if authored.blueprint.version == frozen.blueprint.version else None
    return _marked(frozen.blueprint, frozen.frozen_at, same)


def _marked(frozen: Blueprint, at: datetime, authored: KnownBlueprint | None) -> KnownBlueprint:
    differs = authored is not None and authored.blueprint.digest != frozen.digest
    return KnownBlueprint(frozen, in_catalogue=authored is not None, frozen_at=at, file_differs=differs)


def _key(blueprint: Blueprint) -> tuple[str, int]:
    return blueprint.code, blueprint.version


def _is_wanted(blueprint: Blueprint, wanted: Wanted) -> bool:
    return wanted.standard in (None, blueprint.standard) and wanted.level in (None, blueprint.level)
