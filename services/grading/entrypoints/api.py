"""Routes for those who manage marking and release results."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.grading.application import handlers, queries
from services.grading.application.commands import Allocate, AppointMarkers, AppointPanels, EndStage, NamePanel
from services.grading.domain.allocation import Marker
from services.grading.entrypoints.deps import Again, GradingDeps
from services.grading.entrypoints.schemas import (
    AllocateRequest,
    AllocationResponse,
    ClosedResponse,
    ComponentResponse,
    CountResponse,
    CriteriaResponse,
    MarkerItem,
    PanelsRequest,
    PlanDetailResponse,
    PlanResponse,
    Progress,
    ReleaseResponse,
    ResultResponse,
)
from shared.telemetry.tracing import tracer
from shared.web.auth import Principal, require, require_any
from shared.web.bulk import LargeBulkRequest
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1/plans", tags=["plans"], route_class=StrictRoute)

_TRACER = tracer("grading")
#: Who may see how far others are.
_OVERSEERS = frozenset({"marking:manage", "results:release"})

Anyone = Annotated[
    Principal,
    Depends(require_any("marking:manage", "results:release", "marks:write", "marks:arbitrate", "panels:score")),
]
Manager = Annotated[Principal, Depends(require("marking:manage"))]
Releaser = Annotated[Principal, Depends(require("results:release"))]


@router.get("")
async def list_plans(deps: GradingDeps, _caller: Anyone, page: Annotated[PageQuery, Depends()]) -> Page[PlanResponse]:
    """考核计划列表。Plans known to grading, the newest first."""
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor else None
    async with deps.work() as work:
        rows = await queries.plans(work, after, page.limit + 1)
    more = len(rows) > page.limit
    items = [PlanResponse.model_validate(row) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].plan_id) if more else None)


@router.get("/{plan_id}")
async def show_plan(plan_id: UUID, deps: GradingDeps, caller: Anyone) -> PlanDetailResponse:
    """计划的状态、考核方案与进度（评分人员看不到进度）。State, blueprint and, for managers, progress."""
    async with deps.work() as work:
        row, blueprint = await queries.plan(work, plan_id)
        overseer = not _OVERSEERS.isdisjoint(caller.scopes)
        progress = Progress.model_validate(await queries.progress(work, plan_id)) if overseer else None
    shown = PlanResponse.model_validate(row)
    return PlanDetailResponse(**shown.model_dump(), blueprint=blueprint, progress=progress)


@router.get("/{plan_id}/criteria")
async def show_criteria(plan_id: UUID, deps: GradingDeps, _caller: Anyone) -> CriteriaResponse:
    """各科目的评分要点与档次说明。What to score in each component."""
    async with deps.work() as work:
        _, blueprint = await queries.plan(work, plan_id)
    return CriteriaResponse(components=[ComponentResponse.model_validate(each) for each in blueprint.components])


@router.post("/{plan_id}/markers", response_model=CountResponse)
async def appoint_markers(
    plan_id: UUID, body: LargeBulkRequest[MarkerItem], deps: GradingDeps, caller: Manager, once: Again
) -> Response:
    """登记阅卷人员及其须回避的机构。Let people mark; the works of their institution are barred."""
    markers = [Marker(item.subject, item.institution_id) for item in body.items]
    async with deps.work() as work:

        async def make() -> CountResponse:
            command = AppointMarkers(plan_id=plan_id, actor=caller.subject, markers=markers)
            await handlers.appoint_markers(work, command)
            return CountResponse(count=len(markers))

        return await once.answer(work, 200, make)


@router.post("/{plan_id}/panels", response_model=CountResponse)
async def appoint_panels(
    plan_id: UUID, body: PanelsRequest, deps: GradingDeps, caller: Manager, once: Again
) -> Response:
    """组成面试考评组。Form interview panels."""
    panels = [NamePanel(name=panel.name, examiners=panel.examiners) for panel in body.panels]
    async with deps.work() as work:

        async def make() -> CountResponse:
            await handlers.appoint_panels(work, AppointPanels(plan_id=plan_id, actor=caller.subject, panels=panels))
            return CountResponse(count=len(panels))

        return await once.answer(work, 200, make)


@router.post("/{plan_id}/allocate", response_model=AllocationResponse)
async def allocate_works(
    plan_id: UUID, body: AllocateRequest, deps: GradingDeps, caller: Manager, once: Again
) -> Response:
    """按种子分配阅卷与面试，只分配尚未分配的。Draw markers and panels for what has none yet."""
    with _TRACER.start_as_current_span("allocate works"):
        async with deps.work() as work:

            async def make() -> AllocationResponse:
                command = Allocate(plan_id=plan_id, actor=caller.subject, seed=body.seed)
                return AllocationResponse(**await handlers.allocate_all(work, command))

            return await once.answer(work, 200, make)


@router.post("/{plan_id}/close-marking", response_model=ClosedResponse)
async def close_marking(plan_id: UUID, deps: GradingDeps, caller: Manager, once: Again) -> Response:
    """结束阅卷，此后作品解封；有缺则 409 并列出数目。Close marking; 409 counts what is missing."""
    with _TRACER.start_as_current_span("close marking"):
        async with deps.work() as work:

            async def make() -> ClosedResponse:
                command = EndStage(plan_id=plan_id, actor=caller.subject, at=deps.clock.now())
                return ClosedResponse(works=await handlers.close_marking(work, command))

            return await once.answer(work, 200, make)


@router.post("/{plan_id}/release", response_model=ReleaseResponse)
async def release_results(plan_id: UUID, deps: GradingDeps, caller: Releaser, once: Again) -> Response:
    """整体发布成绩，要么全部要么不发。Release all results of a plan, or none; 409 counts what is missing."""
    with _TRACER.start_as_current_span("release results"):
        async with deps.work() as work:

            async def make() -> ReleaseResponse:
                command = EndStage(plan_id=plan_id, actor=caller.subject, at=deps.clock.now())
                return ReleaseResponse.of(await handlers.release_results(work, command))

            return await once.answer(work, 200, make)


@router.get("/{plan_id}/results")
async def list_results(
    plan_id: UUID, deps: GradingDeps, _caller: Releaser, page: Annotated[PageQuery, Depends()]
) -> Page[ResultResponse]:
    """已发布的成绩。Released results; 409 before the release."""
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor else None
    async with deps.work() as work:
        rows = await queries.results(work, plan_id, after, page.limit + 1)
    more = len(rows) > page.limit
    items = [ResultResponse.model_validate(row) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].application_id) if more else None)
