"""What each event does. Plans, admissions and results come in any order; whichever comes last issues the certificate.

Every handler holds the plans first, then locks the candidates, so that two of them at once cannot both miss what the
other adds.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from services.certificate.application import issuing, revoking
from services.certificate.application.achievements import check_plans
from services.certificate.application.desk import Desk
from services.certificate.application.ports import Work
from services.certificate.application.records import Admission, Plan, Result, Voiding
from services.certificate.domain.credential import Scores
from services.certificate.domain.model import Reason
from shared.events.exam import PlanPublishedV1
from shared.events.grading import ResultPublishedV1
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1, ApplicationVoidedV1

EventT = TypeVar("EventT", bound=EventPayload)


async def on_plan_published(desk: Desk, work: Work, events: Sequence[Received[PlanPublishedV1]]) -> None:
    """Keep what the plan's certificates are for, and issue those that waited for it."""
    plans = [_plan(event.data) for event in events]
    await check_plans(desk.catalogue, plans)
    await work.candidates.save_plans(plans)
    known = {plan.id: plan for plan in plans}
    waiting = await work.candidates.waiting_for(sorted(known))
    await issuing.issue_due(desk, work, waiting, known, {event.data.plan_id: event for event in events})


async def on_application_admitted(desk: Desk, work: Work, events: Sequence[Received[ApplicationAdmittedV1]]) -> None:
    """Keep the sealed person, and issue where a pass was waiting."""
    plans = await _hold_plans(work, [event.data.plan_id for event in events])
    admissions = [
        Admission(
            application_id=event.data.application_id,
            plan_id=event.data.plan_id,
            institution_id=event.data.institution_id,
            journey_id=event.journey_id,
            person=base64.b64decode(event.data.person),
            admitted_at=event.data.admitted_at,
        )
        for event in events
    ]
    candidates = await work.candidates.admit(admissions)
    await issuing.issue_due(desk, work, candidates, plans, _by_application(events))


async def on_result_published(desk: Desk, work: Work, events: Sequence[Received[ResultPublishedV1]]) -> None:
    """Keep the result, and issue a certificate for a pass as soon as person and plan are known."""
    plans = await _hold_plans(work, [event.data.plan_id for event in events])
    candidates = await work.candidates.record([_result(event) for event in events])
    await issuing.issue_due(desk, work, candidates, plans, _by_application(events))


async def on_application_voided(desk: Desk, work: Work, events: Sequence[Received[ApplicationVoidedV1]]) -> None:
    """Issue nothing more for the application, and revoke what was issued."""
    await _hold_plans(work, [event.data.plan_id for event in events])
    voidings = [Voiding(e.data.application_id, e.data.plan_id, e.data.voided_at) for e in events]
    await work.candidates.void(voidings)
    entries = await work.register.lock(applications=sorted(voiding.application_id for voiding in voidings))
    await revoking.revoke_all(desk, work, entries, Reason.APPLICATION_VOIDED, causes=_by_application(events))


async def _hold_plans(work: Work, ids: Sequence[UUID]) -> Mapping[UUID, Plan]:
    return await work.candidates.hold_plans(sorted(set(ids)))


def _plan(data: PlanPublishedV1) -> Plan:
    return Plan(data.plan_id, data.standard, data.blueprint.get("edition"), data.level, data.unit)


def _by_application(events: Sequence[Received[EventT]]) -> dict[UUID, Received[EventPayload]]:
    return {UUID(event.key): event for event in events}


def _result(event: Received[ResultPublishedV1]) -> Result:
    data = event.data
    by_component = {component.component: component.score for component in data.components}
    return Result(
        application_id=data.application_id,
        plan_id=data.plan_id,
        journey_id=event.journey_id,
        version=data.result_version,
        outcome=data.outcome,
        scores=Scores(data.total, by_component.get("practical"), by_component.get("interview")) if data.total else None,
        requirements=data.requirements,
        published_at=data.published_at,
    )
