"""The outermost layer of every API: security headers, one log line per request, and no failure left unanswered.

Plain ASGI, because wrappers that copy requests break streaming and cancellation.
"""

import time
from collections.abc import Iterable

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry.logs import describe
from shared.web import problems
from shared.web.health import PATHS
from shared.web.requests import route_of, trace_id_of

_TOO_LARGE = 413
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
}
_HEADERS_OF_DATA = _HEADERS | {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cache-control": b"no-store",
}

#: One of these stands in the head of each request that has a body (RFC 9112, 6).
_BODY = frozenset({b"content-length", b"transfer-encoding"})


class Edge:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, bodiless: ASGIApp | None = None) -> None:
        """Take the application, and what serves requests that have no body, if that is another."""
        self._app, self._bodiless = app, bodiless or app
        # Bound once: a module's own logger is made anew for each line.
        self._log = structlog.get_logger(__name__).bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; an exception that was already answered ends here, logged without its message."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        exchange = _Exchange(scope, receive, send)
        app = self._bodiless if _BODY.isdisjoint(name for name, _ in scope["headers"]) else self._app
        try:
            await app(scope, receive, exchange.send)
        except Exception as error:  # it was answered with 500 and ends here
            self._log.error("http.request.failed", error=describe(error), trace_id=trace_id_of(scope))
            if not exchange.status:
                raise
        finally:
            if scope["path"] not in PATHS:
                self._log_request(scope, exchange.status, time.perf_counter() - started)

    def _log_request(self, scope: Scope, status: int, seconds: float) -> None:
        """Say what happened by the route's template: paths, queries and bodies hold what must not be logged."""
        self._log.info(
            "http.request.answered",
            method=scope["method"],
            route=route_of(scope),
            status=status,
            problem=scope.get("kaozheng.problem"),
            ms=round(seconds * 1_000, 1),
            trace_id=trace_id_of(scope),
        )


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
            if self.status == _TOO_LARGE and not _is_problem(message):
                self._replaced = True
                refused = _Exchange(self._scope, self._receive, self._send)
                await problems.too_large(Request(self._scope))(self._scope, self._receive, refused.send)
                return
            message["headers"] = _secured(message.get("headers", ()), trace_id_of(self._scope))
        await self._send(message)


def _is_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith(problems.MEDIA_TYPE)


def _secured(headers: Iterable[tuple[bytes, bytes]], trace_id: str) -> list[tuple[bytes, bytes]]:
    """Return an answer's headers with ours; what the route says itself stands. ASGI's names are lower case."""
    known = dict(headers)
    ours = _HEADERS_OF_DATA if b"json" in known.get(b"content-type", b"") else _HEADERS
    more = [(name, value) for name, value in ours.items() if name not in known]
    if b"x-trace-id" not in known:
        more.append((b"x-trace-id", trace_id.encode()))
    return [*headers, *more]
