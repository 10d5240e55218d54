"""A school can neither see nor touch what belongs to another, even when it knows the ids."""

import pytest

from tests.worlds.callers import NOBODY
from tests.worlds.registration import csv_of, decision, single


@pytest.fixture
async def scene(world):
    """One school with a batch and an application, and another school."""
    own, other, plan_id = await world.school(), await world.school("另一学院"), await world.plan()
    batch = await world.finished_batch(own, plan_id, csv_of([1]) + "李四,护照,坏,,,,,\n".encode())
    (application,) = (await world.get("/v1/applications", own))["items"]
    return own, other, batch, application


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/batches/{batch}"),
        ("GET", "/v1/batches/{batch}/errors"),
        ("GET", "/v1/batches/{batch}/errors.csv"),
        ("GET", "/v1/applications/{application}"),
        ("POST", "/v1/applications/{application}/withdraw"),
        ("PUT", "/v1/applications/{application}"),
    ],
)
async def test_another_schools_things_are_not_found(world, scene, method, path):
    _, other, batch, application = scene
    body = single(application["plan_id"], 2)
    del body["plan_id"]
    url = path.format(batch=batch["id"], application=application["id"])
    headers = other | {"if-match": '"1"'}
    answer = await world.http.request(method, url, headers=headers, json=body if method == "PUT" else None)
    assert answer.status_code == 404
    assert (await world.rows("SELECT status, version FROM application"))[0] == ("submitted", 1)


@pytest.mark.parametrize("path", ["/v1/batches", "/v1/applications"])
async def test_another_schools_things_are_not_listed(world, scene, path):
    own, other, batch, application = scene
    assert len((await world.get(path, own))["items"]) == 1
    assert (await world.get(path, other))["items"] == []
    filters = {} if path == "/v1/batches" else {"batch_id": batch["id"], "plan_id": application["plan_id"]}
    assert (await world.get(path, other, **filters))["items"] == []


async def test_row_errors_are_bound_to_the_tenant_in_sql(world, scene):
    _, other, batch, _ = scene
    async with world.service.work() as work:
        assert await work.readings.errors(batch["id"], other["x-institution"], (0, -1), 10) == []
        assert len(await work.readings.errors(batch["id"], None, (0, -1), 10)) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/applications/decisions"),
        ("POST", "/v1/applications/{application}/void"),
        ("POST", "/v1/institutions"),
        ("GET", "/v1/institutions"),
    ],
)
async def test_a_school_cannot_do_the_bodys_work(world, scene, method, path):
    own, _, _, application = scene
    url = path.format(application=application["id"])
    body = {"items": [decision(application, "admit")]}
    answer = await world.http.request(method, url, headers=own, json=body if method == "POST" else None)
    assert answer.status_code == 403


async def test_staff_without_review_sees_no_applications_and_uploads_no_batch(world, scene):
    _, _, _, application = scene
    staff = world.caller("applications:read", "applications:write")
    for path in ("/v1/applications", f"/v1/applications/{application['id']}", "/v1/batches"):
        assert (await world.ask(path, staff)).status_code == 403
    assert (await world.upload(staff, application["plan_id"], csv_of([3]))).status_code == 403


async def test_nothing_is_shown_without_a_token(world):
    for path in ("/v1/plans", "/v1/batches", "/v1/applications", "/v1/institutions"):
        assert (await world.ask(path, NOBODY)).status_code == 401
