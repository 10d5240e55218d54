"""OTLP/HTTP to spans: protobuf or JSON, gzip or plain. What cannot be kept is counted, never guessed."""

import base64
import binascii
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from google.protobuf.json_format import MessageToJson, ParseDict, ParseError
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as WireSpan

from services.operations.application.handlers import Intake
from services.operations.domain import recording
from services.operations.domain.errors import Oversized, Unreadable
from services.operations.domain.model import Kind, Link, Span, Status, Value
from shared.web import strict_json

#: More than any exporter sends at once; a small body could otherwise unpack to fill the memory.
MOST_UNPACKED = 32 * 1_048_576
#: A batch longer than this is cut; the rest of its journeys have the spans of their own services.
MOST_LINKS = 1_000

_GZIP = 31
_TRACE_BYTES, _SPAN_BYTES = 16, 8
_IDS = ("traceId", "spanId", "parentSpanId")
_KINDS = {kind.value: kind for kind in Kind}
_STATUSES = {status.value: status for status in Status}
_SCALARS = frozenset({"string_value", "int_value", "double_value", "bool_value"})


#: Of a link no other attribute is kept.
_TOLD_BY_LINKS = frozenset({recording.JOURNEY, recording.EVENT_TYPE})
#: A journey is named by every span that it goes through.
_uuid = lru_cache(maxsize=16_384)(UUID)


class Skipped(Exception):
    """A span that is not kept; the message is the reason."""


def unpack(body: bytes, encoding: str) -> bytes:
    """Return the body without its compression; raise `Unreadable` or `Oversized`."""
    if encoding in {"", "identity"}:
        return body
    if encoding != "gzip":
        raise Unreadable
    stream = zlib.decompressobj(_GZIP)
    try:
        plain = stream.decompress(body, MOST_UNPACKED)
    except zlib.error as error:
        raise Unreadable from error
    if stream.unconsumed_tail:
        raise Oversized
    if not stream.eof:
        raise Unreadable
    return plain


def read(body: bytes, *, is_json: bool) -> ExportTraceServiceRequest:
    """Return the request; raise `Unreadable` if the bytes are none."""
    try:
        request = ExportTraceServiceRequest()
        if is_json:
            ParseDict(_with_base64(strict_json.read(body)), request, ignore_unknown_fields=True)
        else:
            request.MergeFromString(body)
    except (DecodeError, ParseError, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable from error
    return request


def _with_base64(request: dict[str, Any]) -> dict[str, Any]:
    """Rewrite identifiers, which OTLP writes as hex where protobuf's own JSON wants base64."""
    for group in request.get("resourceSpans", ()):
        for scope in group.get("scopeSpans", ()):
            for span in scope.get("spans", ()):
                for place in (span, *span.get("links", ())):
                    place.update({name: _base64(place[name]) for name in _IDS if place.get(name)})
    return request


def _base64(text: str) -> str:
    try:
        return base64.b64encode(bytes.fromhex(text)).decode()
    except (ValueError, binascii.Error):
        return ""  # a span without a valid identifier is skipped and counted like any other


def take(request: ExportTraceServiceRequest, first: int, last: int) -> Intake:
    """Return the spans that start between `first` and `last` and are well-formed, and count the others."""
    spans: list[Span] = []
    ignored: Counter[str] = Counter()
    for group in request.resource_spans:
        service = _service(group.resource.attributes)
        for scope in group.scope_spans:
            for wire in scope.spans:
                try:
                    spans.append(_span(wire, service, first, last))
                except Skipped as reason:
                    ignored[str(reason)] += 1
    return Intake(spans, ignored)


def answer(intake: Intake, *, is_json: bool) -> bytes:
    """Return the answer to an export: empty, or how many spans were not kept and why."""
    found = ExportTraceServiceResponse()
    if intake.ignored:
        found.partial_success.rejected_spans = intake.ignored.total()
        found.partial_success.error_message = "not kept: " + ", ".join(sorted(intake.ignored))
    return str(MessageToJson(found)).encode() if is_json else found.SerializeToString()


def _span(wire: WireSpan, service: str, first: int, last: int) -> Span:
    if not _valid(wire.trace_id, _TRACE_BYTES) or not _valid(wire.span_id, _SPAN_BYTES):
        raise Skipped("identifier")
    start, end = wire.start_time_unix_nano, wire.end_time_unix_nano
    if not first <= start <= last or not start <= end <= last:
        raise Skipped("time")
    attributes = dict(_attributes(wire.attributes))
    kind = _KINDS.get(wire.kind, Kind.UNSPECIFIED)
    return Span(
        trace_id=wire.trace_id,
        span_id=wire.span_id,
        parent_id=wire.parent_span_id if _valid(wire.parent_span_id, _SPAN_BYTES) else None,
        service=service,
        name=recording.kept_name(wire.name, kind, attributes),
        kind=kind,
        status=_STATUSES.get(wire.status.code, Status.UNSET),
        start=start,
        end=end,
        attributes=attributes,
        links=tuple(_links(wire)),
        journey_id=_journey(attributes),
    )


def _valid(identifier: bytes, length: int) -> bool:
    return len(identifier) == length and any(identifier)


def _attributes(pairs: Iterable[Any]) -> Iterator[tuple[str, Value]]:
    for pair in pairs:
        if recording.is_kept(pair.key):
            value = _value(pair.value)
            if value is not None:
                yield pair.key, value


def _value(given: AnyValue) -> Value | None:
    kind = given.WhichOneof("value")
    return recording.kept_value(getattr(given, kind)) if kind in _SCALARS else None


def _links(wire: WireSpan) -> Iterator[Link]:
    for link in islice(wire.links, MOST_LINKS):
        trace_id, span_id = link.trace_id, link.span_id
        if _valid(trace_id, _TRACE_BYTES) and _valid(span_id, _SPAN_BYTES):
            about = {pair.key: _value(pair.value) for pair in link.attributes if pair.key in _TOLD_BY_LINKS}
            event_type = about.get(recording.EVENT_TYPE)
            yield Link(trace_id, span_id, _journey(about), None if event_type is None else str(event_type))


def _journey(attributes: Mapping[str, Value | None]) -> UUID | None:
    told = attributes.get(recording.JOURNEY)
    try:
        return None if told is None else _uuid(str(told))
    except ValueError:
        return None


def _service(attributes: Iterable[Any]) -> str:
    names = (pair.value.string_value for pair in attributes if pair.key == "service.name")
    return recording.kept_service(next(names, ""))
