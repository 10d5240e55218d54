"""The use cases of those who manage marking and release results."""

from collections.abc import Iterable
from datetime import datetime

from services.grading.application.allocation import give_all
from services.grading.application.commands import Allocate, AppointMarkers, AppointPanels, EndStage
from services.grading.application.errors import (
    AllocationImpossible,
    AlreadyReleased,
    MarkersRefused,
    MarkingIsClosed,
    MarkingIsOpen,
    PanelsRefused,
    PlanUnknown,
    incomplete,
    refusal,
)
from services.grading.application.ports import GradingWork
from services.grading.application.publications import marking_closed, result_published
from services.grading.application.records import PlanRecord, Sat
from services.grading.domain.completeness import PlanState, missing_to_close, missing_to_release
from services.grading.domain.composition import Composed, Outcome, compose
from services.grading.domain.enough import NotEnoughMarkers
from services.grading.domain.work import SETTLED
from shared.errors import FieldError
from shared.text.repeats import repeated
from shared.text.tidying import key_of


async def appoint_markers(work: GradingWork, command: AppointMarkers) -> None:
    """Let people mark in a plan; raise `MarkersRefused` if one is named twice, `PlanUnknown` or `MarkingIsClosed`."""
    if twice := repeated(marker.subject for marker in command.markers):
        raise MarkersRefused(errors=[refusal(f"/items/{index}/subject", "named-twice") for index in twice])
    await _in_marking(work, command)
    await work.plans.appoint(command.plan_id, command.markers)
    subjects = sorted(marker.subject for marker in command.markers)
    await work.audit(command.actor, "markers.appointed", str(command.plan_id), {"subjects": subjects})


async def appoint_panels(work: GradingWork, command: AppointPanels) -> None:
    """Form interview panels; raise `PanelsRefused` if one has another size than the blueprint wants, or a taken name.

    A panel that exists with the same examiners stays as it is.
    """
    size = (await _in_marking(work, command)).rules.interview.size
    faults: list[FieldError] = [
        refusal(f"/panels/{index}/examiners", "panel-size", size=size)
        for index, panel in enumerate(command.panels)
        if not len(panel.examiners) == len(set(panel.examiners)) == size
    ]
    if faults := [*faults, *await _taken_names(work, command)]:
        raise PanelsRefused(errors=faults)
    await work.plans.form(command.plan_id, command.panels)
    names = [panel.name for panel in command.panels]
    await work.audit(command.actor, "panels.formed", str(command.plan_id), {"names": names})


async def _taken_names(work: GradingWork, command: AppointPanels) -> list[FieldError]:
    """Return the panels whose name another one has, in the request or in the plan."""
    twice = repeated(panel.name for panel in command.panels)
    known = {key_of(name): who for name, who in (await work.plans.examiners(command.plan_id)).items()}
    changed = [
        index
        for index, panel in enumerate(command.panels)
        if known.get(key_of(panel.name), set(panel.examiners)) != set(panel.examiners)
    ]
    faults = [(index, "panel-named-twice") for index in twice] + [(index, "panel-exists") for index in changed]
    return [refusal(f"/panels/{index}/name", code) for index, code in faults]


async def allocate_all(work: GradingWork, command: Allocate) -> dict[str, int]:
    """Draw markers for works and panels for interviews that have none; return how many were waiting and were given."""
    plan = await _in_marking(work, command)
    try:
        counts = await give_all(work, plan, command.seed)
    except NotEnoughMarkers as lack:
        raise AllocationImpossible(
            institution=lack.institution_id, count=lack.works, needed=lack.needed, eligible=lack.eligible
        ) from lack
    await work.audit(command.actor, "works.allocated", str(plan.plan_id), counts | {"seed": str(command.seed)})
    return counts


async def close_marking(work: GradingWork, command: EndStage) -> int:
    """Lock every work's mark so that exam may unseal the codes; raise `Incomplete` with the counts of what lacks."""
    plan = await _in_marking(work, command)
    counts = await work.works.count(plan.plan_id)
    received, settled = sum(counts.values()), sum(counts.get(state, 0) for state in SETTLED)
    if missing := missing_to_close(plan.expected, received=received, settled=settled):
        raise incomplete(missing)
    await work.works.close(plan.plan_id)
    await work.plans.end(plan.plan_id, PlanState.CLOSED, command.at)
    event = marking_closed(plan.plan_id, received, command.at)
    work.publish(event, version=plan.version + 1, journey_id=None)
    await work.audit(command.actor, "marking.closed", str(plan.plan_id), {"works": received})
    return received


async def release_results(work: GradingWork, command: EndStage) -> dict[Outcome, int]:
    """Compose and publish every result of a plan, all or nothing; return how many of each outcome."""
    plan = await _alone(work, command)
    if plan.state is PlanState.RELEASED:
        raise AlreadyReleased
    if plan.state is not PlanState.CLOSED or plan.expected is None:
        raise MarkingIsOpen
    if missing := missing_to_release(plan.expected, await work.candidates.known(plan.plan_id)):
        raise incomplete(missing)
    counts = dict.fromkeys(Outcome, 0)
    async for some in work.candidates.of_plan(plan.plan_id):
        for composed in await _release(work, plan, some, command.at):
            counts[composed.outcome] += 1
    await work.plans.end(plan.plan_id, PlanState.RELEASED, command.at)
    await work.audit(command.actor, "results.released", str(plan.plan_id), {"results": sum(counts.values())})
    return counts


async def _release(work: GradingWork, plan: PlanRecord, some: list[Sat], at: datetime) -> Iterable[Composed]:
    results = {sat.application_id: _compose(plan, sat) for sat in some}
    await work.candidates.release(plan.plan_id, results, at)
    for sat in some:
        event = result_published(plan, sat.application_id, results[sat.application_id], at)
        work.publish(event, version=event.result_version, journey_id=sat.journey_id)
    await work.flush()
    return results.values()


def _compose(plan: PlanRecord, sat: Sat) -> Composed:
    practical = None if sat.absent_practical else sat.practical
    interview = None if sat.absent_interview else sat.interview
    return compose(plan.rules.composition, {"practical": practical, "interview": interview})


async def _in_marking(work: GradingWork, command: AppointMarkers | AppointPanels | Allocate | EndStage) -> PlanRecord:
    plan = await _alone(work, command)
    if plan.state is not PlanState.MARKING:
        raise MarkingIsClosed
    return plan


async def _alone(work: GradingWork, command: AppointMarkers | AppointPanels | Allocate | EndStage) -> PlanRecord:
    plan = await work.plans.find(command.plan_id, alone=True)
    if plan is None:
        raise PlanUnknown
    return plan
