"""Two documents of our own, in the layouts that the real ones have, are read as what they are."""

from pathlib import Path

import pytest
import yaml

from kaozheng.importing.assemble import Imported, import_standard
from tests.importing.checks import faults
from tests.importing.generator.from_text import blocks_of
from tests.importing.generator.outline import outline, squeeze
from tests.importing.generator.style import Style
from tests.importing.generator.writing import write_blocks

FIXTURES = Path(__file__).parent / "fixtures"
CAFE = yaml.safe_load((FIXTURES / "campus-cafe.yaml").read_text("utf-8"))
GARDEN = yaml.safe_load((FIXTURES / "garden-keepers.yaml").read_text("utf-8"))


@pytest.fixture(scope="module", params=["txt", "md", "docx", "pdf"])
def cafe(request, tmp_path_factory) -> Imported:
    """The café standard in one of its forms; DOCX and PDF are made of the text."""
    source, folder = FIXTURES / "campus-cafe.txt", tmp_path_factory.mktemp("cafe")
    if request.param in ("txt", "md"):
        path = folder / f"campus-cafe.{request.param}"
        path.write_bytes(source.read_bytes())
    else:
        path = write_blocks(blocks_of(source.read_text("utf-8")), CAFE["title"], Style(form=request.param), folder)
    return import_standard(path, code="cafe")


@pytest.fixture(scope="module")
def garden() -> Imported:
    return import_standard(FIXTURES / "garden-keepers.txt", code="garden")


def test_cafe_has_its_tree(cafe: Imported):
    expected = {
        f"{level}:{clause}": squeeze(text) for level, tree in CAFE["outline"].items() for clause, text in tree.items()
    }
    assert outline(cafe.standard) == expected
    assert all(level.complete and all(unit.complete for unit in level.units) for level in cafe.standard.levels)


def test_cafe_has_its_head(cafe: Imported):
    standard = cafe.standard
    assert squeeze(standard.title) == CAFE["title"]
    assert list(standard.publisher.drafted_by) == CAFE["drafted_by"]
    assert standard.publisher.owner == CAFE["owner"]
    assert standard.publisher.licensee == CAFE["licensee"]
    assert standard.inclusion.kind == CAFE["inclusion"]
    assert "赵一" not in standard.model_dump_json()


def test_cafe_has_its_references_terms_majors_and_posts(cafe: Imported):
    standard = cafe.standard
    assert [{"number": each.number, "year": each.year} for each in standard.references] == CAFE["references"]
    assert [{"clause": each.clause, "title": each.title, "title_en": each.title_en} for each in standard.terms] == CAFE[
        "terms"
    ]
    assert {each.school_type: [major.title for major in each.majors] for each in standard.majors} == CAFE["majors"]
    assert {each.level: [post.title for post in each.posts.posts] for each in standard.levels} == CAFE["posts"]


def test_cafe_leaves_little_to_doubt(cafe: Imported):
    report = cafe.report
    assert [doubt for doubt in report.doubts if doubt.code == "not-understood"] == []
    # the document states no year, and nobody has translated it
    assert {missing.code for missing in report.missing} <= {"edition-missing", "english-missing"}


def test_garden_has_what_the_text_says_and_no_more(garden: Imported):
    standard = garden.standard
    assert [
        (unit.clause, requirement.clause, squeeze(requirement.description))
        for level in standard.levels
        for unit in level.units
        for requirement in unit.requirements
    ] == [(clause, letter, squeeze(text)) for clause, _, letter, text in GARDEN["requirements"]]
    assert [level.complete for level in standard.levels] == [False] * 3


def test_garden_has_its_categories_as_units(garden: Imported):
    units = garden.standard.level("junior").units
    assert [unit.complete for unit in units] == [True, True, False]
    assert not units[-1].requirements[-1].complete
    titles = dict.fromkeys(title for _, title, _, _ in GARDEN["requirements"])
    assert all(title in unit.title for title, unit in zip(titles, units, strict=True))


def test_garden_has_its_head(garden: Imported):
    standard = garden.standard
    assert (standard.title, standard.number, standard.edition) == (GARDEN["title"], GARDEN["number"], "2022")
    assert [{"number": each.number, "year": each.year} for each in standard.references] == GARDEN["references"]
    assert [
        {"clause": each.clause, "title": each.title, "title_en": each.title_en} for each in standard.terms
    ] == GARDEN["terms"]
    assert [category.title for category in standard.categories] == GARDEN["categories"]
    assessment = standard.level("junior").assessment
    assert (assessment.units, sorted(assessment.parts)) == (GARDEN["assessment"], sorted(GARDEN["parts"]))


@pytest.mark.parametrize("name", ["campus-cafe", "garden-keepers"])
def test_every_line_of_a_fixture_is_accounted_for(name: str):
    path = FIXTURES / f"{name}.txt"
    expected = CAFE["outline"] if name == "campus-cafe" else {"": {row[2]: row[3] for row in GARDEN["requirements"]}}
    words = [text for tree in expected.values() for text in tree.values()]
    assert faults(path.read_text("utf-8"), words, import_standard(path, code="made")) == []
