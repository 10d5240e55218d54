"""The schemas that are checked in are those of the code, and they accept what the readers accept."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from shared.standards.catalogue import BUILT_IN
from shared.standards.errors import LevelUnknown, UnitRefused
from shared.standards.schemas import SCHEMAS, blueprint_schema
from shared.standards.template import template
from tests.architecture.tree import ROOT

CHECKED_IN = {"standard": "skill-standard.schema.json", "blueprint": "blueprint.schema.json"}
BLUEPRINT_FILES = sorted(ROOT.glob("examples/blueprint-*.yaml"))
assert BLUEPRINT_FILES


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_that_is_checked_in_is_current(name: str):
    """Write it anew with `kaozheng standards schema NAME > docs/….schema.json`."""
    checked_in = json.loads((ROOT / "docs" / CHECKED_IN[name]).read_text("utf-8"))
    assert checked_in == SCHEMAS[name]()
    Draft202012Validator.check_schema(checked_in)


@pytest.mark.parametrize("path", BLUEPRINT_FILES, ids=lambda path: path.name)
def test_a_blueprint_that_comes_with_the_system_satisfies_the_schema(path: Path):
    Draft202012Validator(blueprint_schema()).validate(yaml.safe_load(path.read_text("utf-8")))


def test_the_schema_accepts_every_template_and_refuses_what_is_wrong():
    validator = Draft202012Validator(blueprint_schema())
    made = 0
    for standard in BUILT_IN.standards():
        for level in standard.levels:
            for unit in (None, *(unit.code for unit in level.units)):
                try:
                    text = template(standard, level.level, unit)
                except (LevelUnknown, UnitRefused):
                    continue
                data = yaml.safe_load(text)
                validator.validate(data)
                assert not validator.is_valid(data | {"titel": "x"})
                assert not validator.is_valid(data | {"level": "beginner"})
                made += 1
    assert made > 3
