"""Sites, plans and tickets over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.exam.application import arrangement, closing, planning, queries
from services.exam.application.errors import PlanUnknown
from services.exam.entrypoints.deps import Deps, ExamDeps
from services.exam.entrypoints.schemas import (
    ArrangementResponse,
    ArrangeRequest,
    PlanDetailResponse,
    PlanRequest,
    PlanResponse,
    SessionResponse,
    SiteRequest,
    SiteResponse,
    TicketResponse,
)
from shared import audit
from shared.web.auth import Principal, require, require_any
from shared.web.idempotency import Once, Repeatable
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1", route_class=StrictRoute)

ItemT = TypeVar("ItemT")

_Officer = Annotated[Principal, Depends(require("plans:write"))]
_Reader = Annotated[Principal, Depends(require_any("plans:read", "plans:write", "site:operate"))]
_TicketReader = Annotated[Principal, Depends(require_any("tickets:read", "plans:read", "plans:write"))]
_Page = Annotated[PageQuery, Depends()]
_Again = Annotated[Repeatable, Depends()]


@router.post("/sites", status_code=201, response_model=SiteResponse, tags=["站点 sites"])
async def create_site(body: SiteRequest, deps: ExamDeps, _: _Officer, once: Annotated[Once, Depends()]) -> Response:
    """Add a site with its rooms."""
    async with deps.work() as work:

        async def make() -> SiteResponse:
            site_id = await planning.create_site(work, body.command(), deps.clock.now())
            return SiteResponse.model_validate(await work.readings.site(site_id))

        return await once.answer(work, 201, make)


@router.get("/sites", tags=["站点 sites"])
async def list_sites(deps: ExamDeps, page: _Page, _: _Reader) -> Page[SiteResponse]:
    """List the sites."""
    async with deps.work() as work:
        sites = await work.readings.sites(_after(page), page.limit + 1)
    return _paged([SiteResponse.model_validate(site) for site in sites], page, lambda site: site.id)


@router.post("/plans", status_code=201, response_model=PlanDetailResponse, tags=["计划 plans"])
async def create_plan(body: PlanRequest, deps: ExamDeps, _: _Officer, once: Annotated[Once, Depends()]) -> Response:
    """Draft a plan under an authored or the derived blueprint. What its standard does not state in full is refused."""
    async with deps.work() as work:

        async def make() -> PlanDetailResponse:
            plan_id = await planning.create_plan(work, deps.blueprints, body.command(), deps.clock.now())
            return await _details(work, plan_id)

        return await once.answer(work, 201, make, location=lambda plan: f"/v1/plans/{plan.id}")


@router.get("/plans", tags=["计划 plans"])
async def list_plans(deps: ExamDeps, page: _Page, _: _Reader) -> Page[PlanResponse]:
    """List the plans, newest first."""
    async with deps.work() as work:
        plans = await work.readings.plans(_after(page), page.limit + 1)
    return _paged([PlanResponse.model_validate(plan) for plan in plans], page, lambda plan: plan.id)


@router.get("/plans/{plan_id}", tags=["计划 plans"])
async def get_plan(plan_id: UUID, deps: ExamDeps, _: _Reader) -> PlanDetailResponse:
    """Show a plan with its sessions and blueprint."""
    async with deps.work() as work:
        return await _details(work, plan_id)


@router.post("/plans/{plan_id}/publish", response_model=PlanDetailResponse, tags=["计划 plans"])
async def publish_plan(plan_id: UUID, deps: ExamDeps, officer: _Officer, once: _Again) -> Response:
    """Approve and publish: the blueprint is frozen, applications may come."""

    async def publish(work: Any) -> None:
        await planning.publish_plan(work, deps.blueprints, plan_id, deps.clock.now())

    return await _step(deps, once, officer, plan_id, "plan.publish", publish)


@router.post("/plans/{plan_id}/close-entry", response_model=PlanDetailResponse, tags=["计划 plans"])
async def close_entry(plan_id: UUID, deps: ExamDeps, officer: _Officer, once: _Again) -> Response:
    """Close entry, so that seats can be arranged."""
    return await _step(
        deps, once, officer, plan_id, "plan.close_entry", lambda work: planning.close_entry(work, plan_id)
    )


@router.post("/plans/{plan_id}/arrange", response_model=ArrangementResponse, tags=["计划 plans"])
async def arrange_plan(
    plan_id: UUID, body: ArrangeRequest, deps: ExamDeps, officer: _Officer, once: _Again
) -> Response:
    """Seat everyone who waits and seal the plan; refused with the smallest conflict if that cannot be done."""
    async with deps.work() as work:

        async def make() -> ArrangementResponse:
            outcome = await arrangement.arrange(work, plan_id, str(body.seed), deps.clock.now())
            detail = {"seat_plan_version": outcome.seat_plan_version, "digest": outcome.digest}
            await audit.record(work, officer.subject, "plan.arrange", str(plan_id), detail)
            return ArrangementResponse.model_validate(outcome)

        return await once.answer(work, 200, make)


@router.post("/plans/{plan_id}/finish", response_model=PlanDetailResponse, tags=["计划 plans"])
async def finish_plan(plan_id: UUID, deps: ExamDeps, officer: _Officer, once: _Again) -> Response:
    """Finish a plan whose sessions are all closed (closing the last one does it by itself)."""
    return await _step(
        deps, once, officer, plan_id, "plan.finish", lambda work: closing.finish_plan(work, plan_id, deps.clock.now())
    )


@router.get("/tickets", tags=["准考证 tickets"])
async def list_tickets(plan_id: UUID, deps: ExamDeps, page: _Page, reader: _TicketReader) -> Page[TicketResponse]:
    """List admission tickets; a school sees those of its own candidates only."""
    async with deps.work() as work:
        found = await work.readings.tickets(plan_id, _tenant(reader), _after(page), page.limit + 1)
    tickets = [TicketResponse.model_validate(ticket) for ticket in found]
    return _paged(tickets, page, lambda ticket: ticket.application_id)


def _tenant(reader: Principal) -> UUID | None:
    """Return whose tickets may be seen; only staff, who belong to no institution, see all of them."""
    if reader.institution_id is None and reader.scopes.isdisjoint({"plans:read", "plans:write"}):
        raise PlanUnknown
    return reader.institution_id


async def _step(
    deps: Deps,
    once: Repeatable,
    officer: Principal,
    plan_id: UUID,
    action: str,
    step: Callable[[Any], Awaitable[None]],
) -> Response:
    """Take a plan one step on, write that down, and show the plan."""
    async with deps.work() as work:

        async def make() -> PlanDetailResponse:
            await step(work)
            await audit.record(work, officer.subject, action, str(plan_id), {})
            return await _details(work, plan_id)

        return await once.answer(work, 200, make)


async def _details(work: Any, plan_id: UUID) -> PlanDetailResponse:
    plan, sessions, blueprint = await queries.plan_details(work, plan_id)
    shown = PlanDetailResponse.model_validate(plan)
    shown_sessions = [SessionResponse.model_validate(session) for session in sessions]
    return shown.model_copy(update={"sessions": shown_sessions, "blueprint": blueprint})


def _after(page: PageQuery) -> UUID | None:
    return decode_cursor(page.cursor, UUID)[0] if page.cursor else None


def _paged(items: list[ItemT], page: PageQuery, key: Callable[[ItemT], UUID]) -> Page[ItemT]:
    """Return the page; one item more than asked for says that there is a next one."""
    more = len(items) > page.limit
    return Page(items=items[: page.limit], next_cursor=encode_cursor(key(items[page.limit - 1])) if more else None)
