"""Rows to what the use cases know, and back."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from services.exam.adapters.tables import PlanRow
from services.exam.application.records import OpenSession
from services.exam.domain.lifecycle import PlanState
from services.exam.domain.model import BlueprintChoice, Component, Plan, PlanRules
from services.exam.domain.timing import Window


def plan_row(plan: Plan, at: datetime) -> PlanRow:
    """Return the row of a new plan."""
    minute = timedelta(minutes=1)
    return PlanRow(
        id=plan.id,
        title=plan.title,
        standard=plan.standard,
        edition=plan.edition,
        level=plan.level,
        unit=plan.unit,
        blueprint_code=plan.choice.code if plan.choice else None,
        blueprint_version=plan.choice.version if plan.choice else None,
        entry_opens_at=plan.entry_opens_at,
        entry_closes_at=plan.entry_closes_at,
        requires_materials=plan.requires_materials,
        opens_minutes_before=plan.rules.opens_before // minute,
        late_limit_minutes=plan.rules.late_limit // minute,
        blueprint=dict(plan.blueprint),
        state=plan.state,
        version=plan.version,
        seat_plan_version=plan.seat_plan_version,
        digest=plan.digest,
        created_at=at,
    )


def rules_of(row: Row[Any]) -> PlanRules:
    """Return a plan's rules."""
    return PlanRules(
        opens_before=timedelta(minutes=row.opens_minutes_before), late_limit=timedelta(minutes=row.late_limit_minutes)
    )


def plan_of(row: Row[Any]) -> Plan:
    """Return the plan of a row."""
    return Plan(
        id=row.id,
        title=row.title,
        standard=row.standard,
        edition=row.edition,
        level=row.level,
        unit=row.unit,
        choice=BlueprintChoice(row.blueprint_code, row.blueprint_version) if row.blueprint_code else None,
        entry_opens_at=row.entry_opens_at,
        entry_closes_at=row.entry_closes_at,
        requires_materials=row.requires_materials,
        rules=rules_of(row),
        blueprint=json.loads(row.blueprint) if isinstance(row.blueprint, str) else row.blueprint,
        state=PlanState(row.state),
        version=row.version,
        seat_plan_version=row.seat_plan_version,
        digest=row.digest,
    )


def session_of(row: Row[Any]) -> OpenSession:
    """Return the session of a row that is joined with its plan."""
    return OpenSession(
        id=row.id,
        plan_id=row.plan_id,
        plan_state=PlanState(row.state),
        component=Component(row.component),
        window=Window(starts_at=row.starts_at, ends_at=row.ends_at, rules=rules_of(row)),
        closed_at=row.closed_at,
        present=row.present,
        absent=row.absent,
        no_work=row.no_work,
    )
