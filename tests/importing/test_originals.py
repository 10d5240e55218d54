"""The two documents that the built-in standards stand for, where their text is at hand."""

from pathlib import Path

import pytest

from kaozheng.importing.assemble import Imported, import_standard
from shared.standards.catalogue import load_standard
from shared.standards.model import SkillStandard

_FOLDER = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not _FOLDER.is_dir(), reason="the original documents are not here")


def original(number: str) -> Imported:
    """Import one of the originals."""
    return import_standard(next(_FOLDER.glob(f"{number}_*.txt")))


def outline(standard: SkillStandard) -> list[tuple[str, str, str]]:
    """Return codes, clauses and titles of the whole tree."""
    found = []
    for level in standard.levels:
        for unit in level.units:
            found.append((unit.code, unit.clause, unit.title))
            for task in unit.tasks:
                found.append((task.code, task.clause, task.title))
                found += [(each.code, each.clause, "") for each in task.requirements]
    return found


@pytest.fixture(scope="module")
def b2b() -> Imported:
    return original("000")


@pytest.fixture(scope="module")
def operators() -> Imported:
    return original("002")


def test_the_first_has_the_tree_of_the_built_in_standard(b2b: Imported):
    assert outline(b2b.standard) == outline(load_standard("xb2b"))
    assert b2b.standard.title == load_standard("xb2b").title
    assert b2b.report.doubts == ()


def test_its_requirement_across_the_page_break_is_whole(b2b: Imported):
    description = b2b.standard.requirement("xb2b:senior:2.1.6").description
    places = [reading for reading in b2b.report.readings if "xb2b:senior:2.1.6" in reading.used_for]
    assert len(places) == 2
    assert description.endswith(places[1].text.strip())
    assert len(description) > len(places[1].text.strip()) + 40


def test_it_is_used_from_the_first_line_to_the_last(b2b: Imported):
    assert [reading.text for reading in b2b.report.readings if reading.fate == "doubtful"] == []
    assert {missing.code for missing in b2b.report.missing} == {"edition-missing"}


def test_the_second_has_the_units_and_requirements_that_it_states(operators: Imported):
    stored = load_standard("kjdzsw")
    assert outline(operators.standard)[:18] == outline(stored)[:18]
    assert [unit.code for unit in operators.standard.level("junior").units] == [
        unit.code for unit in stored.level("junior").units
    ]
    assert [category.code for category in operators.standard.categories] == [
        category.code for category in stored.categories
    ]


def test_the_second_breaks_off_in_its_last_requirement(operators: Imported):
    junior = operators.standard.level("junior")
    assert [each.code for each in junior.requirements if not each.complete] == ["kjdzsw:junior:visual-design:B"]
    assert [unit.complete for unit in junior.units] == [True, True, True, False, False, False, False, False]
    assert "source-breaks-off" in [doubt.code for doubt in operators.report.doubts]


def test_the_second_states_no_requirements_of_the_higher_levels(operators: Imported):
    levels = {level.level: level for level in operators.standard.levels}
    assert {name: (level.complete, level.units) for name, level in levels.items() if name != "junior"} == {
        "intermediate": (False, ()),
        "senior": (False, ()),
    }
    assert levels["junior"].assessment.units == "one_unit"
    assert [missing.what for missing in operators.report.missing if missing.code == "level-missing"] == [
        "没有中级的要求。",
        "没有高级的要求。",
    ]
