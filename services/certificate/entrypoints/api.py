"""What officers and institutions do with certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.certificate.application import queries, revoking
from services.certificate.application.desk import Desk
from services.certificate.application.errors import TenantUnknown
from services.certificate.application.records import Entry, Listing
from services.certificate.entrypoints import answers
from services.certificate.entrypoints.deps import UsedDeps
from services.certificate.entrypoints.schemas import CertificateResponse, RevokeRequest, SummaryResponse
from shared.web.auth import Principal, require, require_any
from shared.web.idempotency import Repeatable
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.problems import responses
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1/certificates", tags=["证书 certificates"], route_class=StrictRoute)

_MANAGE = "certificates:manage"
Reader = Annotated[Principal, Depends(require_any("certificates:read", _MANAGE))]
Revoker = Annotated[Principal, Depends(require("certificates:revoke"))]


@router.get("", summary="证书列表 List certificates", responses=responses(401, 403))
async def list_certificates(
    deps: UsedDeps,
    caller: Reader,
    page: Annotated[PageQuery, Depends()],
    plan_id: Annotated[UUID | None, Query()] = None,
    application_id: Annotated[UUID | None, Query()] = None,
) -> Page[CertificateResponse]:
    """Return the certificates that the caller may see, of a plan or an application if given."""
    listing = Listing(
        plan_id=plan_id,
        application_id=application_id,
        institution_id=_tenant(caller),
        after=decode_cursor(page.cursor, UUID)[0] if page.cursor else None,
    )
    async with deps.open_work() as work:
        found = await queries.page(work, listing, page.limit + 1)
    shown = found[: page.limit]
    cursor = encode_cursor(shown[-1].certificate.id) if len(found) > page.limit else None
    return Page(items=[_answer(deps.desk, entry) for entry in shown], next_cursor=cursor)


@router.get("/summary", summary="一个计划的证书数 How many of a plan", responses=responses(401, 403))
async def count_certificates(deps: UsedDeps, caller: Reader, plan_id: Annotated[UUID, Query()]) -> SummaryResponse:
    """Return how many certificates of a plan the caller may see."""
    async with deps.open_work() as work:
        issued, revoked = await queries.count(work, plan_id, _tenant(caller))
    return SummaryResponse(plan_id=plan_id, issued=issued, revoked=revoked)


@router.get("/{certificate_id}", summary="一份证书 One certificate", responses=responses(401, 403, 404))
async def get_certificate(deps: UsedDeps, caller: Reader, certificate_id: UUID) -> CertificateResponse:
    """Return one certificate that the caller may see."""
    async with deps.open_work() as work:
        return _answer(deps.desk, await queries.one(work, certificate_id, _tenant(caller)))


@router.post(
    "/{certificate_id}/revoke",
    summary="撤销证书 Revoke",
    response_model=CertificateResponse,
    responses=responses(401, 403, 404),
)
async def revoke_certificate(
    deps: UsedDeps,
    caller: Revoker,
    certificate_id: UUID,
    request: RevokeRequest,
    once: Annotated[Repeatable, Depends()],
) -> Response:
    """Revoke a certificate for good; a second time changes nothing."""
    async with deps.open_work() as work:

        async def make() -> CertificateResponse:
            entry = await revoking.revoke(
                deps.desk, work, certificate_id, request.reason_code, actor=caller.subject, comment=request.comment
            )
            return _answer(deps.desk, entry)

        return await once.answer(work, 200, make)


def _tenant(caller: Principal) -> UUID | None:
    """Return whose certificates the caller may see: an institution its own, an officer everybody's (none)."""
    if caller.institution_id is None and _MANAGE not in caller.scopes:
        raise TenantUnknown
    return caller.institution_id


def _answer(desk: Desk, entry: Entry) -> CertificateResponse:
    return answers.certificate(entry, desk.issuer, desk.open_token(entry.token))
