"""Plans and candidates in PostgreSQL: one statement for any number of them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.certificate.application.records import Admission, Candidate, Plan, Result, Voiding
from services.certificate.domain.credential import Scores
from services.certificate.domain.model import Candidacy
from shared.work import UnitOfWork

_STATE = """
    application_id, plan_id, institution_id, journey_id, person,
    voided_at IS NOT NULL AS is_voided, outcome = 'pass' AS has_passed, certificate_id IS NOT NULL AS has_certificate
"""
_COLUMNS = f"{_STATE}, scores, requirements"
_SAVE_PLANS = """
    INSERT INTO plan (id, standard, edition, level, unit)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:standards AS text[]), CAST(:editions AS text[]),
                         CAST(:levels AS text[]), CAST(:units AS text[])) AS e (id, standard, edition, level, unit)
     ORDER BY id
    ON CONFLICT (id) DO UPDATE SET standard = EXCLUDED.standard, edition = EXCLUDED.edition, level = EXCLUDED.level,
                                   unit = EXCLUDED.unit
"""
# A plan not heard of yet gets a row too: whoever brings the plan must wait for those who looked for it.
_RESERVE_PLANS = """
    INSERT INTO plan (id) SELECT id FROM unnest(CAST(:ids AS uuid[])) AS e (id) ORDER BY id ON CONFLICT DO NOTHING
"""
_HOLD_PLANS = """
    SELECT id, standard, edition, level, unit FROM plan WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR SHARE
"""
_ADMIT = f"""
    INSERT INTO candidate (application_id, plan_id, institution_id, journey_id, person, admitted_at)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:plans AS uuid[]), CAST(:institutions AS uuid[]),
                         CAST(:journeys AS uuid[]), CAST(:persons AS bytea[]), CAST(:moments AS timestamptz[]))
             AS e (application_id, plan_id, institution_id, journey_id, person, admitted_at)
     ORDER BY application_id
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
    INSERT INTO candidate (application_id, plan_id, journey_id, result_version, outcome, scores, requirements,
                           published_at)
    SELECT application_id, plan_id, journey_id, version, outcome, CAST(scores AS jsonb), requirements, published_at
      FROM unnest(CAST(:ids AS uuid[]), CAST(:plans AS uuid[]), CAST(:journeys AS uuid[]), CAST(:versions AS bigint[]),
                  CAST(:outcomes AS text[]), CAST(:scores AS text[]), CAST(:which AS bigint[]),
                  CAST(:moments AS timestamptz[]))
           AS e (application_id, plan_id, journey_id, version, outcome, scores, which, published_at)
      JOIN sets USING (which)
     ORDER BY application_id
    ON CONFLICT (application_id) DO UPDATE
       SET result_version = EXCLUDED.result_version, outcome = EXCLUDED.outcome, scores = EXCLUDED.scores,
           requirements = EXCLUDED.requirements, published_at = EXCLUDED.published_at,
           journey_id = coalesce(candidate.journey_id, EXCLUDED.journey_id)
     WHERE candidate.result_version IS NULL OR candidate.result_version < EXCLUDED.result_version
    RETURNING {_STATE}
"""
_VOID = """
    INSERT INTO candidate (application_id, plan_id, voided_at)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:plans AS uuid[]), CAST(:moments AS timestamptz[]))
             AS e (application_id, plan_id, voided_at)
     ORDER BY application_id
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
        await self._work.execute(
            _SAVE_PLANS,
            {
                "ids": [plan.id for plan in plans],
                "standards": [plan.standard for plan in plans],
                "editions": [plan.edition for plan in plans],
                "levels": [plan.level for plan in plans],
                "units": [plan.unit for plan in plans],
            },
        )

    async def hold_plans(self, ids: Sequence[UUID]) -> Mapping[UUID, Plan]:
        """Return the known plans, and keep all of them from changing until the transaction ends."""
        rows = await self._work.rows(_HOLD_PLANS, {"ids": list(ids)})
        if len(rows) < len(ids):
            await self._work.execute(_RESERVE_PLANS, {"ids": list(ids)})
            rows = await self._work.rows(_HOLD_PLANS, {"ids": list(ids)})
        return {
            row.id: Plan(row.id, row.standard, row.edition, row.level, row.unit)
            for row in rows
            if row.standard is not None
        }

    async def admit(self, admissions: Sequence[Admission]) -> Sequence[Candidate]:
        """Add admissions; return the candidates as they are now, locked."""
        rows = await self._work.rows(
            _ADMIT,
            {
                "ids": [each.application_id for each in admissions],
                "plans": [each.plan_id for each in admissions],
                "institutions": [each.institution_id for each in admissions],
                "journeys": [each.journey_id for each in admissions],
                "persons": [each.person for each in admissions],
                "moments": [each.admitted_at for each in admissions],
            },
        )
        return [_read_candidate(row) for row in rows]

    async def record(self, results: Sequence[Result]) -> Sequence[Candidate]:
        """Add results that are newer than those known; return those candidates as they are now, locked."""
        sets = {requirements: which for which, requirements in enumerate({each.requirements for each in results}, 1)}
        rows = await self._work.rows(
            _RECORD,
            {
                "ids": [each.application_id for each in results],
                "plans": [each.plan_id for each in results],
                "journeys": [each.journey_id for each in results],
                "versions": [each.version for each in results],
                "outcomes": [each.outcome for each in results],
                "scores": [_scores_json(each.scores) for each in results],
                "sets": [json.dumps(requirements) for requirements in sets],
                "which": [sets[each.requirements] for each in results],
                "moments": [each.published_at for each in results],
            },
        )
        told = {each.application_id: each for each in results}
        return [_candidate(row, told[row.application_id].scores, told[row.application_id].requirements) for row in rows]

    async def void(self, voidings: Sequence[Voiding]) -> None:
        """Mark applications void."""
        await self._work.execute(
            _VOID,
            {
                "ids": [each.application_id for each in voidings],
                "plans": [each.plan_id for each in voidings],
                "moments": [each.voided_at for each in voidings],
            },
        )

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
