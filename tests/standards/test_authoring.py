"""Blueprints as files: what may be left out, what is said once, and where each fault stands."""

import json
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from shared.standards import Blueprint, check_blueprint, default_blueprint, load_standard, parse_blueprint, template
from shared.standards.default import DEFAULT_COMPOSITION, DEFAULT_MARKING, DEFAULT_PANEL
from shared.standards.errors import BlueprintFileInvalid
from shared.standards.faults import LocatedError

EXAMPLE = Path(__file__).parents[2] / "examples" / "blueprint-xb2b-junior.yaml"
SMALL = dedent("""\
    code: small
    version: 3
    standard: kjdzsw
    edition: "2023"
    level: junior
    unit: kjdzsw:junior:purchasing
    scales:
      usual:
        - {band: 0, percent: 0, title: 无, title_en: none}
        - {band: 1, percent: 33.33, title: 少, title_en: little}
        - {band: 2, percent: 80, title: 多, title_en: much}
        - {band: 3, percent: 100, title: 全, title_en: all}
    title: 小方案
    title_en: Small
    components:
      - code: practical
        title: 实操
        title_en: Practical
        kind: works
        line: 60
        weight: 0.7
        total: 15.5
        tasks:
          - code: order
            title: 下单
            title_en: Place an order
            criteria:
              - code: a
                title: 订单正确
                title_en: The order is right
                requirements: ["kjdzsw:junior:purchasing:A"]
                points: 7.5
                kind: judged
                bands: usual
              - code: b
                title: 跟进
                title_en: Follow-up
                requirements: ["kjdzsw:junior:purchasing:B"]
                points: 8
                step: 0.25
                kind: measured
      - code: interview
        title: 面试
        title_en: Interview
        kind: panel
        line: 50
        weight: 0.3
        tasks:
          - code: questions
            title: 提问
            title_en: Questions
            criteria:
              - code: c
                title: 供应商
                title_en: Suppliers
                requirements: ["kjdzsw:junior:purchasing:C"]
                points: 10
                kind: banded
                bands:
                  - {band: 0, up_to: 5, title: 一个渠道, title_en: one source}
                  - {band: 1, up_to: 10, title: 多个渠道, title_en: several sources}
    """)


def faults(text: str) -> list[tuple[str, str, int]]:
    with pytest.raises(BlueprintFileInvalid) as refused:
        parse_blueprint(text, "small.yaml")
    found = [fault for fault in refused.value.errors if isinstance(fault, LocatedError)]
    assert len(found) == len(refused.value.errors)
    assert all(not fault.zh.isascii() and fault.en.isascii() for fault in found)
    return [(fault.pointer, fault.code, fault.line) for fault in found]


def scored(blueprint: Blueprint) -> dict[str, Any]:
    """Return what is scored by which rules, without totals: only what is written states them."""
    content = blueprint.model_dump(include={"components", "composition"})
    for part in content["components"]:
        part["total"] = None
        for task in part["tasks"]:
            task["total"] = None
    return content


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_scales_and_defaults_are_written_out():
    read = parse_blueprint(SMALL, "small.yaml")
    practical, interview = read.components
    judged, measured = practical.criteria
    assert [band.up_to for band in judged.bands] == [0, Decimal("2.4998"), 6, Decimal("7.5")]
    assert [band.title for band in judged.bands] == ["无", "少", "多", "全"]
    assert (judged.step, measured.step, interview.criteria[0].step) == (None, Decimal("0.25"), Decimal("0.5"))
    assert (practical.marking, interview.panel, read.composition) == (
        DEFAULT_MARKING,
        DEFAULT_PANEL,
        DEFAULT_COMPOSITION,
    )
    assert (read.derived, read.version) == (False, 3)
    assert "scales" not in read.model_dump()
    check_blueprint(read, load_standard("kjdzsw"))


def test_rules_may_be_given_in_part():
    text = SMALL.replace("kind: works", "kind: works\n    marking: {tolerance: 9}") + "composition: {step: 1}\n"
    read = parse_blueprint(text, "small.yaml")
    assert read.component("practical").marking == DEFAULT_MARKING.model_copy(update={"tolerance": Decimal(9)})
    assert read.composition == DEFAULT_COMPOSITION.model_copy(update={"step": Decimal(1)})


def test_a_frozen_blueprint_can_be_read_as_json():
    read = parse_blueprint(SMALL, "small.yaml")
    assert parse_blueprint(read.model_dump_json(), "small.json") == read
    assert parse_blueprint(json.dumps(read.model_dump(mode="json")), "small.json").digest == read.digest


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("points: 8", "points: 8.1", "/components/0/tasks/0/criteria/1/points", "points-unreachable"),
        (
            "bands: usual",
            "step: 0.5\n            bands: usual",
            "/components/0/tasks/0/criteria/0/step",
            "step-without-effect",
        ),
        ("bands: usual", "bands: unusual", "/components/0/tasks/0/criteria/0/bands", "scale-unknown"),
        ("points: 7.5", "points: .nan", "/components/0/tasks/0/criteria/0/points", "finite_number"),
        ("points: 7.5", "points: yes", "/components/0/tasks/0/criteria/0/points", "decimal_type"),
        ("percent: 100", "percent: 90", "/scales/usual/3/percent", "scale-not-to-the-top"),
        ("percent: 80", "percent: many", "/scales/usual/2/percent", "decimal_parsing"),
        ("total: 15.5", "total: 16", "/components/0/total", "wrong-total"),
        ("total: 15.5", "totals: 16", "/components/0/totals", "extra_forbidden"),
        ("code: b", "code: a", "/components/0/tasks/0/criteria/1/code", "code-repeated"),
        ("code: small", "code: kjdzsw:junior", "/code", "code-reserved"),
        ("level: junior", "level: beginner", "/level", "literal_error"),
        ("version: 3", "version: 0", "/version", "greater_than_equal"),
        (
            "band: 1, up_to: 10",
            "band: 0, up_to: 10",
            "/components/1/tasks/0/criteria/0/bands/1/band",
            "bands-not-rising",
        ),
        ("code: small", "code: [", "", "yaml"),
    ],
)
def test_fault_is_told_with_its_line(old, new, place, code):
    text = SMALL.replace(old, new, 1)
    [(pointer, found, line), *_] = faults(text)
    assert (pointer, found) == (place, code)
    assert code == "yaml" or line == line_of(SMALL, old)


def test_what_is_missing_is_told_where_it_should_be():
    assert faults(SMALL.replace('edition: "2023"\n', "")) == [("/edition", "missing", 1)]
    assert [fault[:2] for fault in faults(SMALL[: SMALL.index("components:")])] == [("/components", "missing")]


def test_all_faults_are_told_at_once():
    text = (
        SMALL.replace("points: 7.5", "points: 0").replace("version: 3", "version: x").replace("up_to: 10", "up_to: 9")
    )
    text = text.replace("kind: panel", "kind: panel\n    panel: {aggregate: trimmed_mean, size: 1}")
    text += "composition: {step: 2}\n"
    assert {fault[:2] for fault in faults(text)} == {
        ("/version", "int_parsing"),
        ("/components/0/tasks/0/criteria/0/points", "greater_than"),
        ("/components/1/tasks/0/criteria/0/bands/1/up_to", "bands-not-to-the-top"),
        ("/components/1/panel/size", "panel-too-small"),
        ("/composition/step", "less_than_equal"),
    }


def test_a_broken_scale_is_told_once_and_not_at_every_criterion():
    text = SMALL.replace("percent: 100", "percent: 90").replace("version: 3", "version: 0")
    assert [fault[0] for fault in faults(text)] == ["/version", "/scales/usual/3/percent"]


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "12", "components: {tasks: {}}\nscales: [1]\n", "components: [1, {tasks: 2}]\n"]
)
def test_what_is_no_blueprint_at_all_is_refused(text):
    assert faults(text)


def test_the_example_is_valid_and_says_what_it_promises():
    example = parse_blueprint(EXAMPLE.read_text("utf-8"), EXAMPLE.name)
    check_blueprint(example, load_standard("xb2b"))
    assert len(example.component("practical").tasks) == 4
    assert [component.total for component in example.components] == [Decimal(100), Decimal(100)]
    assert {criterion.kind for _, criterion in example.criteria()} == {"measured", "judged", "banded"}
    wanted = {requirement.code for requirement in load_standard("xb2b").level("junior").requirements}
    for component in example.components:
        assert {code for criterion in component.criteria for code in criterion.requirements} == wanted


@pytest.mark.parametrize(
    ("standard", "level", "unit"),
    [
        ("xb2b", "junior", None),
        ("xb2b", "intermediate", None),
        ("xb2b", "senior", None),
        ("kjdzsw", "junior", "kjdzsw:junior:purchasing"),
        ("kjdzsw", "junior", "kjdzsw:junior:store-operation"),
    ],
)
def test_the_template_is_valid_unchanged_and_the_derived_one_in_content(standard, level, unit):
    given = load_standard(standard)
    text = template(given, level, unit)
    read = parse_blueprint(text, "template.yaml")
    check_blueprint(read, given)
    derived = default_blueprint(given, level, unit)
    assert scored(read) == scored(derived)
    assert not read.derived
    for code in derived.requirements:
        requirement = given.requirement(code)
        assert f"# {requirement.clause} {requirement.description}" in text
