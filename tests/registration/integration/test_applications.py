"""Single applications, the reviewer's desk, and what is published of it."""

import base64
import json
from datetime import timedelta

import pytest

from kaozheng.demo import batches
from shared import ids
from tests.worlds.payloads import seat_plan_sealed
from tests.worlds.registration import decision, institution_of, single


async def decide(world, *items):
    return await world.post("/v1/applications/decisions", {"items": items})


async def test_single_application_is_stored_masked_and_once(world):
    school, plan_id = await world.school(), await world.plan()
    made = await world.post("/v1/applications", single(plan_id, 1), school)
    number = batches.resident_number(1)
    assert made["status"] == "submitted"
    assert made["person"]["name"] == "张*"
    assert made["person"]["document_number"] == f"{number[:4]}**********{number[-4:]}"
    assert made["person"]["phone"] == "138****0001"
    answer = await world.send("/v1/applications", single(plan_id, 1), school)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:already-applied")


async def test_every_fault_of_a_single_application_is_located(world):
    school, plan_id = await world.school(), await world.plan(requires_materials=True)
    body = single(plan_id, 1, name="", document_number="230103199902290018")
    answer = await world.send("/v1/applications", body, school)
    found = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert answer.status_code == 422
    assert found == {
        "/person/name": "required",
        "/person/document_number": "impossible_date",
        "/materials": "materials_required",
    }
    assert "230103199902290018" not in answer.text


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"phone": "12345"}, "/person/phone", "bad_phone"),
        ({"document_type": "passport", "document_number": "E12345678"}, "/person/document_issuer", "issuer_required"),
    ],
)
async def test_who_hands_in_one_is_there_to_correct_what_a_batch_would_leave_out(world, change, pointer, code):
    school, plan_id = await world.school(), await world.plan()
    answer = await world.send("/v1/applications", single(plan_id, 1, **change), school)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code)


async def test_a_passport_is_shown_with_its_state(world):
    school, plan_id = await world.school(), await world.plan()
    passport = {"document_type": "护照", "document_number": "e1234 5678", "document_issuer": "韩国"}
    made = await world.post("/v1/applications", single(plan_id, 1, **passport), school)
    assert made["person"]["document_issuer"] == "KOR"
    shown = await world.get(f"/v1/applications/{made['id']}", world.staff, unmask=True)
    assert (shown["person"]["document_number"], shown["person"]["document_issuer"]) == ("E12345678", "KOR")


async def test_unmasked_read_needs_its_scope_and_leaves_a_record(world):
    school, plan_id = await world.school(), await world.plan()
    made = await world.post("/v1/applications", single(plan_id, 1), school)
    path = f"/v1/applications/{made['id']}"
    answer = await world.ask(path, school, unmask=True)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:kaozheng:problem:missing-scope")
    shown = await world.get(path, world.staff, unmask=True)
    assert shown["person"]["document_number"] == batches.resident_number(1)
    audited = await world.rows("SELECT actor, subject FROM audit WHERE action = 'person.unmasked'")
    assert [tuple(row) for row in audited] == [("officer", made["id"])]


async def test_decisions_are_published_once_with_the_person_sealed(world):
    school, plan_id = await world.school(), await world.plan()
    one, two, three = await world.applicants(school, plan_id, 3)
    items = [
        decision(one, "admit"),
        decision(two, "refuse", reason_code="materials_mismatch", comment="材料与条件不符"),
        decision(three, "return", reason_code="photo_unclear"),
    ]
    reply = await decide(world, *items)
    assert [item["status"] for item in reply["items"]] == ["admitted", "refused", "returned"]
    again = await decide(world, *items)
    assert again == reply
    found = {event.key: event for event in await world.published()}
    assert set(found) == {one["id"], two["id"]}
    admitted = found[one["id"]]
    assert (admitted.type, admitted.version) == ("registration.application_admitted.v1", 1)
    assert str(admitted.journey_id) == one["journey_id"]
    assert admitted.payload["institution_id"] == str(institution_of(school))
    sealer = world.service.settings.sealer()
    person = json.loads(sealer.open(base64.b64decode(admitted.payload["person"]), "person"))
    assert set(person) == {"name", "document_type", "document_number", "phone"}
    assert person["name"] == "张三"
    assert found[two["id"]].payload["reason_code"] == "materials_mismatch"
    shown = await world.get(f"/v1/applications/{two['id']}", school)
    assert (shown["status"], shown["comment"]) == ("refused", "材料与条件不符")
    assert [entry["stage"] for entry in shown["timeline"]] == ["submitted", "refused"]
    audited = await world.rows("SELECT actor, subject FROM audit WHERE action = 'application.decided'")
    assert {tuple(row) for row in audited} == {("officer", each["id"]) for each in (one, two, three)}


async def test_items_that_cannot_be_decided_are_named_and_the_others_stand(world):
    school, plan_id = await world.school(), await world.plan()
    one, two, three = await world.applicants(school, plan_id, 3)
    await decide(world, decision(three, "refuse", reason_code="duplicate"))
    items = [
        decision(one, "admit"),
        decision(one, "admit"),
        decision(two, "admit") | {"version": 7},
        decision(three, "admit") | {"version": 3},
        {"application_id": str(ids.new_id()), "version": 1, "decision": "admit"},
    ]
    reply = await decide(world, *items)
    assert (reply["ok"], reply["failed"]) == (1, 4)
    assert [item.get("error", {}).get("code") for item in reply["items"]] == [
        None,
        "repeated-item",
        "version-mismatch",
        "step-not-allowed",
        "not-found",
    ]


async def test_five_thousand_decisions_take_a_constant_number_of_statements(world):
    school, plan_id = await world.school(), await world.plan()
    waiting = await world.applicants(school, plan_id, 900)
    with world.statements() as run:
        reply = await decide(world, *[decision(each, "admit") for each in waiting])
    assert reply["ok"] == 900
    assert len(run) <= 8, run  # the key and its answer, lock, update, outbox, and three of the audit trail
    assert len(await world.published()) == 900


async def test_returned_application_is_corrected_at_its_version(world):
    school, plan_id = await world.school(), await world.plan()
    one, two = await world.applicants(school, plan_id, 2)
    reply = await decide(world, decision(one, "return", reason_code="name_wrong"))
    path, body = f"/v1/applications/{one['id']}", single(plan_id, 1, name="章三")
    del body["plan_id"]
    stale = await world.http.put(path, json=body, headers=school | {"if-match": '"1"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:kaozheng:problem:version-mismatch")
    assert (await world.http.put(path, json=body, headers=school)).status_code == 412
    match = {"if-match": f'"{reply["items"][0]["version"]}"'}
    taken = single(plan_id, 2) | {"materials": []}
    del taken["plan_id"]
    answer = await world.http.put(path, json=taken, headers=school | match)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:already-applied")
    answer = await world.http.put(path, json=body, headers=school | match)
    assert (answer.status_code, answer.json()["status"]) == (200, "submitted")
    assert answer.json()["person"]["name"] == "章*"
    assert [entry["stage"] for entry in answer.json()["timeline"]] == ["submitted", "returned", "corrected"]
    other = await world.http.put(f"/v1/applications/{two['id']}", json=body, headers=school | {"if-match": '"1"'})
    assert other.json()["type"] == "urn:kaozheng:problem:step-not-allowed"
    assert (await world.get(f"/v1/applications/{two['id']}", school))["person"]["name"] == "张*"


async def test_withdrawal_is_announced_once_and_frees_the_person(world):
    school, plan_id = await world.school(), await world.plan()
    (one,) = await world.applicants(school, plan_id, 1)
    await decide(world, decision(one, "admit"))
    for _ in range(2):
        shown = await world.post(f"/v1/applications/{one['id']}/withdraw", None, school)
        assert shown["status"] == "withdrawn"
    assert [(event.type, event.version) for event in await world.published()] == [
        ("registration.application_admitted.v1", 1),
        ("registration.application_withdrawn.v1", 2),
    ]
    await world.post("/v1/applications", single(plan_id, 1), school)


async def test_nobody_enters_or_leaves_once_seats_are_arranged(world):
    school, plan_id = await world.school(), await world.plan()
    one, two = await world.applicants(school, plan_id, 2)
    await decide(world, decision(one, "admit"))
    await world.tell(seat_plan_sealed(plan_id))
    reply = await decide(world, decision(two, "admit"))
    assert reply["items"][0]["error"]["code"] == "plan-arranged"
    answer = await world.send(f"/v1/applications/{one['id']}/withdraw", None, school)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:plan-arranged")
    late = await world.send("/v1/applications", single(plan_id, 9), school)
    assert late.json()["type"] == "urn:kaozheng:problem:entry-closed"


async def test_void_reaches_an_application_in_any_state(world):
    school, plan_id = await world.school(), await world.plan()
    (one,) = await world.applicants(school, plan_id, 1)
    await decide(world, decision(one, "admit"))
    await world.tell(seat_plan_sealed(plan_id))
    shown = await world.post(f"/v1/applications/{one['id']}/void", {"reason_code": "false_materials"})
    assert (shown["status"], shown["reason_code"]) == ("voided", "false_materials")
    event = (await world.published())[-1]
    assert (event.type, event.version) == ("registration.application_voided.v1", 2)
    assert event.payload["reason_code"] == "false_materials"


async def test_reviewer_can_still_decide_after_entry_closed(world):
    school, plan_id = await world.school(), await world.plan()
    (one,) = await world.applicants(school, plan_id, 1)
    await world.plan(plan_id=plan_id, entry_closes_at=world.clock.now() - timedelta(hours=1))
    late = await world.send("/v1/applications", single(plan_id, 9), school)
    assert late.json()["type"] == "urn:kaozheng:problem:entry-closed"
    assert (await decide(world, decision(one, "admit")))["ok"] == 1


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_lists_are_paged_and_filtered(world, limit):
    school, plan_id = await world.school(), await world.plan()
    applications = await world.applicants(school, plan_id, 5)
    await decide(world, decision(applications[0], "admit"))
    found, cursor = [], None
    while True:
        more: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = await world.get("/v1/applications", school, plan_id=plan_id, status="submitted", limit=limit, **more)
        found += [each["id"] for each in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert found == [each["id"] for each in applications[1:]]
