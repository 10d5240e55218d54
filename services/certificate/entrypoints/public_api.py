"""What anyone may ask: is a certificate good, and the documents to check it without us."""

import hashlib
import ipaddress
import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from services.certificate.application import listing, printing, verifying
from services.certificate.application.errors import TooManyRequests
from services.certificate.application.verifying import Asked, Verdict
from services.certificate.domain.issuer import did_document
from services.certificate.domain.verification import Cause, Finding, State
from services.certificate.entrypoints import answers
from services.certificate.entrypoints.deps import Deps, UsedDeps, deps_of
from services.certificate.entrypoints.schemas import (
    NameQuestion,
    TokenQuestion,
    VerificationResponse,
    VerifiedItem,
)
from shared.errors import TooLarge
from shared.web.bulk import BulkReply, BulkRequest
from shared.web.direct import DirectRoute
from shared.web.problems import problem, responses
from shared.web.strict_json import StrictRoute

router = APIRouter(tags=["查验 verification"], route_class=StrictRoute)
#: What the public asks most.
direct = APIRouter(tags=router.tags, route_class=DirectRoute)

#: What a database that cannot be reached looks like.
OUTAGES = (SQLAlchemyError, OSError, TimeoutError)
_MAX_CREDENTIAL = 262_144
_CREDENTIAL_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
}
_UNAVAILABLE: dict[int | str, dict[str, Any]] = {503: {"model": VerificationResponse, "description": "CANNOT_CHECK"}}
_NONE_CHECKED: dict[int | str, dict[str, Any]] = {
    503: {"model": BulkReply[VerifiedItem], "description": "CANNOT_CHECK"}
}


def _given(media_type: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "object"} if media_type.endswith("json") else {"type": "string", "format": "binary"}
    return {200: {"content": {media_type: {"schema": schema}}}}


Number = Annotated[str, Path(max_length=60)]
Token = Annotated[str, Query(max_length=64, description="查验码 token from the QR code")]


@direct.get(
    "/v1/verifications/{number}",
    summary="凭编号和查验码 By number and token",
    response_model=VerificationResponse,
    responses=_UNAVAILABLE,
)
async def verify_by_token(request: Request, number: Number, token: Token) -> Response:
    """Say whether a certificate is good; an unknown number and a wrong token get the same answer."""
    deps = deps_of(request)
    try:
        [verdict] = await verifying.by_token(deps.desk, deps.open_work, deps.reader, [Asked(number, token)])
    except OUTAGES:
        answer, status = answers.unavailable(deps.desk.clock.now()), 503
    else:
        answer, status = answers.verification(verdict), 200
    return Response(answer.model_dump_json(), status, media_type="application/json")


@router.post(
    "/v1/verifications",
    summary="凭编号和姓名 By number and name",
    response_model=VerificationResponse,
    responses=_UNAVAILABLE | responses(429),
)
async def verify_by_name(
    deps: UsedDeps, question: NameQuestion, request: Request, response: Response
) -> VerificationResponse | JSONResponse:
    """Say whether a certificate is good; an unknown number and a wrong name get the same answer."""
    allowance = deps.lookups.take(address_of(request))
    if not allowance.is_allowed:
        return problem(request, TooManyRequests(seconds=allowance.wait_seconds), headers=allowance.headers())
    response.headers.update(allowance.headers())
    try:
        async with deps.open_work() as work:
            verdict = await verifying.by_name(deps.desk, work, question.number, question.name)
    except OUTAGES:
        return _cannot_check(deps, response)
    return answers.verification(verdict)


@router.post(
    "/v1/verifications/credential",
    summary="核验电子凭证 By the credential itself",
    openapi_extra=_CREDENTIAL_BODY,
    responses=_UNAVAILABLE | responses(413),
)
async def verify_credential(deps: UsedDeps, request: Request, response: Response) -> VerificationResponse:
    """Say whether a presented credential is genuine, unchanged and not revoked."""
    body = await request.body()
    if len(body) > _MAX_CREDENTIAL:
        raise TooLarge
    credential = verifying.parse_presented(body)
    if credential is None:
        return answers.verification(Verdict(Finding(State.INVALID, Cause.MALFORMED), deps.desk.clock.now()))
    try:
        async with deps.open_work() as work:
            verdict = await verifying.by_credential(deps.desk, work, credential)
    except OUTAGES:
        return _cannot_check(deps, response)
    return answers.verification(verdict)


@router.post("/v1/verifications/bulk", summary="批量查验 Many at once", responses=_NONE_CHECKED)
async def verify_many(
    deps: UsedDeps, request: BulkRequest[TokenQuestion], response: Response
) -> BulkReply[VerifiedItem]:
    """Say for up to a thousand numbers with tokens whether each is good; 503 if none could be checked now."""
    asked = [Asked(item.number, item.token) for item in request.items]
    try:
        verdicts = await verifying.by_token(deps.desk, deps.open_work, deps.reader, asked)
    except OUTAGES:
        found = [_cannot_check(deps, response)] * len(asked)
    else:
        found = [answers.verification(verdict) for verdict in verdicts]
    return BulkReply.of([VerifiedItem(index=index, **dict(item)) for index, item in enumerate(found)])


@router.get(
    "/v1/certificates/{number}/credential",
    summary="电子凭证 The credential",
    responses=_given("application/vc") | responses(404),
    response_class=Response,
)
async def get_credential(deps: UsedDeps, number: Number, token: Token) -> Response:
    """Return the signed credential, byte for byte the one attached to the PDF."""
    async with deps.open_work() as work:
        _, source = await verifying.open_entry(deps.desk, work, number, token)
    return Response(source, media_type="application/vc", headers=_download("credential.json"))


@router.get(
    "/v1/certificates/{number}/pdf",
    summary="打印件 The PDF",
    responses=_given("application/pdf") | responses(404, 409, 410),
    response_class=Response,
)
async def get_pdf(deps: UsedDeps, number: Number, token: Token) -> Response:
    """Return the printed certificate; it is made when first asked for and never changes."""
    pdf = await printing.document(deps.desk, deps.press, deps.open_work, Asked(number, token))
    return Response(pdf, media_type="application/pdf", headers=_download("certificate.pdf"))


@router.get(
    "/issuers/main/did.json",
    summary="签发者公钥 The issuer's keys",
    responses=_given("application/did+json"),
    response_class=Response,
)
async def get_issuer(deps: UsedDeps) -> Response:
    """Return the DID document with every key that certificates were signed with."""
    async with deps.open_work() as work:
        keys = await deps.desk.keys.listed(work.archive)
    document = did_document(deps.desk.issuer.did, keys)
    headers = {"cache-control": "public, max-age=300", "access-control-allow-origin": "*"}
    return Response(json.dumps(document), media_type="application/did+json", headers=headers)


@router.get(
    "/v1/status-lists/{number}",
    summary="状态列表 A status list",
    responses=_given("application/vc") | responses(404),
    response_class=Response,
)
async def get_status_list(
    deps: UsedDeps, number: Annotated[int, Path(ge=1, le=1_000_000)], request: Request
) -> Response:
    """Return the signed Bitstring Status List; anyone may keep it for a minute."""
    async with deps.open_work() as work:
        signed = await listing.published_list(deps.desk, work, number)
    tag = f'"{hashlib.sha256(signed).hexdigest()[:32]}"'
    headers = {"cache-control": "public, max-age=60", "etag": tag, "access-control-allow-origin": "*"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(signed, media_type="application/vc", headers=headers)


def address_of(request: Request) -> str:
    """Return the client's address, as the server in front tells it; of IPv6 the network, which has endless others."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((host, 64), strict=False))  # noqa: PLR2004 - IPv4


def _cannot_check(deps: Deps, response: Response) -> VerificationResponse:
    response.status_code = 503
    return answers.unavailable(deps.desk.clock.now())


def _download(name: str) -> dict[str, str]:
    return {"cache-control": "no-store", "content-disposition": f'inline; filename="{name}"'}
