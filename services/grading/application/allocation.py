"""Markers for the works and panels for the interviews of a plan, drawn some at a time: a plan may be very large."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.grading.application.marking import draw_thirds
from services.grading.application.ports import GradingWork
from services.grading.application.records import PlanRecord
from services.grading.domain.allocation import Marker, allocate, check_markers
from services.grading.domain.panel_draw import PanelOfPlan, check_panels, draw_panels


async def give_all(work: GradingWork, plan: PlanRecord, seed: int) -> dict[str, int]:
    """Draw for whatever has none; return how many were waiting and were given.

    Raise `NotEnoughMarkers` with the smallest conflict of the whole plan; the transaction must then be rolled back.
    """
    plan_id = plan.plan_id
    markers, panels = await work.plans.markers(plan_id), await work.plans.panels(plan_id)
    # all of the plan before any of it is drawn: what comes in between is checked with its page
    check_markers(await work.works.waiting_by_school(plan_id), markers)
    check_panels(await work.interviews.waiting_by_school(plan_id), panels)
    works = await _give_markers(work, plan_id, markers, seed)
    interviews = await _give_panels(work, plan_id, panels, seed)
    async for needy in work.works.without_third(plan_id):
        await draw_thirds(work, plan, needy)
    return {"works": works, "allocated": works, "interviews": interviews}


async def _give_markers(work: GradingWork, plan_id: UUID, markers: Sequence[Marker], seed: int) -> int:
    given = 0
    loads = Counter(await work.works.loads(plan_id))
    async for some in work.works.waiting(plan_id):
        # in a thread: the event loop has others to serve
        pairs = await asyncio.to_thread(allocate, some, markers, loads, seed)
        await work.works.allocate(plan_id, pairs)
        loads.update((pair.first, 1) for pair in pairs)
        loads.update((pair.second, 2) for pair in pairs)
        given += len(pairs)
    return given


async def _give_panels(work: GradingWork, plan_id: UUID, panels: Sequence[PanelOfPlan], seed: int) -> int:
    given = 0
    async for some in work.interviews.waiting(plan_id):
        drawn = await asyncio.to_thread(draw_panels, some, panels, seed)
        await work.interviews.allocate(drawn)
        new = Counter(drawn.values())
        panels = [replace(panel, load=panel.load + new[panel.panel_id]) for panel in panels]
        given += len(drawn)
    return given
