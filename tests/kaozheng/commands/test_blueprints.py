"""`blueprint`: derived or authored, drafted, checked and kept."""

import json

import pytest
import yaml

from kaozheng.commands.standards.blueprint_text import _RULES
from shared.standards import Catalogue
from shared.standards.rules import Composition, Marking, Panel
from tests.kaozheng.commands.samples import invoke


def told(tmp_path, *arguments) -> dict:
    result = invoke(tmp_path, "standards", "blueprint", *arguments, "--json")
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def stated(value):
    """Return a part of a document without what is left open."""
    if isinstance(value, dict):
        return {name: stated(part) for name, part in value.items() if part is not None}
    return [stated(part) for part in value] if isinstance(value, list) else value


@pytest.fixture
def draft(tmp_path):
    """The draft of a blueprint for a level, in a file."""
    result = invoke(tmp_path, "standards", "blueprint", "xb2b", "--level", "junior", "--template")
    assert result.exit_code == 0
    (tmp_path / "draft.yaml").write_text(result.stdout, "utf-8")
    return tmp_path / "draft.yaml"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("xb2b", "--level", "junior"), "xb2b:junior"),
        (("xb2b:senior",), "xb2b:senior"),
        (("xb2b@undated:senior",), "xb2b:senior"),
        (("xb2b", "--edition", "undated", "--level", "senior"), "xb2b:senior"),
        (("kjdzsw:junior:purchasing",), "kjdzsw:junior:purchasing"),
        (("kjdzsw", "--level", "junior", "--unit", "purchasing"), "kjdzsw:junior:purchasing"),
        (("kjdzsw:junior", "--unit", "kjdzsw:junior:purchasing"), "kjdzsw:junior:purchasing"),
    ],
)
def test_a_blueprint_is_derived_for_a_level_or_unit(tmp_path, arguments, code):
    blueprint = told(tmp_path, *arguments)
    assert (blueprint["code"], blueprint["derived"]) == (code, True)
    text = invoke(tmp_path, "standards", "blueprint", *arguments).stdout
    assert "由标准推导 derived" in text
    assert all(criterion["code"] in text for criterion in blueprint["components"][1]["tasks"][0]["criteria"])
    printed = invoke(tmp_path, "standards", "blueprint", *arguments, "--format", "yaml").stdout
    assert stated(yaml.safe_load(printed)["components"]) == stated(blueprint["components"])


def test_a_draft_is_valid_as_it_is_and_can_be_kept(tmp_path, draft):
    assert told(tmp_path, "--check", draft)["saved"] is None
    kept = told(tmp_path, "xb2b", "--check", draft, "--save")
    assert kept["valid"] is True
    assert kept["saved"].endswith("standards/blueprints/xb2b-junior@1.yaml")
    assert Catalogue(tmp_path / "standards").blueprint("xb2b-junior").version == 1
    listed = json.loads(invoke(tmp_path, "standards", "list", "--json").stdout)["blueprints"]
    assert [(each["code"], each["version"], each["level"]) for each in listed] == [("xb2b-junior", 1, "junior")]
    assert "xb2b-junior" in invoke(tmp_path, "standards", "list").stdout
    authored = told(tmp_path, "xb2b-junior")
    assert authored["derived"] is False
    assert authored == told(tmp_path, "xb2b-junior@1")
    assert "编制 authored" in invoke(tmp_path, "standards", "blueprint", "xb2b-junior").stdout
    assert told(tmp_path, "xb2b:junior")["derived"] is True


def test_keeping_the_same_again_changes_nothing_and_other_content_needs_a_new_version(tmp_path, draft):
    told(tmp_path, "--check", draft, "--save")
    told(tmp_path, "--check", draft, "--save")
    text = draft.read_text("utf-8")
    draft.write_text(text.replace("tolerance: 5", "tolerance: 7"), "utf-8")
    refused = invoke(tmp_path, "standards", "blueprint", "--check", draft, "--save", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["error"]["slug"] == "blueprint-version-exists"
    draft.write_text(draft.read_text("utf-8").replace("version: 1", "version: 2"), "utf-8")
    told(tmp_path, "--check", draft, "--save")
    assert told(tmp_path, "xb2b-junior")["version"] == 2
    assert told(tmp_path, "xb2b-junior@1")["components"][0]["marking"]["tolerance"] == "5"


def test_faults_are_told_with_their_lines(tmp_path, draft):
    draft.write_text(draft.read_text("utf-8").replace("      - xb2b", "      - xb3b"), "utf-8")
    text = draft.read_text("utf-8").replace('    - "xb2b:junior:1.1.1"', '    - "xb2b:senior:1.1.1"', 1)
    draft.write_text(text, "utf-8")
    refused = invoke(tmp_path, "standards", "blueprint", "--check", draft, "--save", "--json")
    assert refused.exit_code == 1
    error = json.loads(refused.stdout)["error"]
    assert error["slug"] == "blueprint-invalid"
    assert "xb2b:senior:1.1.1" in json.dumps(error)
    assert not (tmp_path / "standards" / "blueprints").exists()


@pytest.mark.parametrize(
    ("arguments", "slug"),
    [
        (("xb2b",), "blueprint-scope-unclear"),
        (("xb2b:junior:1.1",), "blueprint-scope-unclear"),
        (("kjdzsw:junior",), "unit-refused"),
        (("kjdzsw:junior:visual-design",), "unit-refused"),
        (("kjdzsw", "--level", "junior", "--unit", "nothing"), "item-unknown"),
        (("nothing",), "standard-unknown"),
        (("--check", "none.yaml"), "file-unreadable"),
    ],
)
def test_what_cannot_be_examined_is_refused(tmp_path, arguments, slug):
    result = invoke(tmp_path, "standards", "blueprint", *arguments, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["slug"] == slug


@pytest.mark.parametrize("arguments", [(), ("xb2b:junior", "--save"), ("xb2b:junior", "--json", "--format", "yaml")])
def test_options_that_make_no_sense_are_usage_errors(tmp_path, arguments):
    assert invoke(tmp_path, "standards", "blueprint", *arguments).exit_code == 2


def test_every_rule_has_its_words():
    assert set(_RULES) == {*Marking.model_fields, *Panel.model_fields, *Composition.model_fields}
