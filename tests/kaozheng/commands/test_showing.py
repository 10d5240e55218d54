"""`list`, `show`, `search`: what is stored, readable and as data."""

import json

import pytest

from shared.errors import ServiceError
from shared.standards import BUILT_IN, Catalogue
from tests.kaozheng.commands.samples import invoke, make_standard


def answer(result) -> dict:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


@pytest.fixture
def state(tmp_path):
    """A state folder in which one standard has been imported."""
    Catalogue(tmp_path / "standards").save(make_standard(edition="2019"))
    Catalogue(tmp_path / "standards").save(make_standard())
    return tmp_path


def test_list_tells_counts_editions_and_origin(state):
    told = {each["code"]: each for each in answer(invoke(state, "standards", "list", "--json"))["standards"]}
    assert told["xb2b"]["complete"] is True
    assert [level["requirements"] for level in told["xb2b"]["levels"]] == [12, 20, 23]
    assert told["xb2b"]["origin"] == "built_in"
    assert told["kjdzsw"]["complete"] is False
    assert told["tea"]["origin"] == "imported"
    assert told["tea"]["editions"] == ["2021", "2019"]
    assert list(told["tea"]) == [
        "code", "title", "title_en", "number", "edition", "editions", "status", "origin", "complete", "levels",
    ]  # fmt: skip
    assert list(told["tea"]["levels"][0]) == [
        "level", "title", "title_en", "units", "tasks", "requirements", "complete",
    ]  # fmt: skip


def test_list_names_a_broken_file_and_shows_the_others(state):
    (state / "standards" / "standards" / "bad@1.yaml").write_text("code: [")
    told = answer(invoke(state, "standards", "list", "--json"))
    assert [fault["slug"] for fault in told["broken"]] == ["standard-invalid"]
    assert "bad@1.yaml" in told["broken"][0]["message"]
    assert told["broken"][0]["errors"][0]["line"] >= 1
    shown = invoke(state, "standards", "list")
    assert shown.exit_code == 0
    assert "bad@1.yaml" in shown.stderr
    assert "泡茶" in shown.stdout


def test_an_imported_wording_of_a_built_in_edition_is_told_as_imported(tmp_path):
    official = BUILT_IN.standard("xb2b").model_copy(update={"title_en": "Official wording"})
    Catalogue(tmp_path / "standards").save(official, replace=True)
    told = answer(invoke(tmp_path, "standards", "list", "--json"))["standards"]
    assert {each["code"]: each["origin"] for each in told} == {"kjdzsw": "built_in", "xb2b": "imported"}


def test_show_writes_every_requirement_on_one_line_of_a_pipe(tmp_path):
    lines = invoke(tmp_path, "standards", "show", "xb2b").stdout.splitlines()
    standard = BUILT_IN.standard("xb2b")
    for requirement in standard.requirements:
        assert any(line.strip() == f"{requirement.clause} {requirement.description}" for line in lines)
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("code", "kind", "inside", "outside"),
    [
        ("xb2b:senior", "level", "xb2b:senior:1.1.1", "xb2b:junior:1.1.1"),
        ("xb2b:junior:1", "unit", "xb2b:junior:1.2.3", "xb2b:junior:2.1.1"),
        ("xb2b:junior:1.1", "task", "xb2b:junior:1.1.3", "xb2b:junior:1.2.1"),
        ("xb2b@undated:junior:1.1", "task", "xb2b:junior:1.1.3", "xb2b:junior:1.2.1"),
        ("xb2b:junior:1.1@undated", "task", "xb2b:junior:1.1.3", "xb2b:junior:1.2.1"),
        ("xb2b:junior:1.1.1", "requirement", "xb2b:junior:1.1.1", "xb2b:junior:1.1.2"),
        ("kjdzsw:junior:purchasing", "unit", "kjdzsw:junior:purchasing:C", "store-operation"),
    ],
)
def test_show_takes_a_branch(tmp_path, code, kind, inside, outside):
    told = answer(invoke(tmp_path, "standards", "show", code, "--json"))
    assert told["kind"] == kind
    assert list(told["standard"]) == ["title", "title_en", "code", "number", "edition"]
    assert f'"{inside}"' in json.dumps(told)
    assert f'"{outside}"' not in json.dumps(told)
    requirement = BUILT_IN.standard(told["standard"]["code"]).requirement(inside)
    assert requirement.description in invoke(tmp_path, "standards", "show", code).stdout


def test_show_takes_a_level_and_an_edition(state):
    assert answer(invoke(state, "standards", "show", "xb2b", "--level", "junior", "--json"))["kind"] == "level"
    assert answer(invoke(state, "standards", "show", "tea@2019", "--json"))["edition"] == "2019"
    assert answer(invoke(state, "standards", "show", "tea", "--json"))["edition"] == "2021"


def test_show_writes_a_page(tmp_path):
    result = invoke(tmp_path, "standards", "show", "xb2b", "--html", tmp_path / "page.html")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("nothing", "standard-unknown"),
        ("xb2b@1999", "standard-unknown"),
        ("kjdzsw:chief", "level-unknown"),
        ("xb2b:junior:9.9.9", "item-unknown"),
        ("::", "standard-unknown"),
    ],
)
def test_what_is_not_there_is_refused_in_both_forms(tmp_path, code, slug):
    told = invoke(tmp_path, "standards", "show", code, "--json")
    assert told.exit_code == 1
    error = json.loads(told.stdout)["error"]
    assert list(error) == ["slug", "message", "message_en", "errors"]
    assert error["slug"] == slug
    refused = invoke(tmp_path, "standards", "show", code).exception
    assert isinstance(refused, ServiceError)
    assert refused.slug == slug


def test_an_unknown_item_is_told_with_those_near_it(tmp_path):
    error = json.loads(invoke(tmp_path, "standards", "show", "xb2b:junior:1.1.9", "--json").stdout)["error"]
    assert "xb2b:junior:1.1.1" in error["message_en"]


def test_search_finds_words_in_either_language(tmp_path):
    for words in ("外贸跟单", "export order"):
        told = answer(invoke(tmp_path, "standards", "search", words, "--json"))
        assert "xb2b:junior:2.1" in [hit["code"] for hit in told["hits"]]
    assert "xb2b:junior:2.1" in invoke(tmp_path, "standards", "search", "外贸跟单").stdout


def test_search_is_limited_to_a_standard_a_level_or_a_branch(tmp_path):
    def codes(*arguments: str) -> set[str]:
        hits = answer(invoke(tmp_path, "standards", *arguments, "--json"))["hits"]
        return {hit["code"] or hit["standard"] for hit in hits}

    assert {code.split(":")[0] for code in codes("search", "平台")} == {"xb2b", "kjdzsw"}
    assert {code.split(":")[0] for code in codes("search", "平台", "--standard", "kjdzsw")} == {"kjdzsw"}
    senior = codes("search", "数据", "--level", "senior")
    assert senior
    assert all(":senior" in code for code in senior)
    branch = codes("show", "xb2b:senior:1", "--search", "数据")
    assert branch
    assert all(code.startswith("xb2b:senior:1") for code in branch)


def test_a_document_cannot_act_on_the_terminal(tmp_path):
    hostile = make_standard("\x1b[2J\x1b]0;title\x07\u202e[red]x[/red]")
    Catalogue(tmp_path / "standards").save(hostile)
    for command in (("list",), ("show", "tea")):
        shown = invoke(tmp_path, "standards", *command).output
        assert not any(sign in shown for sign in "\x1b\x07\u202e")
        assert "[red]x[/red]" in shown
