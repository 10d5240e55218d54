"""The FastAPI application with what every service's API gets."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from opentelemetry.trace import TracerProvider
from starlette.types import ASGIApp, Scope

from shared.clock import Clock
from shared.settings import Environment, ServiceSettings
from shared.web import docs, health, openapi, problems
from shared.web.auth import Authenticator
from shared.web.edge import Edge
from shared.web.health import Health

MIB = 1_048_576
_MAX_BODY = 8 * MIB

TITLES = {
    "registration": "考证 · 报名 Registration",
    "exam": "考证 · 考务 Exam",
    "grading": "考证 · 阅卷与成绩 Grading",
    "certificate": "考证 · 证书 Certificate",
    "operations": "考证 · 运维 Operations",
}
_DESCRIPTION = """
错误以 RFC 9457 `application/problem+json` 返回，`type` 为 `urn:kaozheng:problem:<slug>`，
语言随 `Accept-Language`（默认中文）。
新建类 POST 须带 `Idempotency-Key`，其他命令可带：未得到答复时以原值重发，只执行一次，答复相同。
时间为 RFC 3339 UTC。列表以 `cursor` 翻页。

Refusals are RFC 9457 problems of type `urn:kaozheng:problem:<slug>`, in the language of `Accept-Language`
(Chinese unless asked otherwise). Creating POSTs need an `Idempotency-Key`, other commands may have one: without an
answer, send again with the same key, and it is done once and answered the same. Times are RFC 3339 in UTC.
Lists are paged by `cursor`.
"""


class ServiceApp(FastAPI):
    """FastAPI with our edge around its middlewares, its own error layer included."""

    service: str

    def build_middleware_stack(self) -> ASGIApp:
        """Return the framework's stack inside the edge; what has no body does not pass the limit of bodies."""
        bodiless = super().build_middleware_stack()
        self.max_body_size = _MAX_BODY
        return Edge(super().build_middleware_stack(), bodiless)

    def openapi(self) -> dict[str, Any]:
        """Return the document with what the framework does not say."""
        if not self.openapi_schema:
            openapi.complete(super().openapi(), self.service)
        return super().openapi()


def new_app(
    name: str,
    settings: ServiceSettings,
    routers: Sequence[APIRouter],
    checks: Health,
    *,
    clock: Clock | None = None,
    tracer_provider: TracerProvider | None = None,
) -> FastAPI:
    """Return the application of one service; its routers find what they need in `app.state`.

    Requests are traced by the given provider, else by the process's own.
    """
    app = ServiceApp(
        title=TITLES.get(name, name),
        description=_DESCRIPTION,
        version="1",
        license_info=openapi.LICENCE,
        docs_url=None,
        redoc_url=None,
        telemetry={
            "tracer_provider": tracer_provider,
            "operation_spans": False,
            "logs": False,
            "auto_configure": False,
            "exclude": _is_health,
        },
    )
    app.service = name
    problems.install(app)
    app.state.authenticator = Authenticator(settings.auth_issuers, clock or settings.clock())
    app.state.sealer = settings.sealer()
    app.state.health = checks
    for router in (*routers, health.router):
        # Their routes as they are: an included router is searched twice for each request, and limits bodies once more.
        app.router.routes.extend(router.routes)
    if settings.environment is not Environment.PRODUCTION:
        docs.install(app)
    return app


def _is_health(scope: Scope) -> bool:
    return scope.get("path") in health.PATHS
