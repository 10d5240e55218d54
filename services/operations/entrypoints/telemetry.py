"""The OTLP/HTTP receiver. Exporters are let in by a shared token, since they speak for no person."""

import hmac
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import DBAPIError

from services.operations.application import handlers
from services.operations.application.handlers import Intake
from services.operations.domain import window
from services.operations.domain.errors import Oversized, Unreadable
from services.operations.entrypoints import otlp
from services.operations.entrypoints.deps import Deps, Parts
from shared.errors import Invalid, TooLarge, Unauthenticated, Unavailable

router = APIRouter(tags=["telemetry"])

_JSON, _PROTOBUF = "application/json", "application/x-protobuf"
_BODY: dict[str, Any] = {
    "content": {_PROTOBUF: {"schema": {"type": "string", "format": "binary"}}, _JSON: {"schema": {"type": "object"}}}
}


class TelemetryUnreadable(Invalid):
    """The body is no OTLP request. 400, so that exporters do not send it again."""

    slug = "telemetry-unreadable"
    status = 400
    zh = "无法按 OTLP 解析请求内容。"
    en = "The body cannot be read as an OTLP request."


@router.post(
    "/v1/traces",
    summary="接收追踪数据（OTLP/HTTP）Receive spans",
    openapi_extra={"requestBody": {"required": True} | _BODY},
    responses={200: _BODY},
    response_class=Response,
)
async def receive_spans(request: Request, deps: Parts) -> Response:
    """Keep the spans of one export; those that cannot be kept are counted in the answer."""
    _check_token(request, deps)
    is_json = request.headers.get("content-type", "").startswith(_JSON)
    intake = await _read(request, deps, is_json=is_json)
    try:
        await handlers.take_in(deps.open_work, deps.clock, intake)
    except (DBAPIError, OSError) as error:
        raise Unavailable from error  # exporters send again after 503, and drop what met any other failure
    return Response(otlp.answer(intake, is_json=is_json), media_type=_JSON if is_json else _PROTOBUF)


async def _read(request: Request, deps: Deps, *, is_json: bool) -> Intake:
    first, last = window.believable(deps.clock.now(), deps.retention)
    try:
        body = otlp.unpack(await request.body(), request.headers.get("content-encoding", ""))
        return otlp.take(otlp.read(body, is_json=is_json), first, last)
    except Oversized as error:
        raise TooLarge from error
    except Unreadable as error:
        await handlers.take_in(deps.open_work, deps.clock, handlers.unreadable())
        raise TelemetryUnreadable from error


def _check_token(request: Request, deps: Deps) -> None:
    given = request.headers.get("authorization", "").encode()
    if not deps.telemetry_token or not hmac.compare_digest(given, f"Bearer {deps.telemetry_token}".encode()):
        raise Unauthenticated
