"""Nobody passes a door without its scope, and no school sees or changes what is another's."""

import base64
import json
from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from shared.web import auth
from tests.hostile.bodies import BODIES
from tests.hostile.doors import DOORS, GUARDED, HIDDEN
from tests.hostile.rig import SCOPES, Live, Rig
from tests.hostile.seeds import OTHER, OWN

pytestmark = pytest.mark.integration

NOBODY = UUID(int=99)
DOOR = pytest.mark.parametrize(
    ("service", "method", "path", "scopes"), GUARDED, ids=[f"{each[0]}-{each[1]}-{each[2]}" for each in GUARDED]
)


def good(live: Live, method: str, path: str) -> dict:
    """Return what a request needs beside its token, so that nothing but the token can be wrong with it."""
    needed = live.document["paths"][path][method.lower()].get("parameters", [])
    query = {each["name"]: live.known[each["name"]] for each in needed if each["in"] == "query" and each["required"]}
    if path == "/v1/batches" and method == "POST":
        return {"params": query, "content": "姓名,证件类型,证件号码\n"}
    return {"params": query, "json": BODIES[live.name].get((method, path))}


def test_every_route_is_in_the_matrix(live: Live) -> None:
    assert set(live.operations()) == DOORS[live.name].keys()


def test_only_known_routes_are_left_out_of_the_document(live: Live) -> None:
    routes = [route for router in live.service.routers for route in router.routes]
    hidden = {route.path for route in routes if isinstance(route, APIRoute) and not route.include_in_schema}
    assert hidden == HIDDEN.get(live.name, set())


@DOOR
def test_without_a_token_nothing_opens(rig: Rig, service: str, method: str, path: str, scopes: frozenset[str]) -> None:
    live = rig[service]
    forged = live.headers(scopes)["authorization"][:-4] + "AAAA"
    for header in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp5"}, {"authorization": forged}):
        answer = live.request(method, live.fill(path), **good(live, method, path), headers=header)
        assert answer.status_code == 401, answer.text
        assert answer.headers["www-authenticate"] == "Bearer"


@DOOR
def test_every_other_scope_together_does_not_open_it(
    rig: Rig, service: str, method: str, path: str, scopes: frozenset[str]
) -> None:
    live = rig[service]
    for url in (live.fill(path), path.format_map(dict.fromkeys(names_in(path), NOBODY))):
        for institution in (None, OWN):
            headers = live.headers(SCOPES - scopes, institution)
            answer = live.request(method, url, **good(live, method, path), headers=headers)
            assert (answer.status_code, answer.json()["type"]) == (403, "urn:kaozheng:problem:missing-scope")


@DOOR
def test_each_of_its_scopes_opens_it(rig: Rig, service: str, method: str, path: str, scopes: frozenset[str]) -> None:
    live = rig[service]
    for scope in scopes:
        missing = path.format_map(dict.fromkeys(names_in(path), NOBODY))
        headers = [live.headers({scope}), live.headers({scope}, OTHER)]
        answers = [live.request(method, missing, **good(live, method, path), headers=each) for each in headers]
        assert not any(answer.status_code in {401, 500} for answer in answers)
        assert any(
            answer.json().get("type") != "urn:kaozheng:problem:missing-scope" for answer in answers if answer.text
        )


def names_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


#: Routes about one thing of a school: to another school it is not there.
TENANT = [
    ("registration", "GET", "/v1/applications/{application_id}"),
    ("registration", "PUT", "/v1/applications/{application_id}"),
    ("registration", "POST", "/v1/applications/{application_id}/withdraw"),
    ("registration", "GET", "/v1/batches/{batch_id}"),
    ("registration", "GET", "/v1/batches/{batch_id}/errors"),
    ("registration", "GET", "/v1/batches/{batch_id}/errors.csv"),
    ("certificate", "GET", "/v1/certificates/{certificate_id}"),
]
#: Every route about one thing that needs a scope of the certifying body; a school's token cannot carry such a scope.
BODYS = [
    (service, method, path)
    for service, method, path, scopes in GUARDED
    if scopes <= auth.BODY_ONLY and ("{" in path or method != "GET")
]
LISTS = [
    ("registration", "/v1/applications"),
    ("registration", "/v1/batches"),
    ("exam", "/v1/tickets"),
    ("certificate", "/v1/certificates"),
]


def state(live: Live) -> str:
    """Return all that the database holds of the school's things."""
    tables = {
        "registration": ["application", "batch", "api_client", "outbox"],
        "certificate": ["certificate", "outbox"],
    }
    return json.dumps(
        [str(row) for table in tables[live.name] for row in live.rows(f"SELECT * FROM {table} ORDER BY 1")]
    )


@pytest.mark.parametrize(("service", "method", "path"), TENANT)
def test_another_schools_thing_is_not_there_whatever_the_token_may_do(
    rig: Rig, service: str, method: str, path: str
) -> None:
    live = rig[service]
    before = state(live)
    headers = live.headers(SCOPES, OTHER) | {"if-match": '"1"'}
    answer = live.request(method, live.fill(path), **good(live, method, path), headers=headers)
    assert answer.status_code == 404, answer.text
    assert not any(value in answer.text for name, value in live.known.items() if name != "plan_id")
    assert state(live) == before


@pytest.mark.parametrize(("service", "method", "path"), BODYS)
def test_no_school_does_the_bodys_work_whatever_its_token_says(rig: Rig, service: str, method: str, path: str) -> None:
    live = rig[service]
    answer = live.request(method, live.fill(path), **good(live, method, path), headers=live.headers(SCOPES, OWN))
    assert answer.status_code == 403, answer.text


@pytest.mark.parametrize(("service", "path"), LISTS)
def test_a_list_holds_ones_own_things_only(rig: Rig, service: str, path: str) -> None:
    live = rig[service]
    query = {"plan_id": live.known["plan_id"]} if "batches" not in path else {}
    own, other = (
        live.request("GET", path, params=query, headers=live.headers(SCOPES, who)).json()["items"]
        for who in (OWN, OTHER)
    )
    assert (len(own), other) == (1, [])


@pytest.mark.parametrize(("service", "path"), LISTS)
def test_a_cursor_of_ones_own_making_shows_nothing_more(rig: Rig, service: str, path: str) -> None:
    live = rig[service]
    cursor = base64.urlsafe_b64encode(json.dumps([str(UUID(int=0))]).encode()).rstrip(b"=").decode()
    query = {"cursor": cursor, "plan_id": live.known["plan_id"]}
    answer = live.request("GET", path, params=query, headers=live.headers(SCOPES, OTHER))
    assert answer.json()["items"] == []


def test_a_school_counts_only_its_own_certificates(rig: Rig) -> None:
    live, counts = rig["certificate"], []
    for who in (OWN, OTHER, None):
        query = {"plan_id": live.known["plan_id"]}
        answer = live.request("GET", "/v1/certificates/summary", params=query, headers=live.headers(SCOPES, who))
        counts.append(answer.json()["issued"])
    assert counts == [1, 0, 1]


def test_a_school_decides_on_nobody(rig: Rig) -> None:
    live = rig["registration"]
    before = state(live)
    item = {"application_id": live.known["application_id"], "version": 1, "decision": "admit"}
    for who in (OWN, OTHER):
        body = {"items": [item]}
        answer = live.request("POST", "/v1/applications/decisions", json=body, headers=live.headers(SCOPES, who))
        assert answer.status_code == 403
    assert state(live) == before


def test_an_idempotency_key_replays_nothing_to_another(rig: Rig) -> None:
    live = rig["registration"]
    key = {"idempotency-key": "the-same-for-both", "content-type": "text/csv"}
    content = "姓名,证件类型,证件号码\n王五,护照,E12345678\n"
    answers = [
        live.request(
            "POST", "/v1/batches", params={"plan_id": live.known["plan_id"]}, content=content,
            headers=live.headers(SCOPES, who) | key,
        )
        for who in (UUID(int=501), UUID(int=502))
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] != answers[1].json()["id"]
