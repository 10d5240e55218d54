"""Structured logs: one JSON object a line on standard output, with trace ids and without personal data."""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from opentelemetry import trace
from structlog.types import EventDict, Processor

from shared.telemetry.redaction import WITHHELD, is_private, redact

#: Libraries whose own lines pass through our processors, and the lowest level worth reading from each.
_LIBRARIES: Mapping[str, int] = {
    "aiokafka": logging.WARNING,
    "alembic": logging.INFO,
    "asyncio": logging.WARNING,
    "httpx": logging.WARNING,
    "opentelemetry": logging.ERROR,
    "sqlalchemy": logging.WARNING,
    "uvicorn": logging.INFO,
    "uvicorn.access": logging.CRITICAL,
}
#: What the chain itself puts into a line.
_OWN = frozenset({"event", "_record", "_from_structlog"})
#: Holds nothing that could be private under another name.
_PLAIN = frozenset({str, int, float, bool, type(None)})
_FRAMES = 12
_CAUSES = 5


def configure(service: str, level: str) -> None:
    """Send all logs of the process through one chain. Exception messages appear at level DEBUG only."""
    chain: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _identity(service),
        _add_trace,
        _describe_exception,
        _withhold,
    ]
    # Our own lines skip the standard library's machinery: they are written for every request.
    structlog.configure(
        processors=[*chain, _render],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_first_line, *chain],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name, lowest in _LIBRARIES.items():
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        library.setLevel(max(lowest, root.level))


def _first_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Shorten what libraries say: asyncio, for one, appends a representation of the exception on a second line."""
    event["event"] = str(event["event"]).split("\n", 1)[0]
    return event


def _identity(service: str) -> Processor:
    def add(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event["service"] = service
        return event

    return add


def _add_trace(_logger: Any, _method: str, event: EventDict) -> EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event


def _describe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace a traceback, whose messages may quote what a person sent, by types and places."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    elif error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = describe(error)
    return event


def describe(error: BaseException) -> dict[str, Any]:
    """Return type, SQLSTATE, places and causes of an exception; its message too while debugging."""
    found: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    if state:
        found["sqlstate"] = state
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        found["message"] = str(error)
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    found["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    if causes := _causes(error):
        found["causes"] = causes
    if isinstance(error, BaseExceptionGroup):
        found["errors"] = [describe(inner) for inner in error.exceptions[:_CAUSES]]
    return found


def _causes(error: BaseException) -> list[str]:
    names: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(names) < _CAUSES:
        names.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    return names


def _withhold(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if key in _OWN:
            continue
        if is_private(key):
            event[key] = WITHHELD
        elif type(value) not in _PLAIN:
            event[key] = redact(value)
    return event


def _type_name(value: Any) -> str:
    """Write what JSON cannot carry as its type: its text might hold anything."""
    return str(value) if hasattr(value, "hex") and hasattr(value, "int") else f"<{type(value).__qualname__}>"


#: Made once: `json.dumps` makes a new one for each line.
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_type_name)


def _render(_logger: Any, _method: str, event: EventDict) -> str:
    return _ENCODER.encode(event)
