"""A school's batches: uploaded as a stream, followed by polling, their row errors read or downloaded."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from services.registration.application import handlers, uploads
from services.registration.application.batch_file import BatchFormat
from services.registration.application.uploads import KeyTaken, ReceiveBatch
from services.registration.domain.faults import FieldError
from services.registration.entrypoints.deps import Deps, GivenDeps, institution_of, tenant_of
from services.registration.entrypoints.schemas import BatchResponse, PlanResponse, RowErrorResponse, Severity
from shared.errors import NotFound, ServiceError
from shared.web.auth import Principal, require, require_any
from shared.web.idempotency import KEY_DEMANDED, KeyRequired, KeyReused, is_key
from shared.web.openapi import DEMANDED
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.problems import responses

router = APIRouter(tags=["batches"])
Writer = Annotated[Principal, Depends(require("applications:write"))]
Reader = Annotated[Principal, Depends(require_any("applications:read", "applications:review"))]
_FORMS = {"text/csv": BatchFormat.CSV, "application/x-ndjson": BatchFormat.NDJSON}
_PAGE = 1_000
#: What the framework lets through; the service's own limit is a setting and answers first.
_CEILING = 4_294_967_296
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_BODY = {"requestBody": {"required": True, "content": dict.fromkeys(_FORMS, _TEXT)}}
_ERRORS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": _TEXT}}}


class UnsupportedForm(ServiceError):
    """The upload is neither CSV nor NDJSON."""

    slug = "unsupported-media-type"
    status = 415
    zh = "批次须为 text/csv 或 application/x-ndjson。"
    en = "A batch is text/csv or application/x-ndjson."


@router.get("/v1/plans", responses=responses(401, 403), tags=["plans"])
async def list_plans(principal: Reader, deps: GivenDeps, page: Annotated[PageQuery, Depends()]) -> Page[PlanResponse]:
    """List the exam plans that take applications now."""
    tenant_of(principal)
    async with deps.work() as work:
        rows = await work.readings.plans(deps.clock.now(), _after(page), page.limit)
    items = [PlanResponse.model_validate(row) for row in rows]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(items) == page.limit else None)


@router.post(
    "/v1/batches",
    status_code=202,
    response_model=BatchResponse,
    responses=responses(401, 403, 404, 408, 409, 413, 415, 503),
    openapi_extra=_BODY,
    max_body_size=_CEILING,
)
async def upload_batch(
    request: Request,
    plan_id: Annotated[UUID, Query()],
    principal: Writer,
    deps: GivenDeps,
    idempotency_key: Annotated[str | None, Header(description=KEY_DEMANDED, json_schema_extra=DEMANDED)] = None,
) -> Response:
    """Take a batch in. It is worked through afterwards: follow the Location."""
    if not is_key(idempotency_key):
        raise KeyRequired
    form = _FORMS.get(request.headers.get("content-type", "").split(";")[0].strip().lower())
    if form is None:
        raise UnsupportedForm
    command = ReceiveBatch(
        institution_id=institution_of(principal),
        plan_id=plan_id,
        key=idempotency_key,
        form=form,
        limit=deps.settings.batch_max_bytes,
    )
    async with deps.uploads.place():
        return await _receive(deps, command, request.stream())


@router.get("/v1/batches", responses=responses(401, 403))
async def list_batches(
    principal: Reader, deps: GivenDeps, page: Annotated[PageQuery, Depends()]
) -> Page[BatchResponse]:
    """List batches, the oldest first."""
    async with deps.work() as work:
        rows = await work.readings.batches(tenant_of(principal), _after(page), page.limit)
    items = [BatchResponse.of(row) for row in rows]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(items) == page.limit else None)


@router.get("/v1/batches/{batch_id}", responses=responses(401, 403, 404))
async def show_batch(batch_id: UUID, principal: Reader, deps: GivenDeps) -> BatchResponse:
    """Show how far a batch is."""
    return BatchResponse.of(await _batch(deps, batch_id, tenant_of(principal)))


@router.get("/v1/batches/{batch_id}/errors", responses=responses(401, 403, 404))
async def list_row_errors(
    batch_id: UUID, principal: Reader, deps: GivenDeps, page: Annotated[PageQuery, Depends()]
) -> Page[RowErrorResponse]:
    """List the faults of refused rows, in the order of the file."""
    tenant = tenant_of(principal)
    await _batch(deps, batch_id, tenant)
    after = decode_cursor(page.cursor, int, int) if page.cursor else (0, -1)
    async with deps.work() as work:
        rows = await work.readings.errors(batch_id, tenant, (after[0], after[1]), page.limit)
    cursor = encode_cursor(rows[-1].row_no, rows[-1].place) if len(rows) == page.limit else None
    return Page(items=[_error(row) for row in rows], next_cursor=cursor)


@router.get(
    "/v1/batches/{batch_id}/errors.csv",
    responses=_ERRORS | responses(401, 403, 404),
    response_class=StreamingResponse,
)
async def download_row_errors(batch_id: UUID, principal: Reader, deps: GivenDeps) -> StreamingResponse:
    """Download the faults as CSV that spreadsheets open with Chinese text intact."""
    tenant = tenant_of(principal)
    await _batch(deps, batch_id, tenant)
    headers = {"content-disposition": f'attachment; filename="errors-{batch_id}.csv"'}
    return StreamingResponse(
        _error_lines(deps, batch_id, tenant), media_type="text/csv; charset=utf-8", headers=headers
    )


async def _receive(deps: Deps, command: ReceiveBatch, body: AsyncIterator[bytes]) -> Response:
    replayed = False
    try:
        async with deps.work() as work:
            known = await work.readings.batch_by_key(command.institution_id, command.key)
            if known is None:
                await handlers.open_plan(work, command.plan_id, deps.clock.now())
            await uploads.receive_batch(work, deps.vault, command, body, deps.clock.now())
        deps.arrived.set()
    except KeyTaken as taken:
        async with deps.work() as work:
            first = await work.readings.batch_by_key(command.institution_id, command.key)
        if bytes(first.content_hash) != taken.digest:
            raise KeyReused from taken
        replayed = True
    async with deps.work() as work:
        batch = BatchResponse.of(await work.readings.batch_by_key(command.institution_id, command.key))
    headers = {"location": f"/v1/batches/{batch.id}"} | ({"idempotency-replayed": "true"} if replayed else {})
    return JSONResponse(batch.model_dump(mode="json"), 202, headers)


async def _batch(deps: Deps, batch_id: UUID, tenant: UUID | None) -> Any:
    async with deps.work() as work:
        found = await work.readings.batch(batch_id, tenant)
    if found is None:
        raise NotFound
    return found


async def _error_lines(deps: Deps, batch_id: UUID, tenant: UUID | None) -> AsyncIterator[str]:
    after = (0, -1)
    yield "\ufeff" + _csv([["行号 row", "列 column", "代码 code", "说明", "message", "级别 severity"]])
    while True:
        async with deps.work() as work:
            rows = await work.readings.errors(batch_id, tenant, after, _PAGE)
        if not rows:
            return
        after = (rows[-1].row_no, rows[-1].place)
        yield _csv([_error_cells(row) for row in rows])


def _csv(rows: list[list[Any]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _fault(row: Any) -> FieldError:
    return FieldError(row.field, row.code, row.position, row.character)


def _error_cells(row: Any) -> list[Any]:
    fault = _fault(row)
    return [row.row_no, row.field, row.code, fault.zh, fault.en, "提示 note" if fault.is_note else "错误 error"]


def _error(row: Any) -> RowErrorResponse:
    fault = _fault(row)
    severity: Severity = "note" if fault.is_note else "error"
    return RowErrorResponse(
        row=row.row_no, field=row.field, code=row.code, message_zh=fault.zh, message_en=fault.en, severity=severity
    )


def _after(page: PageQuery) -> UUID | None:
    return decode_cursor(page.cursor, UUID)[0] if page.cursor else None
