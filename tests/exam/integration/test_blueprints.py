"""Blueprints of plans: chosen, checked twice, frozen for good, and numbered without a race."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from services.exam.application.freezing import freeze
from shared.standards import Blueprint, default_blueprint, load_standard, parse_blueprint, template
from tests.worlds.exam import World, plan_body
from tests.worlds.payloads import NOW
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration

EXAMPLE = (Path(__file__).parents[3] / "examples" / "blueprint-xb2b-junior.yaml").read_text("utf-8")
CODE = "xb2b-junior-lamp-exporter"
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
PURCHASING = {"standard": "kjdzsw", "unit": "kjdzsw:junior:purchasing"}


async def publish(world: World, plan: dict) -> dict:
    return await world.post(f"/v1/plans/{plan['id']}/publish")


async def refusal(world: World, path: str, body: dict | None = None) -> dict:
    answer = await world.send(path, body)
    assert answer.status_code in {404, 409, 422}, answer.text
    return answer.json()


async def test_a_plan_takes_the_authored_blueprint_it_asks_for(world: World) -> None:
    world.put_blueprint(EXAMPLE)
    plan = await world.draft(blueprint={"code": CODE, "version": 1}, edition="undated")
    assert (plan["blueprint_code"], plan["blueprint_version"], plan["edition"]) == (CODE, 1, "undated")
    published = await publish(world, plan)
    [event] = await world.payloads("plan_published")
    assert event["blueprint"] == published["blueprint"]
    assert Blueprint.model_validate(event["blueprint"]) == parse_blueprint(EXAMPLE, "example.yaml")
    assert (await world.get(f"/v1/plans/{plan['id']}"))["state"] == "entry_open"


async def test_without_a_version_the_newest_at_publication_is_frozen(world: World) -> None:
    world.put_blueprint(EXAMPLE)
    plan = await world.draft(blueprint={"code": CODE})
    world.put_blueprint(EXAMPLE.replace("version: 1", "version: 2").replace("tolerance: 6", "tolerance: 7"), "new.yaml")
    published = await publish(world, plan)
    assert (published["blueprint"]["version"], published["blueprint"]["components"][0]["marking"]["tolerance"]) == (
        2,
        "7",
    )
    assert (published["blueprint_code"], published["blueprint_version"]) == (CODE, None)


async def test_nothing_older_is_frozen_because_the_newest_is_broken(world: World) -> None:
    world.put_blueprint(EXAMPLE)
    by_version, derived = await world.draft(blueprint={"code": CODE}), await world.draft()
    pinned = await world.draft(blueprint={"code": CODE, "version": 1}, edition="undated")
    (world.folder / "blueprints" / f"{CODE}@2.yaml").write_text("code: broken\n")
    (world.folder / "standards").mkdir(exist_ok=True)
    (world.folder / "standards" / "xb2b@2030.yaml").write_text("code: xb2b\n")
    for plan, file in ((by_version, f"{CODE}@2.yaml"), (derived, "xb2b@2030.yaml")):
        refused = await refusal(world, f"/v1/plans/{plan['id']}/publish")
        assert file in refused["detail"]
    await publish(world, pinned)


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"level": "intermediate"}, {"/level"}),
        ({"level": "senior", "edition": "2.0"}, {"/level", "/edition"}),
        (PURCHASING, {"/standard", "/unit"}),
    ],
)
async def test_a_blueprint_that_does_not_fit_the_plan_is_refused(world: World, change: dict, places: set) -> None:
    world.put_blueprint(EXAMPLE)
    body = plan_body([await world.site()]) | {"blueprint": {"code": CODE}} | change
    refused = await refusal(world, "/v1/plans", body)
    assert refused["type"] == "urn:kaozheng:problem:blueprint-unfit"
    assert {error["pointer"] for error in refused["errors"]} == places


async def test_a_blueprint_of_components_for_which_there_are_no_sessions_is_refused(world: World) -> None:
    world.put_blueprint(EXAMPLE.replace("  - code: interview\n    title: 面试", "  - code: oral\n    title: 面试"))
    refused = await refusal(world, "/v1/plans", plan_body([await world.site()]) | {"blueprint": {"code": CODE}})
    assert [(each["pointer"], each["code"]) for each in refused["errors"]] == [
        ("/blueprint", "components-not-examined")
    ]


async def test_components_may_stand_in_any_order(world: World) -> None:
    practical, interview = EXAMPLE.index("  - code: practical\n"), EXAMPLE.index("  - code: interview\n    title: 面试")
    end = EXAMPLE.index("\n\n# 其余规则")
    head, rest = EXAMPLE[:practical], EXAMPLE[end:]
    world.put_blueprint(head + EXAMPLE[interview:end] + "\n" + EXAMPLE[practical:interview] + rest)
    plan = await world.draft(blueprint={"code": CODE})
    assert [each["code"] for each in plan["blueprint"]["components"]] == ["interview", "practical"]


async def test_a_blueprint_that_misses_a_requirement_is_refused_with_the_place(world: World) -> None:
    world.put_blueprint(EXAMPLE.replace('["xb2b:junior:1.2.3"]', '["xb2b:junior:1.2.2"]').replace(
        '"xb2b:junior:1.2.2", "xb2b:junior:1.2.3"', '"xb2b:junior:1.2.2"'
    ))  # fmt: skip
    body = plan_body([await world.site()]) | {"blueprint": {"code": CODE}}
    refused = await refusal(world, "/v1/plans", body)
    assert refused["type"] == "urn:kaozheng:problem:blueprint-invalid"
    assert [error["code"] for error in refused["errors"]] == ["requirement-not-assessed"]


async def test_unknown_blueprints_and_editions_are_refused(world: World) -> None:
    body = plan_body([await world.site()])
    unknown = await refusal(world, "/v1/plans", body | {"blueprint": {"code": "nothing"}})
    assert unknown["type"] == "urn:kaozheng:problem:blueprint-unknown"
    edition = await refusal(world, "/v1/plans", body | {"edition": "1999"})
    assert edition["type"] == "urn:kaozheng:problem:standard-unknown"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"unit": None}, "须选择以下单元之一"),
        ({"unit": "kjdzsw:junior:visual-design"}, "技能要求不完整，请先导入标准全文"),
        ({"level": "senior", "unit": None}, "未列出高级的职业技能要求，请先导入标准全文"),
    ],
)
async def test_what_the_source_does_not_state_is_refused_with_the_reason(
    world: World, change: dict, reason: str
) -> None:
    refused = await refusal(world, "/v1/plans", plan_body([await world.site()]) | PURCHASING | change)
    assert refused["type"] == "urn:kaozheng:problem:unit-refused"
    assert reason in refused["detail"]


async def test_a_unit_that_is_complete_is_examined_alone(world: World) -> None:
    plan = await publish(world, await world.draft(**PURCHASING))
    assert plan["blueprint"]["code"] == plan["blueprint"]["unit"] == PURCHASING["unit"]
    [event] = await world.payloads("plan_published")
    assert (event["unit"], event["blueprint"]["edition"]) == (PURCHASING["unit"], "2023")
    read = Blueprint.model_validate(event["blueprint"])
    assert read.requirements == tuple(f"{PURCHASING['unit']}:{letter}" for letter in "ABC")


async def test_a_version_once_frozen_cannot_get_another_content(world: World) -> None:
    world.put_blueprint(EXAMPLE)
    await publish(world, await world.draft(blueprint={"code": CODE}))
    second = await world.draft(blueprint={"code": CODE})
    world.put_blueprint(EXAMPLE.replace("tolerance: 6", "tolerance: 7"))
    refused = await refusal(world, f"/v1/plans/{second['id']}/publish")
    assert refused["type"] == "urn:kaozheng:problem:blueprint-changed"
    assert "version 加 1" in refused["detail"]
    assert (await world.get(f"/v1/plans/{second['id']}"))["state"] == "draft"
    world.put_blueprint(EXAMPLE.replace("tolerance: 6", "tolerance: 7").replace("version: 1", "version: 2"))
    assert (await publish(world, second))["blueprint"]["version"] == 2
    shown = await world.get(f"/v1/blueprints/{CODE}", version=1)
    assert (shown["blueprint"]["components"][0]["marking"]["tolerance"], shown["in_catalogue"]) == ("6", False)


async def test_a_derived_version_rises_with_the_content_and_returns_with_it(world: World) -> None:
    versions = []
    for edition in ("undated", "undated", "2.0", "undated", "2.0"):
        world.put_edition("2.0", title="新版标准")
        versions.append((await publish(world, await world.draft(edition=edition)))["blueprint"]["version"])
    assert versions == [1, 1, 2, 1, 2]


async def test_two_publications_at_once_get_the_versions_of_their_contents(world: World) -> None:
    world.put_edition("2.0", title="新版标准")
    plans = [await world.draft(edition=edition) for edition in ("undated", "2.0") * 4]
    published = await asyncio.gather(*(publish(world, plan) for plan in plans))
    versions = [each["blueprint"]["version"] for each in published]
    assert sorted(set(versions)) == [1, 2]
    assert versions == versions[:2] * 4
    rows = await world.rows("SELECT version FROM blueprint_version ORDER BY version")
    assert [row.version for row in rows] == [1, 2]


async def test_who_freezes_second_waits_and_finds_what_the_first_has_frozen(world: World) -> None:
    derived = default_blueprint(load_standard("xb2b"), "junior")
    open_work: Any = world.service.work

    async def second() -> Blueprint:
        async with open_work() as work:
            return await freeze(work, derived, NOW)

    async with asyncio.TaskGroup() as group, open_work() as first:
        mine = await freeze(first, derived, NOW)
        waiting = group.create_task(second())
        await until("the second waits", lambda: world.rows(WAITING))
        assert not waiting.done()
    assert mine.version == waiting.result().version == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE blueprint_version SET version = 9",
        "UPDATE blueprint_version SET body = '{}'",
        "DELETE FROM blueprint_version",
        "TRUNCATE blueprint_version",
    ],
)
async def test_nobody_changes_what_is_frozen_not_even_the_owner(world: World, statement: str) -> None:
    await publish(world, await world.draft())
    for url in (world.service.settings.database_url, world.service.settings.database_owner_url):
        engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
        with pytest.raises(DBAPIError, match=r"a frozen blueprint never changes|permission denied"):
            async with engine.begin() as connection:
                await connection.execute(text(statement))
        await engine.dispose()
    assert len(await world.rows("SELECT 1 FROM blueprint_version")) == 1


async def test_lists_say_where_a_blueprint_is(world: World) -> None:
    world.put_blueprint(EXAMPLE)
    await publish(world, await world.draft(blueprint={"code": CODE}))
    await publish(world, await world.draft(**PURCHASING))
    world.put_blueprint(EXAMPLE.replace("tolerance: 6", "tolerance: 7"))
    world.put_blueprint(template(load_standard("xb2b"), "senior"), "senior.yaml")
    listed = (await world.get("/v1/blueprints"))["items"]
    marks = [
        (each["code"], each["derived"], each["in_catalogue"], each["frozen_at"] is not None, each["file_differs"])
        for each in listed
    ]
    assert marks == [
        ("kjdzsw:junior:purchasing", True, False, True, False),
        (CODE, False, True, True, True),
        ("xb2b-senior", False, True, False, False),
    ]
    assert (listed[1]["components"][0]["points"], listed[1]["requirements"]) == ("100", 12)
    first = await world.get("/v1/blueprints", limit=1)
    rest = await world.get("/v1/blueprints", limit=5, cursor=first["next_cursor"])
    assert first["items"] + rest["items"] == listed
    senior = await world.get("/v1/blueprints", standard="xb2b", level="senior")
    assert [each["code"] for each in senior["items"]] == ["xb2b-senior"]


async def test_the_derived_blueprint_can_be_read_before_there_is_a_plan(world: World) -> None:
    found = await world.get("/v1/standards/kjdzsw/levels/junior/blueprint", unit=PURCHASING["unit"])
    expected = default_blueprint(load_standard("kjdzsw"), "junior", PURCHASING["unit"])
    assert Blueprint.model_validate(found) == expected


async def test_production_examines_by_an_authored_blueprint_only(make_world) -> None:
    key = base64.b64encode(b"k" * 32).decode()
    production = {"environment": "production", "sealing_keys": {"k": key}, "sealing_active": "k", "index_key": key}
    world: World = await make_world("exam", **production)
    site = await world.site()
    refused = await refusal(world, "/v1/plans", plan_body([site]))
    assert refused["errors"][0]["pointer"] == "/blueprint"
    world.put_blueprint(EXAMPLE)
    await world.post("/v1/plans", plan_body([site]) | {"blueprint": {"code": CODE}})
