"""Authored blueprints in the operator's folder: a version has one content, and nothing is lost by saving."""

from pathlib import Path

import pytest

from shared.standards.authoring import parse_blueprint
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import BUILT_IN, Catalogue
from shared.standards.errors import BlueprintFileInvalid, FolderUnusable, StandardInvalid, VersionExists
from tests.architecture.tree import ROOT

TEXT = (ROOT / "examples" / "blueprint-xb2b-junior.yaml").read_text("utf-8")


def authored(**changes: object) -> Blueprint:
    return parse_blueprint(TEXT, "example.yaml").model_copy(update=changes)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "blueprints"
    folder.mkdir()
    return folder


def test_it_is_kept_as_its_author_wrote_it(tmp_path):
    catalogue, blueprint = Catalogue(tmp_path), authored()
    path = catalogue.save_blueprint(blueprint, TEXT)
    assert path.read_text("utf-8") == TEXT
    assert catalogue.blueprint(blueprint.code) == blueprint
    assert catalogue.save_blueprint(blueprint, TEXT) == path


def test_what_is_stored_under_another_name_is_found_and_gets_no_twin(tmp_path, shelf):
    (shelf / "mine.yaml").write_text(TEXT, "utf-8")
    catalogue, blueprint = Catalogue(tmp_path), authored()
    assert catalogue.save_blueprint(blueprint, TEXT) == shelf / "mine.yaml"
    with pytest.raises(VersionExists):
        catalogue.save_blueprint(authored(title="别的名称"), TEXT)
    assert catalogue.blueprint(blueprint.code) == blueprint
    assert catalogue.broken() == ()


def test_a_broken_file_is_never_overwritten(tmp_path, shelf):
    blueprint = authored()
    half = shelf / f"{blueprint.code}@{blueprint.version}.yaml"
    half.write_text("code: half-corrected\n", "utf-8")
    with pytest.raises(VersionExists):
        Catalogue(tmp_path).save_blueprint(blueprint, TEXT)
    assert half.read_text("utf-8") == "code: half-corrected\n"


def test_without_a_folder_nothing_is_kept():
    with pytest.raises(FolderUnusable):
        BUILT_IN.save_blueprint(authored(), TEXT)


def test_a_broken_newer_version_is_told_before_an_older_one_is_relied_on(tmp_path, shelf):
    catalogue, blueprint = Catalogue(tmp_path), authored()
    catalogue.save_blueprint(blueprint, TEXT)
    catalogue.check_newest_blueprint(blueprint.code)
    (shelf / f"{blueprint.code}@2.yaml").write_text("code: broken\n", "utf-8")
    assert catalogue.blueprint(blueprint.code) == blueprint
    with pytest.raises(BlueprintFileInvalid, match="@2"):
        catalogue.check_newest_blueprint(blueprint.code)


def test_a_broken_newer_edition_is_told_before_an_older_one_is_relied_on(tmp_path):
    (tmp_path / "standards").mkdir()
    catalogue = Catalogue(tmp_path)
    catalogue.check_newest("xb2b")
    (tmp_path / "standards" / "xb2b@2030.yaml").write_text("code: xb2b\n", "utf-8")
    assert catalogue.standard("xb2b") == BUILT_IN.standard("xb2b")
    with pytest.raises(StandardInvalid, match="2030"):
        catalogue.check_newest("xb2b")
    catalogue.check_newest("kjdzsw")


def test_a_broken_older_edition_hinders_nobody(tmp_path):
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "kjdzsw@2019.yaml").write_text("code: kjdzsw\n", "utf-8")
    Catalogue(tmp_path).check_newest("kjdzsw")


def test_a_folder_that_cannot_be_read_is_told_before_the_built_in_wording_is_relied_on(tmp_path):
    (tmp_path / "standards").write_text("no folder", "utf-8")
    with pytest.raises(StandardInvalid):
        Catalogue(tmp_path).check_newest("xb2b")
