"""What of a span may be kept: listed attributes and plain names only, so that nothing personal enters by accident."""

import math
import re
from collections.abc import Mapping

from services.operations.domain.model import Kind, Value

JOURNEY, EVENT_TYPE, OUTCOME = "cert.journey.id", "cert.event.type", "cert.event.outcome"
#: Counts of what became of a batch's events, by outcome.
BATCH = "cert.batch."

#: Everything else is dropped unread. Message keys are left out on purpose: a work code beside a journey would tell
#: whose work is being marked.
KEPT = frozenset(
    {
        "cert.event.age_ms",
        "cert.event.id",
        OUTCOME,
        EVENT_TYPE,
        "cert.event.version",
        JOURNEY,
        "db.namespace",
        "db.operation.name",
        "db.system.name",
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "messaging.batch.message_count",
        "messaging.consumer.group.name",
        "messaging.destination.name",
        "messaging.destination.partition.id",
        "messaging.kafka.offset",
        "messaging.message.id",
        "messaging.operation.name",
        "messaging.operation.type",
        "messaging.system",
    }
)

_VALUE_LENGTH = 120
_NAME_LENGTH = 80
#: Words, topics and route templates. Digits in a row are a number of something, or of somebody.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 ._/{}:-]*")
_NUMBER = re.compile(r"\d{4,}")
_SERVICE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,59}")


def is_kept(key: str) -> bool:
    """Tell whether an attribute of this name is kept."""
    return key in KEPT or (key.startswith(BATCH) and bool(_SERVICE.fullmatch(key)))


def kept_value(value: Value) -> Value | None:
    """Return a technical value, cut to length, or nothing: people's names are not printable ASCII, NaN is no JSON."""
    if isinstance(value, str):
        return value[:_VALUE_LENGTH] if value.isascii() and value.isprintable() else None
    return value if math.isfinite(value) else None


def kept_name(name: str, kind: Kind, attributes: Mapping[str, Value]) -> str:
    """Return the span's name; a request goes by its route, since its path may hold a number or a token."""
    if kind is Kind.SERVER and "http.request.method" in attributes:
        return f"{attributes['http.request.method']} {attributes.get('http.route', '')}".strip()[:_NAME_LENGTH]
    if _NAME.fullmatch(name) and not _NUMBER.search(name):
        return name[:_NAME_LENGTH]
    return "unnamed"


def kept_service(name: str) -> str:
    """Return the service's name, or `unknown` for what is none."""
    return name if _SERVICE.fullmatch(name) else "unknown"
