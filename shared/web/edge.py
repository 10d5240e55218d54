"""The outermost layer of every API: security headers, one log line per request, and no failure left unanswered.

Plain ASGI, because wrappers that copy requests break streaming and cancellation.
"""

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry.logs import describe
from shared.web import problems
from shared.web.health import PATHS
from shared.web.requests import route_of, trace_id_of

_TOO_LARGE = 413
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
_POLICY_DATA = "default-src 'none'; frame-ancestors 'none'"

_log = structlog.get_logger(__name__)


class Edge:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; an exception that was already answered ends here, logged without its message."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        exchange = _Exchange(scope, receive, send)
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:  # it was answered with 500 and ends here
            _log.error("http.request.failed", error=describe(error), trace_id=trace_id_of(scope))
            if not exchange.status:
                raise
        finally:
            _log_request(scope, exchange.status, time.perf_counter() - started)


class _Exchange:
    """One request's answer on its way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.status = 0
        self._scope, self._receive, self._send = scope, receive, send
        self._replaced = False

    async def send(self, message: Message) -> None:
        """Pass a message on; the plain-text answer of the body limit becomes a problem like all others."""
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            content_type = MutableHeaders(scope=message).get("content-type", "")
            if self.status == _TOO_LARGE and not content_type.startswith(problems.MEDIA_TYPE):
                self._replaced = True
                await problems.too_large(Request(self._scope))(self._scope, self._receive, self._pass_on)
                return
        await self._pass_on(message)

    async def _pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _secure(MutableHeaders(scope=message), trace_id_of(self._scope))
        await self._send(message)


def _secure(headers: MutableHeaders, trace_id: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("x-trace-id", trace_id)
    if "json" in headers.get("content-type", ""):
        headers.setdefault("content-security-policy", _POLICY_DATA)
        headers.setdefault("cache-control", "no-store")


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """Say what happened by the route's template: paths, queries and bodies hold what must not be logged."""
    if scope["path"] in PATHS:
        return
    _log.info(
        "http.request.answered",
        method=scope["method"],
        route=route_of(scope),
        status=status,
        problem=scope.get("kaozheng.problem"),
        ms=round(seconds * 1_000, 1),
        trace_id=trace_id_of(scope),
    )
