"""Applications: single entry, lists, the whole journey, review, correction, withdrawal and voiding."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response

from services.registration.application import handlers, queries, review
from services.registration.application.commands import (
    CorrectApplication,
    DecideApplication,
    EndApplication,
    SubmitApplication,
)
from services.registration.application.ports import Vault
from services.registration.domain.model import Status
from services.registration.entrypoints.deps import Deps, GivenDeps, Work, body_only, tenant_of
from services.registration.entrypoints.schemas import (
    ApplicationContent,
    ApplicationDetail,
    ApplicationRequest,
    ApplicationResponse,
    DecisionDone,
    DecisionRequest,
    VoidRequest,
)
from shared.errors import FieldError, NotFound, Precondition
from shared.web.auth import MissingScope, Principal, require, require_any
from shared.web.bulk import BulkReply, CallersLanguage, ItemFailed, LargeBulkRequest
from shared.web.idempotency import Once, Repeatable
from shared.web.openapi import DEMANDED
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.problems import responses
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1/applications", tags=["applications"], route_class=StrictRoute)
Writer = Annotated[Principal, Depends(require("applications:write"))]
Reviewer = Annotated[Principal, Depends(require("applications:review"))]
Reader = Annotated[Principal, Depends(require_any("applications:read", "applications:review"))]
Again = Annotated[Repeatable, Depends()]
_TAG = "读取时得到的 ETag。The ETag that was read."
_CommandT = TypeVar("_CommandT", CorrectApplication, EndApplication)


@router.post("", status_code=201, response_model=ApplicationResponse, responses=responses(401, 403, 404, 409))
async def submit_application(
    request: ApplicationRequest, principal: Writer, deps: GivenDeps, once: Annotated[Once, Depends()]
) -> Response:
    """Hand in a single application."""
    tenant = tenant_of(principal)
    command = SubmitApplication(plan_id=request.plan_id, institution_id=tenant, cells=request.cells())
    async with deps.work() as work:

        async def make() -> ApplicationResponse:
            made = await handlers.submit_application(work, deps.vault, command, deps.clock.now())
            return _response(deps, await _application(work, made, tenant))

        return await once.answer(work, 201, make, location=lambda answer: f"/v1/applications/{answer.id}")


@router.get("", responses=responses(401, 403))
async def list_applications(
    principal: Reader,
    deps: GivenDeps,
    page: Annotated[PageQuery, Depends()],
    plan_id: Annotated[UUID | None, Query()] = None,
    status: Annotated[Status | None, Query()] = None,
    batch_id: Annotated[UUID | None, Query()] = None,
) -> Page[ApplicationResponse]:
    """List applications with their persons masked."""
    filters = {"plan_id": plan_id, "status": status and status.value, "batch_id": batch_id}
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor else None
    async with deps.work() as work:
        rows = await work.readings.applications(tenant_of(principal), filters, after, page.limit)
    items = [_response(deps, row) for row in rows]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(items) == page.limit else None)


@router.get("/{application_id}", responses=responses(401, 403, 404))
async def show_application(
    application_id: UUID,
    principal: Reader,
    deps: GivenDeps,
    response: Response,
    *,
    unmask: Annotated[bool, Query(description="需要 persons:read，并写入审计记录")] = False,
) -> ApplicationDetail:
    """Show an application and its whole journey. An unmasked read is written to the audit trail."""
    if unmask and "persons:read" not in principal.scopes:
        raise MissingScope(scopes="persons:read")
    async with deps.work() as work:
        row = await _application(work, application_id, tenant_of(principal))
        if unmask:
            await work.audit(principal.subject, "person.unmasked", {str(application_id): {}})
    response.headers["etag"] = f'"{row.version}"'
    return _detail(deps, row, unmask=unmask)


@router.put("/{application_id}", response_model=ApplicationDetail, responses=responses(401, 403, 404, 409, 412))
async def correct_application(
    application_id: UUID,
    request: ApplicationContent,
    principal: Writer,
    deps: GivenDeps,
    once: Again,
    if_match: Annotated[str | None, Header(description=_TAG, json_schema_extra=DEMANDED)] = None,
) -> Response:
    """Correct a returned application and hand it in again."""
    tenant = tenant_of(principal)
    command = CorrectApplication(
        application_id=application_id, version=_version(if_match), tenant=tenant, cells=request.cells()
    )
    return await _changed(deps, once, command, handlers.correct_application)


@router.post("/decisions", response_model=BulkReply[DecisionDone], responses=responses(401, 403))
async def decide_applications(
    request: LargeBulkRequest[DecisionRequest],
    principal: Reviewer,
    deps: GivenDeps,
    language: CallersLanguage,
    once: Again,
) -> Response:
    """Decide on up to 5,000 applications. Each names the version that was judged."""
    reviewer = body_only(principal)
    items = [DecideApplication(**item.model_dump()) for item in request.items]
    async with deps.work() as work:

        async def make() -> BulkReply[DecisionDone]:
            outcomes = await review.decide_applications(work, deps.vault, items, reviewer, deps.clock.now())
            found = [_item(index, outcome, language) for index, outcome in enumerate(outcomes)]
            return BulkReply[DecisionDone].of(found)

        return await once.answer(work, 200, make)


@router.post("/{application_id}/withdraw", response_model=ApplicationDetail, responses=responses(401, 403, 404, 409))
async def withdraw_application(application_id: UUID, principal: Writer, deps: GivenDeps, once: Again) -> Response:
    """Withdraw an application, which is possible until seats are arranged. A second time changes nothing."""
    tenant = tenant_of(principal)
    command = EndApplication(application_id=application_id, tenant=tenant, actor=principal.subject)
    return await _changed(deps, once, command, handlers.withdraw_application)


@router.post("/{application_id}/void", response_model=ApplicationDetail, responses=responses(401, 403, 404))
async def void_application(
    application_id: UUID, request: VoidRequest, principal: Reviewer, deps: GivenDeps, once: Again
) -> Response:
    """Declare an application void for false materials, whatever has come of it."""
    actor = body_only(principal)
    command = EndApplication(application_id=application_id, tenant=None, actor=actor, reason_code=request.reason_code)
    return await _changed(deps, once, command, handlers.void_application)


def _version(if_match: str | None) -> int:
    try:
        return int((if_match or "").strip().strip('"'))
    except ValueError:
        fault = FieldError("/header/If-Match", "required", "请带上读取时得到的 ETag。", "Send the ETag you have read.")
        raise Precondition(errors=[fault]) from None


async def _application(work: Work, application_id: UUID, tenant: UUID | None) -> Any:
    row = await work.readings.application(application_id, tenant)
    if row is None:
        raise NotFound
    return row


async def _changed(
    deps: Deps,
    once: Repeatable,
    command: _CommandT,
    change: Callable[[Work, Vault, _CommandT, datetime], Awaitable[None]],
) -> Response:
    """Change an application and show it."""
    async with deps.work() as work:

        async def make() -> ApplicationDetail:
            await change(work, deps.vault, command, deps.clock.now())
            return _detail(deps, await _application(work, command.application_id, command.tenant))

        return await once.answer(work, 200, make)


def _fields(deps: Deps, row: Any, *, unmask: bool = False) -> dict[str, Any]:
    same = ("id", "journey_id", "status", "version", "plan_id", "institution_id", "batch_id", "materials")
    return {name: getattr(row, name) for name in (*same, "reason_code", "submitted_at")} | {
        "row": row.row_no,
        "person": queries.person_view(deps.vault, row.sealed, unmask=unmask),
    }


def _response(deps: Deps, row: Any) -> ApplicationResponse:
    return ApplicationResponse(**_fields(deps, row))


def _detail(deps: Deps, row: Any, *, unmask: bool = False) -> ApplicationDetail:
    return ApplicationDetail(
        **_fields(deps, row, unmask=unmask),
        comment=deps.vault.open_text(row.comment) if row.comment else None,
        timeline=queries.timeline(row),
        seat=queries.seats(row),
        result=(row.journey or {}).get("result"),
        certificate=queries.certificate(row),
    )


def _item(index: int, outcome: review.Decided, language: Any) -> DecisionDone | ItemFailed:
    if outcome.error or outcome.state is None:
        assert outcome.error is not None
        return ItemFailed.of(index, outcome.error, language)
    return DecisionDone(
        index=index,
        application_id=outcome.application_id,
        status=outcome.state.status,
        version=outcome.state.version,
    )
