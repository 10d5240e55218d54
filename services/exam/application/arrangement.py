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
from services.exam.application.records import Ticket
from services.exam.domain.lifecycle import SEATED, seating
from services.exam.domain.model import Plan
from services.exam.domain.roll import Roll
from services.exam.domain.seating import SeatPlan, SeatPlanDigest, allocate

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
    roll = Roll()
    async for some in work.candidates.lock_waiting(plan_id):
        roll.extend(some)
    if not roll and plan.state in SEATED and plan.digest:
        counts = await work.plans.counts(plan_id)
        seated = counts.candidates - counts.waiting  # somebody may have been admitted since
        return Arrangement(candidates=seated, seat_plan_version=plan.seat_plan_version, digest=plan.digest)
    halls = await work.plans.halls(plan_id)
    with told():
        state = seating(plan.state)
        found = await asyncio.to_thread(allocate, roll, halls, seed)
    plan = replace(plan, state=state, version=plan.version + 1, seat_plan_version=plan.seat_plan_version + 1)
    await _hand_out(work, plan, roll, found, now)
    content = SeatPlanDigest()
    async for seats in work.candidates.seated(plan_id):
        content.add(seats)
    plan = replace(plan, digest=content.hexdigest())
    await work.plans.add_seat_plan(plan, seed, found.neighbours, now)
    await work.plans.save(plan)
    work.publish(publications.seat_plan_sealed(plan, content.people, now), version=plan.version, journey_id=None)
    return Arrangement(candidates=content.people, seat_plan_version=plan.seat_plan_version, digest=content.hexdigest())


async def _hand_out(work: ExamWork, plan: Plan, roll: Roll, found: SeatPlan, now: datetime) -> None:
    places = await work.plans.places(plan.id)
    for start in range(0, len(roll), _CHUNK):
        some = range(len(roll))[start : start + _CHUNK]
        tickets = {
            (person := roll.person(at)): Ticket(person, code, found.seats(at))
            for at, code in zip(some, random_codes(len(some)), strict=True)
        }
        for candidate in await work.candidates.seat(list(tickets.values()), plan.seat_plan_version):
            ticket = tickets[candidate.application_id]
            event = publications.seat_assigned(plan.id, candidate, ticket, places, now)
            work.publish(event, version=candidate.version, journey_id=candidate.journey_id)
        await work.flush()
