"""Markers and panels for a plan that is larger than what is drawn at a time."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from services.grading.adapters import interviews, works
from services.grading.adapters.works import SqlWorks
from tests.worlds.grading import World
from tests.worlds.payloads import Candidate, interview_attended, plan_published, work_submitted

pytestmark = pytest.mark.integration

SCHOOL, OTHER = UUID(int=1), UUID(int=2)
MARKERS: dict[str, UUID | None] = dict.fromkeys(("one", "two", "three", "four"))


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> int:
    """Draw three at a time."""
    for module in (works, interviews):
        monkeypatch.setattr(module, "PAGE", 3)
    return 3


async def in_plan(world: World, of_works: list[UUID | None], of_interviews: list[UUID | None]) -> None:
    plan = world.plan_id
    handed_in = [work_submitted(plan, Candidate(number, school)) for number, school in enumerate(of_works)]
    heard = [interview_attended(plan, Candidate(number, school)) for number, school in enumerate(of_interviews)]
    await world.tell(plan_published(plan), *handed_in, *heard)


async def allocated(world: World) -> list[Any]:
    return await world.rows("SELECT work_code, position, marker FROM allocation ORDER BY work_code, position")


async def panels_given(world: World) -> list[Any]:
    return [row.panel_id for row in await world.rows("SELECT panel_id FROM interview WHERE panel_id IS NOT NULL")]


async def assert_nothing_given(world: World) -> None:
    assert await allocated(world) == await panels_given(world) == []
    assert {row.state for row in await world.rows("SELECT state FROM work")} <= {"pooled"}
    assert not await world.rows("SELECT 1 FROM audit WHERE action = 'works.allocated'")


@pytest.mark.parametrize("count", [2, 3, 9, 10])
async def test_everybody_is_given_two_markers_and_a_panel_and_only_once(world: World, page: int, count: int):
    await in_plan(world, [None] * count, [None] * (count + page))
    await world.appoint(MARKERS, panels=2)
    answer = await world.command("allocate", {"seed": 5})
    assert answer.json() == {"works": count, "allocated": count, "interviews": count + page}
    rows = await allocated(world)
    assert [row.position for row in rows] == [1, 2] * count
    assert all(first.marker != second.marker for first, second in zip(rows[::2], rows[1::2], strict=True))
    for position in (1, 2):
        loads = Counter(dict.fromkeys(MARKERS, 0)) + Counter(row.marker for row in rows if row.position == position)
        assert max(loads.values()) - min(loads[marker] for marker in MARKERS) <= 1
    heard = Counter(await panels_given(world)).values()
    assert (sum(heard), max(heard) - min(heard)) == (count + page, (count + page) % 2)
    again = await world.command("allocate", {"seed": 5})
    assert again.json() == {"works": 0, "allocated": 0, "interviews": 0}
    assert await allocated(world) == rows


async def test_what_came_later_evens_out_what_was_given_before(world: World):
    await in_plan(world, [None] * 4, [None] * 4)
    await world.appoint({"one": None, "two": None}, panels=1)
    await world.command("allocate", {"seed": 1})
    await world.appoint({"three": None, "four": None}, panels=2)
    later = [Candidate(number) for number in range(4, 8)]
    plan = world.plan_id
    await world.tell(
        *(work_submitted(plan, each) for each in later), *(interview_attended(plan, each) for each in later)
    )
    await world.command("allocate", {"seed": 1})
    for position in (1, 2):
        loads = Counter(row.marker for row in await allocated(world) if row.position == position)
        assert set(loads.values()) == {2}
    assert set(Counter(await panels_given(world)).values()) == {4}


async def test_the_smallest_conflict_of_the_whole_plan_is_told_and_nothing_is_given(world: World):
    """The first page alone has one work of the school, and two of the other school that has fewer in all."""
    await in_plan(world, [SCHOOL, OTHER, OTHER, *[None] * 3, *[SCHOOL] * 7, *[OTHER] * 3], [None] * 4)
    await world.appoint({"own": SCHOOL, "others": OTHER})
    refused = await world.command("allocate", {"seed": 1})
    assert refused.json()["type"] == "urn:kaozheng:problem:allocation-impossible"
    assert f"5 of institution {OTHER} need 2 from elsewhere, there are 1" in refused.json()["detail"]
    await assert_nothing_given(world)


async def test_no_work_is_given_if_an_interview_of_the_last_page_can_have_no_panel(world: World):
    await in_plan(world, [None] * 4, [*[None] * 8, SCHOOL])
    await world.appoint(MARKERS | {"p0-e1": SCHOOL})
    refused = await world.command("allocate", {"seed": 1})
    assert (refused.status_code, "1 of institution" in refused.json()["detail"]) == (409, True)
    await assert_nothing_given(world)
    await world.appoint(MARKERS, panels=2)
    assert (await world.command("allocate", {"seed": 1})).json()["interviews"] == 9


async def test_what_comes_while_it_is_drawn_takes_back_the_pages_before_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    await in_plan(world, [*[None] * 7, SCHOOL], [None] * 4)
    await world.appoint({"own": SCHOOL, "one": None})

    async def not_yet(_self: SqlWorks, _plan_id: UUID) -> dict[UUID | None, int]:
        return {}

    with monkeypatch.context() as patch:
        patch.setattr(SqlWorks, "waiting_by_school", not_yet)
        with world.statements() as seen:
            assert (await world.command("allocate", {"seed": 1})).status_code == 409
    assert sum("INTO allocation" in statement for statement in seen) == 2
    await assert_nothing_given(world)
    await world.appoint({"two": None})
    assert (await world.command("allocate", {"seed": 1})).json()["allocated"] == 8


async def test_third_markers_are_found_for_more_works_than_are_drawn_at_a_time(world: World):
    await in_plan(world, [None] * 7, [])
    await world.appoint({"one": None, "two": None})
    await world.command("allocate", {"seed": 1})
    codes = [f"W{number:06}" for number in range(7)]
    await world.mark("one", dict.fromkeys(codes, 60))
    await world.mark("two", dict.fromkeys(codes, 90))
    assert (await world.progress())["third_without_marker"] == 7
    await world.appoint({"three": None})
    assert (await world.command("allocate", {"seed": 1})).status_code == 200
    assert await world.tasks("three") == codes


async def test_spellings_of_a_marker_are_one_subject(world: World):
    await in_plan(world, [None], [None])
    await world.appoint({"Marker-1 ": None, "ＭＡＲＫＥＲ－２": None})
    await world.command("allocate", {"seed": 1})
    rows = await allocated(world)
    assert {row.marker for row in rows} == {"marker-1", "marker-2"}
    assert (
        await world.tasks("marker-1") == await world.tasks("MARKER-1") == await world.tasks("marker-2 ") == ["W000000"]
    )
    marked = await world.mark("Marker-1", {" w-000000 ": 60})
    assert (marked["ok"], await world.tasks("marker-1")) == (1, [])


async def test_a_person_or_a_panel_named_twice_is_refused_in_words(world: World):
    await in_plan(world, [], [])
    items = [{"subject": subject} for subject in ("marker-1", "marker-2", "marker-1 ", "Marker-1")]
    refused = await world.command("markers", {"items": items})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kaozheng:problem:markers-refused")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/items/2/subject", "/items/3/subject"]
    panels = [{"name": name, "examiners": ["a", "b", "c"]} for name in ("第一组", "第一组 ")]
    panels += [{"name": "第二组", "examiners": ["a", "A ", "c"]}]
    refused = await world.command("panels", {"panels": panels})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:kaozheng:problem:panels-refused")
    assert {(error["pointer"], error["code"]) for error in refused.json()["errors"]} == {
        ("/panels/1/name", "panel-named-twice"),
        ("/panels/2/examiners", "panel-size"),
    }
    assert await world.rows("SELECT 1 FROM marker") == await world.rows("SELECT 1 FROM panel") == []


async def test_a_panel_keeps_its_examiners_and_another_of_its_name_is_refused(world: World):
    await in_plan(world, [], [])
    first = {"name": "第一组", "examiners": ["a", "b", "c"]}
    for same in (first, first | {"name": "第一组 "}, first | {"examiners": ["C", "b", "a "]}):
        assert (await world.command("panels", {"panels": [same]})).status_code == 200
    refused = await world.command("panels", {"panels": [first | {"examiners": ["a", "b", "d"]}]})
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [
        ("/panels/0/name", "panel-exists")
    ]
    assert len(await world.rows("SELECT 1 FROM panel_examiner")) == 3


async def test_a_name_of_nothing_to_see_is_none(world: World):
    await in_plan(world, [], [])
    refused = await world.command("markers", {"items": [{"subject": "\u200b"}]})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/items/0/subject")
