"""Seats for everyone who waits: one transaction, the first time for all, later only for those admitted since."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.exam.application import publications
from services.exam.application.codes import random_codes
from services.exam.application.errors import told
from services.exam.application.planning import locked_plan
from services.exam.application.ports import ExamWork
from services.exam.application.records import Ticket, Waiting
from services.exam.domain.lifecycle import SEATED, seating
from services.exam.domain.model import Plan
from services.exam.domain.seating import Entrant, allocate, digest

_CHUNK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The outcome: how many people the sealed seat plan holds, its version and its digest."""

    candidates: int
    seat_plan_version: int
    digest: str


async def arrange(work: ExamWork, plan_id: UUID, seed: str, now: datetime) -> Arrangement:
    """Seat all who wait and seal the plan; with nobody new, return the seat plan as it is.

    Two calls at once: the second waits for the first, and then finds nobody waiting.
    """
    plan = await locked_plan(work, plan_id)
    waiting = await work.candidates.lock_waiting(plan_id)
    earlier = await work.candidates.seated(plan_id)
    if not waiting and plan.state in SEATED and plan.digest:
        return Arrangement(candidates=len(earlier), seat_plan_version=plan.seat_plan_version, digest=plan.digest)
    entrants = [Entrant(each.application_id, each.institution_id) for each in waiting]
    halls = await work.plans.halls(plan_id)
    with told():
        state = seating(plan.state)
        found = await asyncio.to_thread(allocate, entrants, halls, seed)
    everyone = earlier | found.seats
    plan = replace(
        plan,
        state=state,
        version=plan.version + 1,
        seat_plan_version=plan.seat_plan_version + 1,
        digest=await asyncio.to_thread(digest, everyone),
    )
    tickets = [
        Ticket(each.application_id, code, found.seats[each.application_id])
        for each, code in zip(waiting, random_codes(len(waiting)), strict=True)
    ]
    await _hand_out(work, plan, waiting, tickets, now)
    await work.plans.add_seat_plan(plan, seed, found.neighbours, now)
    await work.plans.save(plan)
    work.publish(publications.seat_plan_sealed(plan, len(everyone), now), version=plan.version, journey_id=None)
    return Arrangement(candidates=len(everyone), seat_plan_version=plan.seat_plan_version, digest=plan.digest or "")


async def _hand_out(work: ExamWork, plan: Plan, waiting: list[Waiting], tickets: list[Ticket], now: datetime) -> None:
    places = await work.plans.places(plan.id)
    for start in range(0, len(waiting), _CHUNK):
        await work.candidates.seat(tickets[start : start + _CHUNK], plan.seat_plan_version)
        for candidate, ticket in zip(waiting[start : start + _CHUNK], tickets[start : start + _CHUNK], strict=True):
            event = publications.seat_assigned(plan.id, candidate, ticket, places, now)
            work.publish(event, version=candidate.version + 1, journey_id=candidate.journey_id)
        await work.flush()
