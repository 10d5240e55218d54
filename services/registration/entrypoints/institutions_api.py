"""Partner schools, their API clients, and tokens for them."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import parse_qs, unquote
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from services.registration.application import clients
from services.registration.entrypoints.deps import Deps, GivenDeps, body_only
from services.registration.entrypoints.institutions_schemas import (
    ClientRequest,
    ClientResponse,
    InstitutionRequest,
    InstitutionResponse,
    KeysResponse,
    TokenRefusal,
    TokenResponse,
)
from shared.web import strict_json, tokens
from shared.web.auth import Principal, require
from shared.web.idempotency import Once
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.problems import responses
from shared.web.strict_json import StrictRoute

router = APIRouter(tags=["institutions"], route_class=StrictRoute)
_JSON = "application/json"
_FIELDS = ("grant_type", "client_id", "client_secret", "scope")
Writer = Annotated[Principal, Depends(require("institutions:write"))]
_GRANT = {"schema": {"type": "object", "properties": {name: {"type": "string"} for name in _FIELDS}}}
_TOKEN_BODY = {"requestBody": {"content": dict.fromkeys(("application/x-www-form-urlencoded", _JSON), _GRANT)}}
_REFUSED: dict[str, Any] = {"description": "拒绝 Refused (RFC 6749, 5.2)", "model": TokenRefusal}
_NO_STORE = {"cache-control": "no-store"}


@router.post(
    "/v1/institutions", status_code=201, response_model=InstitutionResponse, responses=responses(401, 403, 409)
)
async def create_institution(
    request: InstitutionRequest, principal: Writer, deps: GivenDeps, once: Annotated[Once, Depends()]
) -> Response:
    """Create a partner school."""
    actor = body_only(principal)
    async with deps.work() as work:

        async def make() -> InstitutionResponse:
            row = await clients.create_institution(work, request.model_dump(), actor, deps.clock.now())
            return InstitutionResponse(**row)

        return await once.answer(work, 201, make)


@router.get("/v1/institutions", responses=responses(401, 403))
async def list_institutions(
    principal: Writer, deps: GivenDeps, page: Annotated[PageQuery, Depends()]
) -> Page[InstitutionResponse]:
    """List partner schools."""
    body_only(principal)
    after = decode_cursor(page.cursor, UUID)[0] if page.cursor else None
    async with deps.work() as work:
        rows = await work.readings.institutions(after, page.limit)
    items = [InstitutionResponse.model_validate(row) for row in rows]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(items) == page.limit else None)


@router.post(
    "/v1/institutions/{institution_id}/clients",
    status_code=201,
    response_model=ClientResponse,
    responses=responses(401, 403, 404, 409),
)
async def create_client(
    institution_id: UUID,
    request: ClientRequest,
    principal: Writer,
    deps: GivenDeps,
    once: Annotated[Once, Depends()],
) -> Response:
    """Create an API client of a school. The secret is shown in this answer only."""
    actor = body_only(principal)
    scopes = request.scopes or clients.DEFAULT_SCOPES
    async with deps.work() as work:

        async def make() -> ClientResponse:
            now = deps.clock.now()
            made = await clients.create_client(work, institution_id, request.label, scopes, actor=actor, now=now)
            return ClientResponse(client_id=made.client_id, client_secret=made.client_secret, scopes=list(made.scopes))

        return await once.answer(work, 201, make)


@router.post(
    "/oauth/token",
    summary="OAuth 2.0 client credentials (RFC 6749, 4.4)",
    response_model=TokenResponse,
    openapi_extra=_TOKEN_BODY,
    responses=dict.fromkeys((400, 401), _REFUSED),
)
async def issue_token(request: Request, deps: GivenDeps) -> JSONResponse:
    """Give a token to a client that proves its secret, by form, JSON or HTTP basic."""
    fields = await _fields(request)
    if fields.get("grant_type") != "client_credentials":
        return _refused(400, "unsupported_grant_type")
    async with deps.work() as work:
        client = await clients.authenticate(work, fields.get("client_id", ""), fields.get("client_secret", ""))
    if client is None:
        return _refused(401, "invalid_client")
    asked = set(fields.get("scope", "").split()) or set(client.scopes)
    if not asked <= set(client.scopes):
        return _refused(400, "invalid_scope")
    return JSONResponse(_token(deps, client, asked).model_dump(), headers=_NO_STORE)


@router.get("/.well-known/jwks.json")
async def list_keys(deps: GivenDeps) -> KeysResponse:
    """Give the public keys that check the tokens."""
    return KeysResponse.model_validate(tokens.jwks(deps.token_key.public_key()))


def _token(deps: Deps, client: Any, scopes: set[str]) -> TokenResponse:
    settings = deps.settings
    token = tokens.issue(
        deps.token_key,
        settings.jwt_issuer,
        settings.jwt_audience,
        client.client_id,
        scopes,
        client.institution_id,
        settings.token_lifetime,
        deps.clock,
    )
    return TokenResponse(
        access_token=token,
        expires_in=int(settings.token_lifetime.total_seconds()),
        scope=" ".join(sorted(scopes)),
    )


def _refused(status: int, error: str) -> JSONResponse:
    headers = _NO_STORE | ({"www-authenticate": "Basic"} if status == 401 else {})  # noqa: PLR2004
    return JSONResponse({"error": error}, status, headers)


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a token request; what cannot be read is left out."""
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith(_JSON):
            found = strict_json.read(body)
            fields = {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
        else:
            fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        given = fields | _basic(request.headers.get("authorization", ""))
    except (ValueError, binascii.Error):
        return {}
    return {name: value for name, value in given.items() if value.isprintable()}


def _basic(header: str) -> dict[str, str]:
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return {}
    client_id, _, secret = base64.b64decode(value).decode().partition(":")
    return {"client_id": unquote(client_id), "client_secret": unquote(secret)}
