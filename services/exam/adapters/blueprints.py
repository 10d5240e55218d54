"""The frozen blueprints over SQL. Rows are only ever added: a trigger refuses anything else."""

import json
from datetime import datetime

from services.exam.application.records import FrozenBlueprint
from shared.standards.blueprint import Blueprint
from shared.work import UnitOfWork

_LISTED = """
    SELECT CAST(body AS text) AS body, frozen_at FROM blueprint_version
     WHERE (CAST(:standard AS text) IS NULL OR body ->> 'standard' = :standard)
       AND (CAST(:level AS text) IS NULL OR body ->> 'level' = :level)
       AND (code COLLATE "C", version) > (:code, :version)
     ORDER BY code COLLATE "C", version LIMIT :limit
"""


class SqlBlueprints:
    """The frozen blueprints in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def lock(self, code: str) -> None:
        """Let nobody else freeze a version of this blueprint until the transaction ends."""
        await self._work.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('blueprint/' || :code, 0))", {"code": code}
        )

    async def digests(self, code: str) -> dict[int, str]:
        """Return the digests of all frozen versions of a blueprint."""
        rows = await self._work.rows(
            "SELECT version, digest FROM blueprint_version WHERE code = :code ORDER BY version", {"code": code}
        )
        return {row.version: row.digest for row in rows}

    async def add(self, blueprint: Blueprint, at: datetime) -> None:
        """Freeze a version."""
        await self._work.execute(
            """
            INSERT INTO blueprint_version (code, version, digest, body, frozen_at)
            VALUES (:code, :version, :digest, CAST(:body AS jsonb), :at)
            """,
            {
                "code": blueprint.code,
                "version": blueprint.version,
                "digest": blueprint.digest,
                "body": json.dumps(blueprint.model_dump(mode="json")),
                "at": at,
            },
        )

    async def get(self, code: str, version: int | None) -> FrozenBlueprint | None:
        """Return a frozen version, the newest unless one is named."""
        rows = await self._work.rows(
            """
            SELECT CAST(body AS text) AS body, frozen_at FROM blueprint_version
             WHERE code = :code AND (CAST(:version AS integer) IS NULL OR version = :version)
             ORDER BY version DESC LIMIT 1
            """,
            {"code": code, "version": version},
        )
        return _frozen(rows[0].body, rows[0].frozen_at) if rows else None

    async def after(
        self, place: tuple[str, int], limit: int, *, standard: str | None, level: str | None
    ) -> list[FrozenBlueprint]:
        """Return frozen versions in the order of code and version."""
        rows = await self._work.rows(
            _LISTED, {"standard": standard, "level": level, "code": place[0], "version": place[1], "limit": limit}
        )
        return [_frozen(row.body, row.frozen_at) for row in rows]


def _frozen(body: str, at: datetime) -> FrozenBlueprint:
    return FrozenBlueprint(Blueprint.model_validate_json(body), at)
