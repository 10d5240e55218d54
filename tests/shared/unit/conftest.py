"""Fixtures for the web layer: an application with routes that misbehave."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Literal
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError

from shared.errors import Conflict, FieldError, Invalid
from shared.settings import ServiceSettings
from shared.telemetry.tracing import RedactingExporter
from shared.web import app as web
from shared.web.auth import Principal, require, require_any
from shared.web.health import Check, Health
from tests.worlds.callers import Issuer


class SeatTaken(Conflict):
    slug = "seat-taken"
    zh = "机位 {station} 已被占用。"
    en = "Station {station} is taken."


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=2, max_length=4)]
    level: Literal["junior", "senior"]
    places: Annotated[int, Field(ge=1)]
    opens_at: AwareDatetime
    plan_id: UUID


router = APIRouter()


@router.get("/v1/me")
async def me(principal: Annotated[Principal, Depends(require("plans:read"))]) -> dict[str, str | None]:
    institution = principal.institution_id
    return {"subject": principal.subject, "institution": str(institution) if institution else None}


@router.get("/v1/either")
async def either(principal: Annotated[Principal, Depends(require_any("plans:read", "plans:write"))]) -> str:
    return principal.subject


@router.post("/v1/entries")
async def enter(entry: Entry) -> str:
    return entry.title


@router.get("/v1/seats/{station}")
async def seat(station: str) -> None:
    raise SeatTaken(station=station[:1])


@router.get("/v1/faults")
async def faults() -> None:
    raise Invalid(errors=[FieldError("/items/3/row", "row-invalid", "第三行有误。", "Row three is wrong.")])


@router.get("/v1/certificates/{number}/crash")
async def crash(number: str, token: str = "") -> None:
    raise RuntimeError(f"canary-detail {number} {token}")


@router.get("/v1/certificates/{number}")
async def certificate(number: str, token: str = "") -> int:
    return len(number) + len(token)


nested = APIRouter(prefix="/plans/{plan_id}")


@nested.get("/seats/{seat}")
async def nested_seat(plan_id: str, seat: int) -> int:
    return seat + len(plan_id)


@router.get("/v1/trouble/{kind}")
async def trouble(kind: str) -> None:
    class Original(Exception):
        sqlstate = kind

    if kind == "connection":
        raise ConnectionRefusedError("canary")
    raise DBAPIError("SELECT 'canary'", {}, Original("canary"))


@router.post("/v1/uploads", max_body_size=16 * web.MIB)
async def upload(request: Request) -> int:
    return sum([len(chunk) async for chunk in request.stream()])


router.include_router(nested, prefix="/v1")


@pytest.fixture
def spans() -> InMemorySpanExporter:
    """Everything that would leave the process as spans."""
    return InMemorySpanExporter()


@pytest.fixture
def make_app(issuer: Issuer, spans: InMemorySpanExporter) -> Callable[..., FastAPI]:
    """Make the application; its health checks are given by the test."""

    def make(ready: dict[str, Check] | None = None, startup: dict[str, Check] | None = None) -> FastAPI:
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(RedactingExporter(spans)))
        settings = ServiceSettings(
            environment="test", database_url="postgresql://app@db/app", port=0, auth_issuers=[issuer.trusted]
        )
        checks = Health(ready=ready or {}, startup=startup or {})
        return web.new_app("exam", settings, [router], checks, tracer_provider=provider)

    return make


@pytest.fixture
async def client(make_app: Callable[..., FastAPI]) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application."""
    transport = httpx.ASGITransport(app=make_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://exam.test") as found:
        yield found
