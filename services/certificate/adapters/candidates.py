"""Plans and candidates in PostgreSQL: one statement for any number of them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row

from services.certificate.application.records import Admission, Candidate, Plan, Result, Voiding
from services.certificate.domain.credential import Scores
from services.certificate.domain.model import Candidacy
from shared.database.columns import Columns, Jsonb
from shared.work import UnitOfWork


class _Result(NamedTuple):
    application_id: UUID
    plan_id: UUID
    journey_id: UUID | None
    result_version: int
    outcome: str
    scores: Jsonb | None
    published_at: datetime
    which: int


_PLAN, _ADMISSION, _RESULT, _VOIDING = Columns(Plan), Columns(Admission), Columns(_Result), Columns(Voiding)
_STATE = """
    application_id, plan_id, institution_id, journey_id, person,
    voided_at IS NOT NULL AS is_voided, outcome = 'pass' AS has_passed, certificate_id IS NOT NULL AS has_certificate
"""
_COLUMNS = f"{_STATE}, scores, requirements"
_SAVE_PLANS = f"""
    INSERT INTO plan ({_PLAN}) SELECT {_PLAN} FROM {_PLAN.unnest("new")} ORDER BY id
    ON CONFLICT (id) DO UPDATE SET {_PLAN.assigned("EXCLUDED", "id")}
"""
# A plan not heard of yet gets a row too: whoever brings the plan must wait for those who looked for it.
_RESERVE_PLANS = """
    INSERT INTO plan (id) SELECT id FROM unnest(CAST(:ids AS uuid[])) AS e (id) ORDER BY id ON CONFLICT DO NOTHING
"""
_HOLD_PLANS = f"SELECT {_PLAN} FROM plan WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR SHARE"
_ADMIT = f"""
    INSERT INTO candidate ({_ADMISSION}) SELECT {_ADMISSION} FROM {_ADMISSION.unnest("new")} ORDER BY application_id
    ON CONFLICT (application_id) DO UPDATE
       SET institution_id = EXCLUDED.institution_id, person = EXCLUDED.person, admitted_at = EXCLUDED.admitted_at,
           journey_id = coalesce(EXCLUDED.journey_id, candidate.journey_id)
    RETURNING {_COLUMNS}
"""
# Most results of a batch are of one plan: each set of requirements is sent and read once.
_RECORD = f"""
    WITH sets (requirements, which) AS MATERIALIZED (
        SELECT ARRAY(SELECT jsonb_array_elements_text(CAST(given AS jsonb))), which
          FROM unnest(CAST(:sets AS text[])) WITH ORDINALITY AS s (given, which)
    )
    INSERT INTO candidate ({_RESULT.without("which")}, requirements)
    SELECT {_RESULT.without("which")}, requirements FROM {_RESULT.unnest("new")} JOIN sets USING (which)
     ORDER BY application_id
    ON CONFLICT (application_id) DO UPDATE
       SET result_version = EXCLUDED.result_version, outcome = EXCLUDED.outcome, scores = EXCLUDED.scores,
           requirements = EXCLUDED.requirements, published_at = EXCLUDED.published_at,
           journey_id = coalesce(candidate.journey_id, EXCLUDED.journey_id)
     WHERE candidate.result_version IS NULL OR candidate.result_version < EXCLUDED.result_version
    RETURNING {_STATE}
"""
_VOID = f"""
    INSERT INTO candidate ({_VOIDING}) SELECT {_VOIDING} FROM {_VOIDING.unnest("new")} ORDER BY application_id
    ON CONFLICT (application_id) DO UPDATE SET voided_at = coalesce(candidate.voided_at, EXCLUDED.voided_at)
"""
_WAITING = f"""
    SELECT {_COLUMNS} FROM candidate
     WHERE plan_id = ANY(CAST(:ids AS uuid[])) AND certificate_id IS NULL AND outcome = 'pass'
     ORDER BY application_id FOR UPDATE
"""


class SqlCandidates:
    """What has come in about each application."""

    def __init__(self, work: UnitOfWork) -> None:
        """Belong to one transaction."""
        self._work = work

    async def save_plans(self, plans: Sequence[Plan]) -> None:
        """Keep the plans; wait for whoever is looking at them."""
        await self._work.execute(_SAVE_PLANS, _PLAN.binds(plans))

    async def hold_plans(self, ids: Sequence[UUID]) -> Mapping[UUID, Plan]:
        """Return the known plans, and keep all of them from changing until the transaction ends."""
        rows = await self._work.rows(_HOLD_PLANS, {"ids": list(ids)})
        if len(rows) < len(ids):
            await self._work.execute(_RESERVE_PLANS, {"ids": list(ids)})
            rows = await self._work.rows(_HOLD_PLANS, {"ids": list(ids)})
        return {row.id: Plan(**row._asdict()) for row in rows if row.standard is not None}

    async def admit(self, admissions: Sequence[Admission]) -> Sequence[Candidate]:
        """Add admissions; return the candidates as they are now, locked."""
        rows = await self._work.rows(_ADMIT, _ADMISSION.binds(admissions))
        return [_read_candidate(row) for row in rows]

    async def record(self, results: Sequence[Result]) -> Sequence[Candidate]:
        """Add results that are newer than those known; return those candidates as they are now, locked."""
        sets = {requirements: which for which, requirements in enumerate({each.requirements for each in results}, 1)}
        new = [
            _Result(
                each.application_id,
                each.plan_id,
                each.journey_id,
                each.version,
                each.outcome,
                _scores_json(each.scores),
                each.published_at,
                sets[each.requirements],
            )
            for each in results
        ]
        listed = [json.dumps(requirements) for requirements in sets]
        rows = await self._work.rows(_RECORD, _RESULT.binds(new) | {"sets": listed})
        told = {each.application_id: each for each in results}
        return [_candidate(row, told[row.application_id].scores, told[row.application_id].requirements) for row in rows]

    async def void(self, voidings: Sequence[Voiding]) -> None:
        """Mark applications void."""
        await self._work.execute(_VOID, _VOIDING.binds(voidings))

    async def waiting_for(self, plan_ids: Sequence[UUID]) -> Sequence[Candidate]:
        """Return the passed candidates of these plans that have no certificate yet, locked."""
        return [_read_candidate(row) for row in await self._work.rows(_WAITING, {"ids": list(plan_ids)})]


def _scores_json(scores: Scores | None) -> str | None:
    if scores is None:
        return None
    return json.dumps({"total": scores.total, "practical": scores.practical, "interview": scores.interview})


def _read_candidate(row: Row[Any]) -> Candidate:
    scores = json.loads(row.scores) if isinstance(row.scores, str) else row.scores
    return _candidate(row, Scores(**scores) if scores else None, tuple(row.requirements or ()))


def _candidate(row: Row[Any], scores: Scores | None, requirements: tuple[str, ...]) -> Candidate:
    return Candidate(
        candidacy=Candidacy(
            application_id=row.application_id,
            plan_id=row.plan_id,
            is_admitted=row.person is not None,
            is_voided=row.is_voided,
            has_passed=bool(row.has_passed),
            has_certificate=row.has_certificate,
        ),
        institution_id=row.institution_id,
        journey_id=row.journey_id,
        person=row.person,
        scores=scores,
        requirements=requirements,
    )
