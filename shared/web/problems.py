"""Problem details (RFC 9457): every refusal as `application/problem+json`, in Chinese or English, mapped in one place.

A type is `urn:kaozheng:problem:<slug>`; the slugs are those of `shared.errors` and of each service's own errors.
Neither the path nor any input value is repeated: both may hold what must not be copied around.
"""

import http
from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from shared.errors import FieldError, Invalid, ServiceError, TooLarge, Unavailable
from shared.inbox.trouble import is_transient
from shared.telemetry.logs import describe
from shared.web import validation
from shared.web.languages import preferred
from shared.web.requests import trace_id_of

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:kaozheng:problem:"

_log = structlog.get_logger(__name__)

#: Refusals of the framework itself: slug, Chinese, English.
_STATUSES: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "请求格式有误。", "The request is malformed."),
    404: ("not-found", "没有这个地址。", "There is no such address."),
    405: ("method-not-allowed", "此地址不支持该请求方法。", "This address does not support the method."),
    413: (TooLarge.slug, TooLarge.zh, TooLarge.en),
    415: ("unsupported-media-type", "不支持此内容类型。", "This content type is not supported."),
}


class ProblemError(BaseModel):
    """One located fault."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """A refusal as the caller sees it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:kaozheng:problem:conflict",
                "title": "当前状态不允许此操作。",
                "status": 409,
                "detail": "当前状态不允许此操作。",
                "instance": "urn:kaozheng:trace:4bf92f3577b34da6a3ce929d0e0e4736",
                "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                "errors": [],
            }
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    trace_id: str
    errors: list[ProblemError] = []


def problem(request: Request, error: ServiceError, *, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return the answer for a refusal, in the caller's language."""
    language = preferred(request.headers.get("accept-language"))
    return respond(
        request,
        error.status,
        error.slug,
        (_title(error, language), error.message(language)),
        errors=error.errors,
        headers=headers,
    )


def respond(
    request: Request,
    status: int,
    slug: str,
    texts: tuple[str, str],
    *,
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return a problem from its parts; `texts` are title and detail."""
    language = preferred(request.headers.get("accept-language"))
    trace_id = trace_id_of(request.scope)
    content = Problem(
        type=TYPE_PREFIX + slug,
        title=texts[0],
        status=status,
        detail=texts[1],
        instance=f"urn:kaozheng:trace:{trace_id}",
        trace_id=trace_id,
        errors=[
            ProblemError(pointer=found.pointer, code=found.code, message=found.zh if language == "zh" else found.en)
            for found in errors
        ],
    )
    request.scope["kaozheng.problem"] = slug
    return JSONResponse(
        content.model_dump(),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"content-language": language, "vary": "accept-language", **(headers or {})},
    )


def _title(error: ServiceError, language: str) -> str:
    """Return what is the same for every occurrence: the text of the family the error belongs to."""
    kinds = (kind for kind in type(error).__mro__ if ServiceError in kind.__bases__)
    family: type[ServiceError] = next(kinds, type(error))
    return family.zh if language == "zh" else family.en


async def _on_service_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)
    headers = {"www-authenticate": "Bearer"} if error.status == http.HTTPStatus.UNAUTHORIZED else None
    return problem(request, error, headers=headers)


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem(request, Invalid(errors=validation.field_errors(error.errors())))


async def _on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    phrase = http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else "Error"
    unnamed = (phrase.lower().replace(" ", "-"), f"请求未能完成（{status}）。", f"{phrase}.")
    slug, zh, en = _STATUSES.get(status, unnamed)
    text = zh if preferred(request.headers.get("accept-language")) == "zh" else en
    return respond(request, status, slug, (text, text), headers=dict(error.headers or {}))


async def _on_trouble(request: Request, error: Exception) -> JSONResponse:
    """Answer that the database is away or busy; anything else the database says is a fault of ours."""
    if isinstance(error, DBAPIError) and not is_transient(error):
        raise error
    _log.warning("http.request.unavailable", error=describe(error))
    return problem(request, Unavailable(), headers={"retry-after": "1"})


async def _on_unexpected(request: Request, error: Exception) -> JSONResponse:
    del error  # logged at the edge, where it ends
    return problem(request, ServiceError())


def too_large(request: Request) -> JSONResponse:
    """Return the answer to a body over the limit."""
    return problem(request, TooLarge())


def install(app: FastAPI) -> None:
    """Answer every refusal of the application as a problem."""
    app.add_exception_handler(ServiceError, _on_service_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    for trouble in (DBAPIError, PoolTimeout, ConnectionError, TimeoutError):
        app.add_exception_handler(trouble, _on_trouble)
    app.add_exception_handler(Exception, _on_unexpected)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document the problems of a route: `@router.post(..., responses=responses(404, 409))`."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"model": Problem, "description": http.HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }
