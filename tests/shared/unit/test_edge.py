import json
import logging

import pytest
import structlog

from shared.web.app import MIB


async def test_every_answer_carries_the_security_headers(client):
    for path in ("/health/live", "/v1/certificates/N1", "/v1/nothing"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_body_over_the_limit_is_a_problem(client, streamed):
    async def chunks():
        for _ in range(9):
            yield b" " * MIB

    content = chunks() if streamed else b" " * (8 * MIB + 1)
    answer = await client.post("/v1/entries", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:kaozheng:problem:too-large"
    assert answer.headers["x-frame-options"] == "DENY"


async def test_a_route_may_raise_the_limit(client):
    assert (await client.post("/v1/uploads", content=b" " * (9 * MIB))).json() == 9 * MIB
    assert (await client.post("/v1/uploads", content=b" " * (16 * MIB + 1))).status_code == 413


async def test_a_request_is_logged_by_its_route_and_never_by_its_content(client):
    with structlog.testing.capture_logs() as lines:
        await client.get("/v1/certificates/canary-number", params={"token": "canary-token"})
        await client.get("/v1/certificates/canary-number/crash", params={"token": "canary-token"})
        await client.get("/v1/canary-nothing")
        await client.get("/health/live")
    answered = [line for line in lines if line["event"] == "http.request.answered"]
    assert [(line["route"], line["status"]) for line in answered] == [
        ("/v1/certificates/{number}", 200),
        ("/v1/certificates/{number}/crash", 500),
        (None, 404),
    ]
    assert answered[2]["problem"] == "not-found"
    assert all(len(line["trace_id"]) == 32 for line in answered)
    failed = next(line for line in lines if line["event"] == "http.request.failed")
    assert failed["trace_id"] == answered[1]["trace_id"]
    assert failed["error"]["type"] == "builtins.RuntimeError"
    assert "canary" not in json.dumps(lines)
    assert logging.getLogger("uvicorn.access").handlers == []


async def test_a_route_is_logged_with_the_prefixes_of_its_routers(client):
    with structlog.testing.capture_logs() as lines:
        await client.get("/v1/plans/canary/seats/7")
    assert lines[0]["route"] == "/v1/plans/{plan_id}/seats/{seat}"
