"""What belongs to one request: the trace id that people quote when they ask for help, and its route's template."""

from typing import cast

from opentelemetry import trace
from starlette.types import Scope

from shared import ids

_KEY = "kaozheng.trace_id"


def trace_id_of(scope: Scope) -> str:
    """Return the request's trace id, the same each time; a random one if nothing is traced."""
    if _KEY not in scope:
        context = trace.get_current_span().get_span_context()
        scope[_KEY] = trace.format_trace_id(context.trace_id) if context.is_valid else ids.new_id().hex
    return cast("str", scope[_KEY])


def route_of(scope: Scope) -> str | None:
    """Return the template of the matched route with the prefixes of all its routers, e.g. `/v1/plans/{plan_id}`."""
    # FastAPI keeps the whole template here; `scope["route"]` knows only its own router's part.
    included = scope.get("fastapi", {}).get("effective_route_context")
    found = included if included is not None else scope.get("route")
    return getattr(found, "path_format", None)
