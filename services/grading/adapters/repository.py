"""Plans with their markers and panels, as SQL."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.grading.application.commands import NamePanel
from services.grading.application.records import PlanRecord
from services.grading.application.rules import rules_of
from services.grading.domain.allocation import Marker
from services.grading.domain.completeness import Expected, PlanState
from services.grading.domain.panel_draw import PanelOfPlan
from shared import ids
from shared.database.columns import Columns, Jsonb
from shared.events.exam import PlanFinishedV1, PlanPublishedV1
from shared.events.received import Received
from shared.work import UnitOfWork


class _Published(NamedTuple):
    plan_id: UUID
    title: str
    blueprint: Jsonb


class _Expected(NamedTuple):
    plan_id: UUID
    expected_candidates: int
    expected_works: int


class _Seat(NamedTuple):
    panel_id: UUID
    name: str
    examiner: str


_PUBLISHED, _EXPECTED, _MARKER, _SEAT = Columns(_Published), Columns(_Expected), Columns(Marker), Columns(_Seat)
_FIND = """
    SELECT plan_id, state, version, CAST(blueprint AS text) AS blueprint, expected_candidates, expected_works
      FROM plan WHERE plan_id = :plan_id
"""
_ADD = f"""
    INSERT INTO plan ({_PUBLISHED}, state, version) SELECT {_PUBLISHED}, 'marking', 0 FROM {_PUBLISHED.unnest("new")}
    ON CONFLICT DO NOTHING
"""
_EXPECT = f"""
    UPDATE plan SET {_EXPECTED.assigned("new", "plan_id")}
      FROM {_EXPECTED.unnest("new")} WHERE plan.plan_id = new.plan_id
"""
_CLOSE = "UPDATE plan SET state = :state, version = version + 1, closed_at = :at WHERE plan_id = :plan_id"
_RELEASE = "UPDATE plan SET state = :state, released_at = :at WHERE plan_id = :plan_id"
_APPOINT = f"""
    INSERT INTO marker (plan_id, {_MARKER}) SELECT :plan_id, {_MARKER} FROM {_MARKER.unnest("new")}
    ON CONFLICT (plan_id, subject) DO UPDATE SET institution_id = EXCLUDED.institution_id
"""
_MARKERS = f"SELECT {_MARKER} FROM marker WHERE plan_id = :plan_id"
_FORM = f"""
    WITH given AS (
        SELECT {_SEAT} FROM {_SEAT.unnest("new")}
    ), added AS (
        INSERT INTO panel (panel_id, plan_id, name)
        SELECT DISTINCT panel_id, CAST(:plan_id AS uuid), name FROM given
        ON CONFLICT (plan_id, name) DO NOTHING RETURNING panel_id
    )
    INSERT INTO panel_examiner (panel_id, examiner, plan_id)
    SELECT panel_id, examiner, CAST(:plan_id AS uuid) FROM given JOIN added USING (panel_id)
"""
_EXAMINERS = """
    SELECT p.name, array_agg(x.examiner) AS examiners
      FROM panel p JOIN panel_examiner x USING (panel_id) WHERE p.plan_id = :plan_id GROUP BY p.panel_id
"""
_PANELS = """
    SELECT p.panel_id,
           ARRAY(SELECT m.institution_id FROM panel_examiner x
                   JOIN marker m ON m.plan_id = x.plan_id AND m.subject = x.examiner
                  WHERE x.panel_id = p.panel_id AND m.institution_id IS NOT NULL) AS institutions,
           (SELECT count(*) FROM interview i WHERE i.plan_id = p.plan_id AND i.panel_id = p.panel_id) AS load
      FROM panel p WHERE p.plan_id = :plan_id
"""


class SqlPlans:
    """The port `Plans` on PostgreSQL."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def find(self, plan_id: UUID, *, alone: bool = False) -> PlanRecord | None:
        """Return a plan, kept from ending until the transaction does; `alone` also keeps others out."""
        lock = "FOR NO KEY UPDATE" if alone else "FOR SHARE"
        rows = await self._work.rows(f"{_FIND} {lock}", {"plan_id": plan_id})
        if not rows:
            return None
        row = rows[0]
        known = row.expected_candidates is not None
        return PlanRecord(
            plan_id=row.plan_id,
            state=PlanState(row.state),
            version=row.version,
            rules=rules_of(row.blueprint),
            expected=Expected(row.expected_candidates, row.expected_works) if known else None,
        )

    async def add(self, events: Sequence[Received[PlanPublishedV1]]) -> None:
        """Keep published plans."""
        rows = [_Published(event.data.plan_id, event.data.title, json.dumps(event.data.blueprint)) for event in events]
        await self._work.execute(_ADD, _PUBLISHED.binds(rows))

    async def expect(self, events: Sequence[Received[PlanFinishedV1]]) -> None:
        """Keep what finished exams say there must be."""
        rows = [_Expected(event.data.plan_id, event.data.candidates, event.data.works) for event in events]
        await self._work.execute(_EXPECT, _EXPECTED.binds(rows))

    async def end(self, plan_id: UUID, state: PlanState, at: datetime) -> None:
        """Move a plan to its next state; closing it raises the version, for it publishes an event of the plan."""
        sql = _CLOSE if state is PlanState.CLOSED else _RELEASE
        await self._work.execute(sql, {"plan_id": plan_id, "state": state.value, "at": at})

    async def appoint(self, plan_id: UUID, markers: Sequence[Marker]) -> None:
        """Add markers, or change their institutions; each is named once."""
        await self._work.execute(_APPOINT, _MARKER.binds(markers) | {"plan_id": plan_id})

    async def markers(self, plan_id: UUID) -> list[Marker]:
        """Return the markers of a plan."""
        rows = await self._work.rows(_MARKERS, {"plan_id": plan_id})
        return [Marker(row.subject, row.institution_id) for row in rows]

    async def form(self, plan_id: UUID, panels: Sequence[NamePanel]) -> None:
        """Add panels, each named once; a name that exists keeps its examiners."""
        new = [(ids.new_id(), panel) for panel in panels]
        rows = [_Seat(panel_id, panel.name, examiner) for panel_id, panel in new for examiner in panel.examiners]
        await self._work.execute(_FORM, _SEAT.binds(rows) | {"plan_id": plan_id})

    async def examiners(self, plan_id: UUID) -> dict[str, frozenset[str]]:
        """Return the examiners of each panel by its name."""
        rows = await self._work.rows(_EXAMINERS, {"plan_id": plan_id})
        return {row.name: frozenset(row.examiners) for row in rows}

    async def panels(self, plan_id: UUID) -> list[PanelOfPlan]:
        """Return the panels with the institutions of their examiners and how many interviews each has."""
        rows = await self._work.rows(_PANELS, {"plan_id": plan_id})
        return [PanelOfPlan(row.panel_id, frozenset(row.institutions), row.load) for row in rows]
