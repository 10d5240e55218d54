"""The W3C trace context of an event: what its `traceparent` says, read as seldom as possible."""

import re
from functools import lru_cache

from opentelemetry.trace import SpanContext, TraceFlags

_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")
_LENGTH = 55
#: The lowest bit of the last hexadecimal digit is the flag "sampled".
_NOT_SAMPLED = frozenset("02468ace")


@lru_cache(maxsize=4_096)
def context_of(traceparent: str | None) -> SpanContext | None:
    """Return the remote span context that a W3C traceparent names; nothing when there is none or it is malformed."""
    match = _TRACEPARENT.match(traceparent or "")
    if match is None:
        return None
    trace_id, span_id, flags = (int(part, 16) for part in match.groups())
    context = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags))
    return context if context.is_valid else None


def is_left_out(traceparent: str | None) -> bool:
    """Tell whether whoever created the context decided not to keep its trace."""
    return traceparent is not None and len(traceparent) == _LENGTH and traceparent[-1] in _NOT_SAMPLED


def traceparent_of(context: SpanContext) -> str:
    """Return the W3C traceparent of a context."""
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"
