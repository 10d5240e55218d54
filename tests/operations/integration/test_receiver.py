"""Spans come in over OTLP/HTTP and a journey comes out, on a real database."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span

from tests.worlds.callers import NOBODY, bearer
from tests.worlds.operations import PROTOBUF, TELEMETRY, World

pytestmark = pytest.mark.integration

JOURNEY = UUID("4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11")
OTHER = UUID("4f0c8a52-7d0e-4b8e-9a35-000000000000")


def at(seconds: float) -> int:
    return int((World.NOW - timedelta(minutes=10)).timestamp() * 1e9) + int(seconds * 1e9)


def span(number: int, start: float, seconds: float, *, trace: int = 1, parent: int = 0, **fields: Any) -> Span:
    attributes = fields.pop("attributes", {})
    return Span(
        trace_id=trace.to_bytes(16),
        span_id=number.to_bytes(8),
        parent_span_id=parent.to_bytes(8) if parent else b"",
        start_time_unix_nano=at(start),
        end_time_unix_nano=at(start + seconds),
        attributes=[pair(key, value) for key, value in attributes.items()],
        **{"name": "work", "kind": Span.SPAN_KIND_INTERNAL, **fields},
    )


def pair(key: str, value: Any) -> KeyValue:
    return KeyValue(
        key=key, value=AnyValue(**({"int_value": value} if isinstance(value, int) else {"string_value": value}))
    )


def link(number: int, trace: int, **attributes: str) -> Span.Link:
    pairs = [pair(f"cert.{key.replace('_', '.')}", value) for key, value in attributes.items()]
    return Span.Link(trace_id=trace.to_bytes(16), span_id=number.to_bytes(8), attributes=pairs)


def export(**by_service: list[Span]) -> ExportTraceServiceRequest:
    return ExportTraceServiceRequest(
        resource_spans=[
            ResourceSpans(
                resource=Resource(attributes=[pair("service.name", name)]), scope_spans=[ScopeSpans(spans=spans)]
            )
            for name, spans in by_service.items()
        ]
    )


def life() -> ExportTraceServiceRequest:
    """One application: admitted among others, seated in a batch, certified later in a trace of its own."""
    own = {"cert.journey.id": str(JOURNEY)}
    return export(
        registration=[
            span(1, 0, 0.2, kind=Span.SPAN_KIND_SERVER,
                 attributes={"http.request.method": "POST", "http.route": "/v1/x"}),
            span(2, 0, 0.1, trace=7),
        ],
        exam=[
            span(3, 3.4, 0.5, trace=2, kind=Span.SPAN_KIND_CONSUMER, name="process registration.applications",
                 links=[link(1, 1, journey_id=str(JOURNEY), event_type="registration.application_admitted.v1"),
                        link(2, 7, journey_id=str(OTHER))], attributes={"cert.batch.applied": 2}),
        ],
        grading=[
            span(4, 4.0, 0.1, trace=2, parent=3, kind=Span.SPAN_KIND_CONSUMER, name="process exam.sittings",
                 links=[link(3, 2)], attributes=own | {"cert.event.outcome": "applied"}),
        ],
        certificate=[span(5, 90, 0.3, trace=4, name="certificate.issue", links=[link(4, 2)], attributes=own)],
    )  # fmt: skip


async def test_a_journey_is_told_across_services_and_traces(world):
    answer = await world.keep(life())
    assert answer.status_code == 200
    assert ExportTraceServiceResponse.FromString(answer.content).partial_success.rejected_spans == 0

    story = await world.get(f"/v1/journeys/{JOURNEY}")
    assert story["services"] == ["registration", "exam", "grading", "certificate"]
    assert (story["span_count"], story["error_count"], story["truncated"]) == (4, 0, False)
    assert [[step["name"] for step in trace["spans"]] for trace in story["traces"]] == [
        ["POST /v1/x"],
        ["process registration.applications", "process exam.sittings"],
        ["certificate.issue"],
    ]
    batch, seat = story["traces"][1]["spans"]
    assert batch["event_type"] == "registration.application_admitted.v1"
    assert batch["outcome"] == "applied"
    assert batch["waited_ms"] == pytest.approx(3_200, abs=0.01)
    assert (seat["depth"], seat["parent_span_id"], seat["outcome"]) == (1, batch["span_id"], "applied")
    assert story["traces"][2]["continues"]["span_id"] == seat["span_id"]
    assert story["traces"][2]["gap_ms"] == pytest.approx(85_900, abs=0.01)


async def test_sending_twice_changes_nothing(world):
    for _ in range(2):
        await world.keep(life())
    assert (await world.get(f"/v1/journeys/{JOURNEY}"))["span_count"] == 4
    services = await world.get("/v1/services")
    assert {item["service"]: item["spans"] for item in services["items"]} == {
        "registration": 2,
        "exam": 1,
        "grading": 1,
        "certificate": 1,
    }


async def test_json_and_gzip_mean_the_same(world):
    body = {
        "resourceSpans": [
            {
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "exam"}}]},
                "scopeSpans": [
                    {
                        "spans": [
                            {
                                "traceId": "5B8EFFF798038103D269B633813FC60C",
                                "spanId": "EEE19B7EC3C1B174",
                                "name": "exam.assign_seat",
                                "kind": 1,
                                "startTimeUnixNano": str(at(0)),
                                "endTimeUnixNano": str(at(1)),
                                "attributes": [{"key": "cert.journey.id", "value": {"stringValue": str(JOURNEY)}}],
                                "unheardOf": 7,
                            },
                            {"traceId": "no hex", "spanId": "EEE19B7EC3C1B174", "name": "x"},
                        ]
                    }
                ],
            }
        ]
    }
    headers = TELEMETRY | {"content-type": "application/json", "content-encoding": "gzip"}
    answer = await world.http.post("/v1/traces", content=gzip.compress(json.dumps(body).encode()), headers=headers)
    assert answer.json() == {"partialSuccess": {"rejectedSpans": "1", "errorMessage": "not kept: identifier"}}
    (trace,) = (await world.get(f"/v1/journeys/{JOURNEY}"))["traces"]
    assert trace["trace_id"] == "5b8efff798038103d269b633813fc60c"


async def test_nothing_personal_is_stored(world):
    canary = "张三 330106200001011234"
    spans = [
        span(1, 0, 1, name=canary, attributes={
            "cert.journey.id": str(JOURNEY), "person.name": canary, "error.type": canary}),
        span(2, 0, 1, name="GET /c/XB2B-2026-000318", kind=Span.SPAN_KIND_SERVER, attributes={
            "http.request.method": "GET", "http.route": "/c/{number}", "url.path": "/c/XB2B-2026-000318",
            "cert.journey.id": str(JOURNEY)}),
    ]  # fmt: skip
    spans[0].status.message = canary
    spans[0].events.add(name="exception", attributes=[pair("exception.message", canary)])
    await world.keep(export(exam=spans))
    stored = "".join(row.text for row in await world.rows("SELECT span::text AS text FROM span"))
    assert stored.count("exam") == 2
    for part in ("张", "330106", "000318", "person"):
        assert part not in stored


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"\xff\xff", PROTOBUF, 400),
        (b"{", TELEMETRY | {"content-type": "application/json"}, 400),
        (b'{"resourceSpans": [[]]}', TELEMETRY | {"content-type": "application/json"}, 400),
        (b"no gzip", PROTOBUF | {"content-encoding": "gzip"}, 400),
        (gzip.compress(b"x" * 100, mtime=0)[:-9], PROTOBUF | {"content-encoding": "gzip"}, 400),
        (gzip.compress(bytes(40_000_000), mtime=0), PROTOBUF | {"content-encoding": "gzip"}, 413),
        (b"", PROTOBUF | {"content-encoding": "br"}, 400),
        (b"", bearer("wrong"), 401),
        (b"", {}, 401),
    ],
)
async def test_what_cannot_be_taken_is_refused(world, content, headers, status):
    answer = await world.http.post("/v1/traces", content=content, headers=headers)
    assert answer.status_code == status
    ignored = (await world.get("/v1/services"))["ignored"]
    assert ignored == ({"request": 1} if status == 400 else {})


async def test_exporters_are_told_to_come_back_while_the_database_is_away(make_world):
    away = await make_world("operations", database_url="postgresql://a@127.0.0.1:1/none")
    assert (await away.keep(life())).status_code == 503


async def test_spans_from_another_age_are_counted_but_not_kept(world):
    old, future = span(1, -200 * 86_400, 1), span(2, 86_400, 1)
    backwards = span(3, 0, -1)
    answer = await world.keep(export(exam=[old, future, backwards, span(4, 0, 1)]))
    assert ExportTraceServiceResponse.FromString(answer.content).partial_success.rejected_spans == 3
    assert (await world.get("/v1/services"))["ignored"] == {"time": 3}


async def test_services_show_rate_errors_and_duration(world):
    spans = [span(n, n, 0.010, name="grading.score") for n in range(1, 11)]
    spans[0].status.code = 2  # type: ignore[assignment]
    await world.keep(export(grading=spans))
    (item,) = (await world.get("/v1/services"))["items"]
    (operation,) = item["operations"]
    assert (operation["spans"], operation["errors"], operation["per_minute"]) == (10, 1, 0.17)
    assert 10 <= operation["p50_ms"] <= 20
    assert datetime.fromisoformat(item["last_seen_at"]) == datetime.fromtimestamp(at(10.010) / 1e9, UTC)


async def test_the_page_opens_by_its_link_only_and_loads_nothing(world):
    await world.keep(life())
    link = await world.get(f"/v1/journeys/{JOURNEY}/page-link")
    page = await world.ask(link["url"], NOBODY)
    assert page.status_code == 200
    assert "在主题中等待 waiting in topic 3.2 s" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not any(word in page.text for word in ("http://", "https://", "<script", "style=", "src="))
    for access in ("", "?access=", "?access=x", link["url"][link["url"].index("?") :].replace("=", "=A", 1)):
        assert (await world.ask(f"/journeys/{JOURNEY}{access}", NOBODY)).status_code == 403
    assert (await world.ask(link["url"].replace(str(JOURNEY), str(OTHER)), NOBODY)).status_code == 403


async def test_an_unknown_journey_is_not_found(world):
    assert (await world.ask(f"/v1/journeys/{OTHER}")).status_code == 404


async def test_reading_needs_a_scope(world):
    for path in ("services", f"journeys/{JOURNEY}", f"journeys/{JOURNEY}/page-link"):
        assert (await world.ask(f"/v1/{path}", world.caller("plans:read"))).status_code == 403
