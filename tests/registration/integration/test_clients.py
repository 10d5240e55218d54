"""Institutions, their clients and tokens."""

import base64

import jwt
import pytest
from jwt.types import Options

from services.registration.application import clients
from tests.worlds.callers import NOBODY, bearer


@pytest.fixture
async def client(world):
    made = await world.post("/v1/institutions", {"name": "示范学院", "region": "330100"})
    return await world.post(f"/v1/institutions/{made['id']}/clients", {"label": "教务"})


async def test_an_institution_is_kept_in_one_form(world):
    body = {"name": " 示范　学院\u200b", "region": "３３０１００", "credit_code": "12100000 400000000w"}
    made = await world.post("/v1/institutions", body)
    assert (made["name"], made["region"], made["credit_code"]) == ("示范 学院", "330100", "12100000400000000W")


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"name": "\u200b"}, "/name", "string_too_short"),
        ({"name": "示范\x07学院"}, "/name", "unprintable_character"),
        ({"region": "999999"}, "/region", "unknown_region"),
        ({"region": "3301"}, "/region", "string_pattern_mismatch"),
        ({"credit_code": "91310115MA1G4L1WXK"}, "/credit_code", "wrong_credit_code_check"),
        ({"credit_code": "1"}, "/credit_code", "bad_credit_code"),
    ],
)
async def test_an_institution_that_cannot_be_is_refused_in_words(world, change, pointer, code):
    answer = await world.send("/v1/institutions", {"name": "示范学院", "region": "330100"} | change)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code)
    assert error["message"]


async def test_secret_is_shown_once_and_kept_only_as_a_hash(world, client):
    rows = await world.rows("SELECT CAST(to_jsonb(c) AS text) AS text FROM api_client c")
    assert client["client_secret"] not in rows[0].text
    assert client["scopes"] == sorted(clients.DEFAULT_SCOPES)


@pytest.mark.parametrize("way", ["form", "json", "basic"])
async def test_token_is_given_for_the_secret(world, client, way):
    proof = {name: client[name] for name in ("client_id", "client_secret")}
    grant = {"grant_type": "client_credentials", "scope": "applications:read"}
    if way == "form":
        answer = await world.http.post("/oauth/token", data=grant | proof)
    elif way == "json":
        answer = await world.http.post("/oauth/token", json=grant | proof)
    else:
        pair = base64.b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
        answer = await world.http.post("/oauth/token", data=grant, headers={"authorization": f"Basic {pair}"})
    assert (answer.status_code, answer.json()["scope"]) == (200, "applications:read")
    assert answer.headers["cache-control"] == "no-store"
    keys = jwt.PyJWKSet.from_dict(await world.get("/.well-known/jwks.json", NOBODY))
    token = answer.json()["access_token"]
    by_the_world: Options = {"verify_exp": False, "verify_iat": False}  # the library knows the machine's clock only
    claims = jwt.decode(token, keys.keys[0].key, ["EdDSA"], by_the_world, audience="kaozheng")
    assert claims["exp"] - world.clock.now().timestamp() == answer.json()["expires_in"]
    assert claims["sub"] == client["client_id"]
    assert (await world.ask("/v1/plans", bearer(token))).status_code == 200
    assert (await world.send("/v1/batches", None, bearer(token))).status_code == 403


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "applications:review"}, 400, "invalid_scope"),
    ],
)
async def test_token_is_refused(world, client, change, status, error):
    proof = {name: client[name] for name in ("client_id", "client_secret")}
    answer = await world.http.post("/oauth/token", data={"grant_type": "client_credentials"} | proof | change)
    assert (answer.status_code, answer.json()) == (status, {"error": error})


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[]", b"{"])
async def test_unreadable_token_request_is_refused(world, body):
    answer = await world.http.post("/oauth/token", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_client_may_not_get_scopes_of_the_body(world):
    made = await world.post("/v1/institutions", {"name": "示范学院", "region": "330100"})
    body = {"label": "x", "scopes": ["applications:review"]}
    answer = await world.send(f"/v1/institutions/{made['id']}/clients", body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "scope_not_allowed")


async def test_institution_is_created_once_per_key_and_listed(world):
    caller = world.staff | {"idempotency-key": "same"}
    body = {"name": "示范学院", "region": "330100"}
    first = await world.send("/v1/institutions", body, caller)
    again = await world.send("/v1/institutions", body, caller)
    assert first.json() == again.json()
    listed = await world.get("/v1/institutions")
    assert [each["id"] for each in listed["items"]] == [first.json()["id"]]
    missing = "01920000-0000-7000-8000-000000000000"
    answer = await world.send(f"/v1/institutions/{missing}/clients", {"label": "x"})
    assert answer.status_code == 404
