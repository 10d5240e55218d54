"""`diff`: two editions, whether stored or in files."""

import json

import pytest

from shared.standards import BUILT_IN, Catalogue
from shared.standards.documents import to_json, to_yaml
from tests.kaozheng.commands.samples import invoke, make_standard


@pytest.fixture
def state(tmp_path):
    """A state folder with two editions of a standard."""
    catalogue = Catalogue(tmp_path / "standards")
    catalogue.save(make_standard("泡茶", edition="2019"))
    catalogue.save(make_standard("煮茶", edition="2021"))
    return tmp_path


def test_two_editions_are_told_apart(state):
    result = invoke(state, "standards", "diff", "tea@2019", "tea@2021")
    assert result.exit_code == 0
    assert "- tea@2019 泡茶" in result.stdout
    assert "+ tea@2021 煮茶" in result.stdout
    told = json.loads(invoke(state, "standards", "diff", "tea@2019", "tea", "--json").stdout)
    assert list(told) == ["old", "new", "added", "dropped", "changed", "moved", "same"]
    assert (told["old"]["edition"], told["new"]["edition"], told["same"]) == ("2019", "2021", False)
    assert "泡茶" in json.dumps(told["changed"], ensure_ascii=False)


@pytest.mark.parametrize(("name", "form"), [("mine.yaml", to_yaml), ("mine.json", to_json)])
def test_a_stored_standard_is_compared_with_a_file(tmp_path, name, form):
    (tmp_path / name).write_text(form(BUILT_IN.standard("xb2b")), "utf-8")
    same = invoke(tmp_path, "standards", "diff", "xb2b", tmp_path / name)
    assert "没有差别" in same.stdout
    assert json.loads(invoke(tmp_path, "standards", "diff", tmp_path / name, "xb2b", "--json").stdout)["same"] is True


def test_what_cannot_be_compared_is_refused(tmp_path):
    (tmp_path / "bad.yaml").write_text("title: x\n")
    for new, slug in (
        ("nothing", "standard-unknown"),
        ("xb2b:junior", "whole-standard-wanted"),
        (tmp_path / "none.yaml", "file-unreadable"),
        (tmp_path / "bad.yaml", "standard-invalid"),
    ):
        result = invoke(tmp_path, "standards", "diff", "xb2b", new, "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["error"]["slug"] == slug
