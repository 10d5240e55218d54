"""Sites and plans: draft, publish, close entry."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.exam.application import publications
from services.exam.application.commands import CreatePlan, CreateSite
from services.exam.application.errors import ROOM_NAMED_TWICE, PlanUnknown, SiteInvalid, SiteTaken, SiteUnknown, told
from services.exam.application.freezing import BlueprintSource, freeze, resolve
from services.exam.application.ports import ExamWork
from services.exam.domain.lifecycle import closing_entry, publishing
from services.exam.domain.model import Plan, check_plan
from shared import ids
from shared.errors import FieldError
from shared.text.repeats import repeated


async def create_site(work: ExamWork, command: CreateSite, now: datetime) -> UUID:
    """Store a site and return its id; raise `SiteInvalid` if two rooms have one name."""
    if twice := repeated(room.name for room in command.rooms):
        raise SiteInvalid(errors=[FieldError(f"/rooms/{index}/name", *ROOM_NAMED_TWICE) for index in twice])
    site_id = ids.new_id()
    await work.plans.add_site(site_id, command, now)
    return site_id


async def create_plan(work: ExamWork, source: BlueprintSource, command: CreatePlan, now: datetime) -> UUID:
    """Draft a plan and return its id.

    Refuse broken times, unknown sites, units that the standard does not state, and a blueprint that does not fit.
    """
    blueprint = await resolve(source, command)
    with told():
        check_plan(command.entry_opens_at, command.entry_closes_at, command.sessions)
    known = await work.plans.known_sites([session.site_id for session in command.sessions])
    unknown = [index for index, session in enumerate(command.sessions) if session.site_id not in known]
    if unknown:
        raise SiteUnknown(errors=[_no_site(index) for index in unknown])
    plan = Plan(
        id=ids.new_id(),
        title=command.title,
        standard=command.standard,
        edition=command.edition,
        level=command.level,
        unit=command.unit,
        choice=command.choice,
        entry_opens_at=command.entry_opens_at,
        entry_closes_at=command.entry_closes_at,
        requires_materials=command.requires_materials,
        rules=command.rules,
        blueprint=blueprint.model_dump(mode="json"),
    )
    await work.plans.add(plan, command.sessions, now)
    return plan.id


async def publish_plan(work: ExamWork, source: BlueprintSource, plan_id: UUID, now: datetime) -> None:
    """Approve and publish: the blueprint is found and checked a last time and frozen, the rooms are taken."""
    plan = await locked_plan(work, plan_id)
    with told():
        state = publishing(plan.state, entry_has_begun=plan.entry_opens_at <= now)
    taken = await work.plans.lock_taken_sites(plan_id)
    if taken:
        raise SiteTaken(sites="、".join(taken))
    blueprint = await freeze(work, await resolve(source, plan), now)
    plan = replace(plan, state=state, blueprint=blueprint.model_dump(mode="json"), version=plan.version + 1)
    await work.plans.save(plan)
    work.publish(publications.plan_published(plan, now), version=plan.version, journey_id=None)


async def close_entry(work: ExamWork, plan_id: UUID) -> None:
    """Close entry; seats can be arranged from now on."""
    plan = await locked_plan(work, plan_id)
    with told():
        state = closing_entry(plan.state)
    await work.plans.save(replace(plan, state=state))


async def locked_plan(work: ExamWork, plan_id: UUID) -> Plan:
    """Return a plan, locked; raise `PlanUnknown`."""
    plan = await work.plans.lock(plan_id)
    if plan is None:
        raise PlanUnknown
    return plan


def _no_site(index: int) -> FieldError:
    return FieldError(f"/sessions/{index}/site_id", SiteUnknown.slug, SiteUnknown.zh, SiteUnknown.en)
