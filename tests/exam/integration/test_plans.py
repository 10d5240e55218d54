"""Sites and plans over the API."""

from datetime import timedelta

from shared import ids
from tests.worlds.callers import NOBODY
from tests.worlds.exam import MORNING, World, plan_body
from tests.worlds.payloads import NOW


async def test_two_rooms_of_one_name_are_refused_in_words(world: World) -> None:
    rooms = [{"name": name, "stations": 2} for name in ("101", "102", "101 ", "１０２")]
    refused = await world.send("/v1/sites", {"name": "站", "address": "路", "rooms": rooms})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kaozheng:problem:site-invalid")
    errors = refused.json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [
        ("/rooms/2/name", "room_named_twice"),
        ("/rooms/3/name", "room_named_twice"),
    ]
    assert (await world.get("/v1/sites"))["items"] == []


async def test_names_are_kept_in_one_form_and_nothing_invisible_is_a_name(world: World) -> None:
    rooms = [{"name": " １０１\u200b　考场 ", "stations": 2}]
    made = await world.post("/v1/sites", {"name": "\ufeff示范  站点", "address": "路", "rooms": rooms})
    assert (made["name"], made["rooms"][0]["name"]) == ("示范 站点", "101 考场")
    refused = await world.send("/v1/sites", {"name": "\u200b", "address": "路", "rooms": rooms})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")


async def test_a_published_plan_carries_its_frozen_blueprint(world: World) -> None:
    plan_id = await world.plan()
    plan = await world.get(f"/v1/plans/{plan_id}")
    assert plan["state"] == "entry_open"
    [event] = await world.payloads("plan_published")
    assert event["blueprint"] == plan["blueprint"]
    assert event["blueprint"]["derived"] is True
    assert len(event["blueprint"]["components"][0]["tasks"]) == 4


async def test_a_plan_is_published_once(world: World) -> None:
    plan_id = await world.plan()
    again = await world.send(f"/v1/plans/{plan_id}/publish")
    assert again.status_code == 409
    assert again.json()["type"] == "urn:kaozheng:problem:illegal-plan-step"


async def test_a_retried_draft_is_the_same_plan(world: World) -> None:
    body = plan_body([await world.site()])
    key = {"idempotency-key": str(ids.new_id())}
    first, second = [await world.send("/v1/plans", body, world.staff | key) for _ in range(2)]
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert len((await world.get("/v1/plans"))["items"]) == 1


async def test_all_faults_of_a_draft_are_located(world: World) -> None:
    body = plan_body([await world.site()])
    body["sessions"] = [body["sessions"][0] | {"ends_at": MORNING.isoformat()}]
    body["entry_closes_at"] = (NOW - timedelta(days=30)).isoformat()
    refused = await world.send("/v1/plans", body)
    assert refused.status_code == 422
    assert {error["code"] for error in refused.json()["errors"]} == {
        "entry_closes_early",
        "no_interview_session",
        "session_ends_early",
    }


async def test_unknown_sites_standards_and_units_are_refused(world: World) -> None:
    site = await world.site()
    unknown = await world.send("/v1/plans", plan_body([str(ids.new_id())]))
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/sessions/0/site_id")
    standard = await world.send("/v1/plans", plan_body([site]) | {"standard": "nope"})
    assert standard.status_code == 404
    unit = await world.send("/v1/plans", plan_body([site]) | {"unit": "xb2b:junior:1"})
    assert unit.json()["type"] == "urn:kaozheng:problem:unit-refused"


async def test_two_plans_cannot_use_a_site_at_once(world: World) -> None:
    site = await world.site()
    first, second = await world.draft([site]), await world.draft([site])
    await world.post(f"/v1/plans/{first['id']}/publish")
    refused = await world.send(f"/v1/plans/{second['id']}/publish")
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:kaozheng:problem:site-taken"


async def test_scopes_guard_plans(world: World) -> None:
    reader = world.caller("plans:read")
    assert (await world.send("/v1/sites", {}, reader)).status_code == 403
    assert (await world.ask("/v1/plans", NOBODY)).status_code == 401
    assert (await world.get("/v1/plans", reader))["items"] == []
    assert len((await world.get("/v1/sites"))["items"]) == 0
