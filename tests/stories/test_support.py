"""How stories are found and told: whatever is not as it should be is said, and nothing is left out."""

import asyncio
from pathlib import Path

import pytest

from kaozheng.demo.waiting import DemoFailed
from tests.stories.support.discovery import NoStory, chosen
from tests.stories.support.expecting import Unexpected, expect, expect_refused, expect_soon
from tests.stories.support.telling import Told

HERE = Path(__file__).parent


def test_each_file_is_a_story_of_its_name():
    files = {path.stem for path in HERE.glob("*.py")} - {"__main__", "test_stories", "test_support"}
    assert [story.name for story in chosen()] == sorted(stem.replace("_", "-") for stem in files)
    assert len(files) > 1


def test_stories_are_told_in_the_order_asked_for():
    assert [story.name for story in chosen(["row-errors-told", "main-job"])] == ["row-errors-told", "main-job"]


def test_an_unknown_name_says_which_there_are():
    with pytest.raises(NoStory) as none:
        chosen(["main-job", "no-such"])
    assert "no-such" in str(none.value)
    assert all(story.name in str(none.value) for story in chosen())


def test_every_promise_is_said_in_chinese_and_english():
    for story in chosen():
        chinese, _, english = story.promise.partition("\n\n")
        assert any("一" <= character <= "鿿" for character in chinese), story.name
        assert english.isascii(), story.name


@pytest.mark.parametrize(
    ("text", "fault"), [('"""承诺。 A promise."""', "coroutine"), ("async def story(cast): ...", "promises")]
)
def test_a_file_that_is_no_story_is_not_left_out(tmp_path, text, fault):
    (tmp_path / "half_done.py").write_text(text, "utf-8")
    with pytest.raises(NoStory, match=f"half-done: .*{fault}"):
        chosen(folder=tmp_path)


def test_a_failure_says_what_was_expected_and_found_and_where():
    with pytest.raises(Unexpected, match=r"^exam: tickets: expected 2, found 1$"):
        expect("exam", "tickets", 1, 2)


async def test_what_does_not_come_is_said_with_what_was_there_instead():
    with pytest.raises(DemoFailed, match=r"^exam: .* for tickets to be 2; last seen: 1$"):
        await expect_soon("exam", "tickets", lambda: asyncio.sleep(0, 1), 2, seconds=0)


async def test_a_deed_that_is_not_refused_fails():
    with pytest.raises(Unexpected, match=r"^exam: peeking: expected to be refused \(not-found\), found 1$"):
        await expect_refused("exam", "peeking", asyncio.sleep(0, 1), "not-found")


def test_a_story_is_told_in_one_line():
    assert Told("main-job", 2.345).line == "ok main-job 2.35"
    assert Told("main-job", 2, Unexpected("exam: seats:\n  too few")).line == "FAIL main-job exam: seats: too few"


def test_what_no_story_has_foreseen_is_told_with_its_place():
    try:
        int("many")
    except ValueError as error:
        told = Told("main-job", 2, error)
    assert told.line.startswith("FAIL main-job ValueError: invalid literal")
    assert "(test_support.py:" in told.line
    assert told.line.endswith(': int("many"))')
