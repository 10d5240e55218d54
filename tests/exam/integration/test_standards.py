"""Standards over HTTP: what there is, in which editions, and what is not stated."""

import json

import pytest

from shared.standards import load_standard
from shared.standards.documents import to_json
from tests.worlds.callers import NOBODY
from tests.worlds.exam import SCHOOL, World

pytestmark = pytest.mark.integration


async def test_list_says_what_is_stated_and_what_is_not(world: World) -> None:
    found = {each["code"]: each for each in (await world.get("/v1/standards"))["items"]}
    levels = {level["level"]: level for level in found["xb2b"]["levels"]}
    assert [(name, each["units"], each["tasks"], each["requirements"]) for name, each in levels.items()] == [
        ("junior", 2, 4, 12),
        ("intermediate", 4, 8, 20),
        ("senior", 3, 6, 23),
    ]
    assert found["xb2b"]["complete"]
    assert found["xb2b"]["requirements"] == 55
    junior, *higher = found["kjdzsw"]["levels"]
    assert (junior["assessed_by"], junior["complete"], junior["complete_units"]) == ("one_unit", False, 3)
    assert {(each["complete"], each["units"]) for each in higher} == {(False, 0)}
    assert not found["kjdzsw"]["complete"]


async def test_a_standard_is_given_as_it_is_exported(world: World) -> None:
    answer = await world.ask("/v1/standards/xb2b")
    assert answer.text == to_json(load_standard("xb2b"))
    assert answer.headers["content-type"] == "application/json"
    requirement = answer.json()["levels"][0]["units"][0]["tasks"][0]["requirements"][0]
    assert (requirement["code"], requirement["clause"], requirement["level"]) == (
        "xb2b:junior:1.1.1",
        "1.1.1",
        "junior",
    )


async def test_what_the_caller_has_is_not_sent_again(world: World) -> None:
    first = await world.ask("/v1/standards/xb2b")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = await world.ask("/v1/standards/xb2b", world.staff | {"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await world.ask("/v1/standards/kjdzsw", world.staff | {"if-none-match": tag})
    assert other.status_code == 200
    assert "no-cache" in first.headers["cache-control"]


async def test_a_new_edition_is_seen_without_a_restart(world: World) -> None:
    before = await world.ask("/v1/standards/xb2b")
    world.put_edition("2.0", title="新版标准")
    after = await world.ask("/v1/standards/xb2b", world.staff | {"if-none-match": before.headers["etag"]})
    assert (after.status_code, after.json()["edition"], after.json()["title"]) == (200, "2.0", "新版标准")
    old = await world.get("/v1/standards/xb2b", edition="undated")
    assert old == before.json()
    [listed] = [each for each in (await world.get("/v1/standards"))["items"] if each["code"] == "xb2b"]
    assert (listed["edition"], listed["editions"]) == ("2.0", ["2.0", "undated"])


async def test_a_broken_file_is_named_and_hides_nothing(world: World) -> None:
    (world.folder / "standards").mkdir(parents=True)
    (world.folder / "standards" / "other@1.yaml").write_text("code: other\n")
    found = await world.get("/v1/standards")
    assert [each["code"] for each in found["items"]] == ["kjdzsw", "xb2b"]
    [broken] = found["broken"]
    assert "other@1.yaml" in broken["zh"]
    assert "other@1.yaml" in broken["en"]
    school = await world.get("/v1/standards", world.caller("applications:read", institution=SCHOOL))
    assert (school["broken"], school["items"]) == ([], found["items"])  # how the operator's folder looks is not theirs


async def test_a_requirement_is_given_in_the_edition_that_is_asked_for(world: World) -> None:
    place = "/v1/requirements/xb2b:junior:1.1.1"
    before = await world.get(place)
    data = load_standard("xb2b").model_dump(mode="json")
    data["levels"][0]["units"][0]["tasks"][0]["requirements"][0]["description"] = "新版的要求"
    world.put_edition("2.0", levels=data["levels"])
    assert (await world.get(place))["requirement"]["description"] == "新版的要求"
    assert await world.get(place, edition="undated") == before
    unknown = await world.ask(place, edition="9")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:kaozheng:problem:requirement-unknown")


async def test_editions_are_compared(world: World) -> None:
    data = json.loads(to_json(load_standard("xb2b")))
    data["levels"][0]["units"][0]["tasks"][0]["requirements"][0]["description"] = "会拍照。"
    world.put_edition("2.0", levels=data["levels"])
    found = await world.get("/v1/standards/xb2b/difference?from=undated&to=2.0")
    assert "xb2b:junior:1.1.1" in [each["key"] for each in found["changed"]]
    assert (found["added"], found["dropped"]) == ([], [])
    same = await world.get("/v1/standards/xb2b/difference?from=2.0&to=2.0")
    assert same["same"] is True


async def test_a_level_comes_with_what_it_includes_if_asked(world: World) -> None:
    alone = await world.get("/v1/standards/xb2b/levels/intermediate")
    assert alone["covered"] is None
    assert len(alone["level"]["units"]) == 4
    whole = await world.get("/v1/standards/xb2b/levels/intermediate", covered=True)
    assert [each["level"] for each in whole["covered"]] == ["junior"] * 12
    highest = await world.get("/v1/standards/xb2b/levels/senior", covered=True)
    assert len(highest["covered"]) == 32
    not_stated = await world.get("/v1/standards/kjdzsw/levels/senior", covered=True)
    assert not_stated["covered"] == []


async def test_requirements_are_searched_page_by_page(world: World) -> None:
    whole = await world.get("/v1/requirements", q="数据", limit=100)
    pages: list[dict] = []
    cursor = None
    while cursor is not None or not pages:
        page = await world.get("/v1/requirements", q="数据", limit=3, **({"cursor": cursor} if cursor else {}))
        pages += page["items"]
        cursor = page["next_cursor"]
    assert pages == whole["items"]
    assert len(pages) > 6
    assert {each["kind"] for each in pages} == {"requirement"}
    narrow = await world.get("/v1/requirements", q="数据", level="senior", standard="xb2b", limit=100)
    assert {(each["standard"], each["level"]) for each in narrow["items"]} == {("xb2b", "senior")}
    assert 0 < len(narrow["items"]) < len(pages)
    assert (await world.get("/v1/requirements", q="kjdzsw:junior:purchasing:B"))["items"][0]["clause"] == "B"
    assert (await world.get("/v1/requirements", q="绝无此词"))["items"] == []


async def test_a_requirement_is_given_in_its_place(world: World) -> None:
    found = await world.get("/v1/requirements/xb2b:junior:2.2.3")
    assert (found["level"], found["unit"]["clause"], found["task"]["clause"]) == ("junior", "2", "2.2")
    assert found["requirement"]["clause"] == "2.2.3"
    missing = await world.ask("/v1/requirements/xb2b:junior:9.9.9")
    assert (missing.status_code, missing.json()["type"]) == (404, "urn:kaozheng:problem:requirement-unknown")


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/standards/nothing", 404, "standard-unknown"),
        ("/v1/standards/xb2b?edition=9", 404, "standard-unknown"),
        ("/v1/standards/xb2b/difference?from=undated&to=9", 404, "standard-unknown"),
        ("/v1/standards/xb2b/levels/expert", 422, "invalid"),
        ("/v1/standards/kjdzsw/levels/senior/blueprint", 422, "unit-refused"),
        ("/v1/requirements", 422, "invalid"),
        ("/v1/requirements?q=x&cursor=WyItMSJd", 422, "cursor-invalid"),
        ("/v1/blueprints/nothing", 404, "blueprint-unknown"),
    ],
)
async def test_what_is_not_there_is_refused(world: World, path: str, status: int, slug: str) -> None:
    answer = await world.ask(path)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:kaozheng:problem:{slug}")


async def test_schools_read_standards_and_strangers_do_not(world: World) -> None:
    school = world.caller("applications:read", institution=SCHOOL)
    for path in ("/v1/standards", "/v1/standards/xb2b", "/v1/requirements?q=单证", "/v1/blueprints"):
        assert (await world.ask(path, school)).status_code == 200
        assert (await world.ask(path, NOBODY)).status_code == 401
        assert (await world.ask(path, world.caller("marks:write"))).status_code == 403
