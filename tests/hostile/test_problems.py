"""Broken, oversized and poisoned requests are refused with 4xx in both languages, and nothing sent comes back."""

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from shared.web.pages import encode_cursor
from tests.hostile.bodies import BODIES, ROUTES, leaves, spoilt
from tests.hostile.rig import SCOPES, Live, Rig
from tests.hostile.seeds import OWN
from tests.hostile.test_authorization import good
from tests.worlds.operations import TELEMETRY

pytestmark = pytest.mark.integration

CANARY = "张三金丝雀-11010519491231002X"
MIB = 1_048_576
NO_JSON: dict[str, bytes] = {
    "truncated": b'{"items": [',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "NaN": b'{"items": NaN}',
    "infinity": b'{"items": -Infinity}',
    "too many digits": b'{"items": ' + b"9" * 5_000 + b"}",
    "a name twice": b'{"items": [], "items": [1]}',
    "NUL": b'{"name": "a\\u0000b"}',
    "NUL in a name": b'{"a\\u0000b": 1}',
    "half a character": b'{"name": "\\ud800"}',
    "half a character in a name": b'{"\\udfff": 1}',
}
#: Values that fit a type but nothing else, or no type at all.
POISON: list[Any] = [
    CANARY,
    "\x1b[31m\u202e",
    "x" * 100_000,
    10**400,
    2**63,
    -(2**63) - 1,
    1e308,
    "1e999999999",
    "NaN",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    10**18,
    [CANARY],
    {CANARY: CANARY},
    None,
    True,
]
ROUTE = pytest.mark.parametrize(
    ("service", "method", "path"), ROUTES, ids=[f"{each[0]}-{each[1]}-{each[2]}" for each in ROUTES]
)
#: These answer in a form of their own: OAuth's errors, verdicts, and OTLP's partial success.
OWN_FORM = {"/oauth/token", "/v1/verifications/credential"}


def caller(live: Live, **more: str) -> dict[str, str]:
    """Return the headers of somebody who may do everything."""
    headers = live.headers(SCOPES) | {"if-match": '"1"', "content-type": "application/json"}
    return headers | (TELEMETRY if live.name == "operations" else {}) | more


def send(live: Live, method: str, path: str, body: Any, **headers: str) -> httpx.Response:
    """Send a body, as JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return live.request(method, live.fill(path), content=content, headers=caller(live, **headers))


def check_refusal(answer: httpx.Response, language: str) -> None:
    """A refusal is a problem in the language asked for."""
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].startswith("urn:kaozheng:problem:")
    assert answer.headers["content-language"] == language
    assert problem["detail"].isascii() == (language == "en"), problem["detail"]


@pytest.mark.parametrize("language", ["zh", "en"])
@ROUTE
def test_what_is_no_json_is_refused(rig: Rig, service: str, method: str, path: str, language: str) -> None:
    for name, body in NO_JSON.items():
        answer = send(rig[service], method, path, body, **{"accept-language": language})
        if path in OWN_FORM:
            assert answer.status_code == (400 if path == "/oauth/token" else 200), name
            assert answer.json().get("error") or answer.json()["state"] == "INVALID"
        else:
            check_refusal(answer, language)


@ROUTE
def test_a_body_over_the_limit_is_refused_and_not_read_on(rig: Rig, service: str, method: str, path: str) -> None:
    live, read = rig[service], 0

    async def endless() -> Any:
        nonlocal read
        while read < 64 * MIB:
            read += MIB
            yield b"a" * MIB

    answers = [
        send(live, method, path, b'{"name": "' + b"a" * 9 * MIB + b'"}'),
        live.request(method, live.fill(path), content=endless(), headers=caller(live)),
    ]
    for answer in answers:
        assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


@ROUTE
def test_no_value_is_repeated_nor_met_with_a_failure(rig: Rig, service: str, method: str, path: str) -> None:
    live, body = rig[service], BODIES[service][method, path]
    bodies = [spoilt(body, place, value) for place in leaves(body) for value in POISON]
    for each in [*bodies, {**body, CANARY: 1}, {**body, "x" * 1_000: 1}, CANARY, [CANARY], None, 0]:
        answer = send(live, method, path, each)
        assert answer.status_code < 500, json.dumps(each)[:200]
        if answer.status_code >= 400:
            assert CANARY not in answer.text
            assert "11010519491231002X" not in answer.text
            assert "x" * 65 not in answer.text


@ROUTE
@pytest.mark.parametrize(
    "form", ["text/plain", "application/xml", "multipart/form-data", "application/json-seq", "/", "", "json"]
)
def test_another_content_type_is_refused(rig: Rig, service: str, method: str, path: str, form: str) -> None:
    if path in OWN_FORM or service == "operations":  # they read whatever comes
        pytest.skip("its content type does not matter")
    answer = send(rig[service], method, path, BODIES[service][method, path], **{"content-type": form})
    check_refusal(answer, "zh")


def test_hostile_headers_change_nothing_but_the_answer(live: Live) -> None:
    names = ("accept", "accept-language", "content-encoding", "idempotency-key", "if-match", "if-none-match",
             "range", "traceparent", "x-forwarded-for")  # fmt: skip
    values = (b"\xff\xfe", b"\x00", CANARY.encode(), b"a" * 70_000, b"q=" * 5_000, b"-1", b'"99999999999999999999999"')
    for number, (method, path) in enumerate(live.operations()):
        parameters = live.document["paths"][path][method.lower()].get("parameters", [])
        taken = [each["name"].lower() for each in parameters if each["in"] == "header"]
        for name in names if number % 9 == 4 else taken:  # what is common to all routes is tried on some
            for value in values:
                headers = {**caller(live), name: value}
                answer = live.request(method, live.fill(path), **good(live, method, path), headers=headers)
                assert answer.status_code < 500, (method, path, name, value[:20])
                assert answer.status_code < 400 or CANARY not in answer.text


def test_hostile_paths_and_queries_are_refused_without_repeating_them(live: Live) -> None:
    values = (CANARY, "\0", "%00", "9" * 30, "9" * 5_000, "-1", "1e400", "../../etc/passwd", "' OR 1=1 --", "\ufffd")
    for method, path in live.operations():
        for parameter in live.document["paths"][path][method.lower()].get("parameters", []):
            for value in values:
                answer = spoil(live, method, path, parameter, value)
                assert answer.status_code < 500, (method, path, parameter["name"], value[:20])
                if answer.status_code >= 400:
                    assert CANARY not in answer.text


def spoil(live: Live, method: str, path: str, parameter: dict, value: str) -> httpx.Response:
    """Send a request with another value of one parameter in its path or query."""
    options, url, name = good(live, method, path), path, parameter["name"]
    if parameter["in"] == "path":
        url = path.replace("{" + name + "}", quote(value, safe=""))
    elif parameter["in"] == "query":
        options["params"] = options["params"] | {name: value}
    return live.request(method, live.fill(url), **options, headers=caller(live))


@pytest.mark.parametrize(
    "values", [["\0"], ["\ud800"], ["\0", "1"], ["\ud800", "1"], ["1", "9" * 30], ["a", "9" * 9_999]]
)
def test_hostile_cursors_are_refused(live: Live, values: list[str]) -> None:
    for method, path in live.operations():
        parameters = live.document["paths"][path][method.lower()].get("parameters", [])
        if any(each["name"] == "cursor" for each in parameters):
            options = good(live, method, path)
            options["params"] |= {"cursor": encode_cursor(*values)}
            check_refusal(live.request(method, live.fill(path), **options, headers=live.headers(SCOPES)), "zh")


def test_a_school_meets_no_failure_with_a_spoilt_application(rig: Rig) -> None:
    live, body = rig["registration"], BODIES["registration"]["POST", "/v1/applications"]
    body = body | {"plan_id": live.known["plan_id"]}
    for place in leaves(body):
        for value in POISON:
            headers = caller(live) | live.headers(SCOPES, OWN)
            answer = live.request(
                "POST", "/v1/applications", content=json.dumps(spoilt(body, place, value)), headers=headers
            )
            assert answer.status_code in {201, 404, 409, 422}, answer.text
            assert "11010519491231002X" not in answer.text
