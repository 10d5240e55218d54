"""Standards as files: their two forms, their schema, and each fault at its line in both languages."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import shared.standards.model
from shared.standards.catalogue import BUILT_IN
from shared.standards.documents import json_schema, parse_standard, to_json, to_yaml
from shared.standards.errors import StandardInvalid
from shared.standards.faults import LocatedError, found
from shared.standards.model import SkillStandard
from shared.standards.text import MOST_BYTES
from tests.architecture.tree import ROOT
from tests.standards.samples import data, standard
from tests.standards.strategies import standards, unhurried

DATA = ROOT / "shared" / "standards" / "data"


def refused(text: str | bytes, name: str = "cafe.yaml") -> StandardInvalid:
    with pytest.raises(StandardInvalid) as invalid:
        parse_standard(text, name)
    return invalid.value


def places(text: str | bytes, name: str = "cafe.yaml") -> list[tuple[int | None, int | None, str, str]]:
    faults = refused(text, name).errors
    return [
        (fault.line, fault.column, fault.pointer, fault.code) for fault in faults if isinstance(fault, LocatedError)
    ]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_yaml_has_the_order_of_the_schema_and_nothing_empty():
    text = to_yaml(standard())
    assert list(yaml.safe_load(text)) == [
        "title", "title_en", "code", "edition", "status", "publisher",
        "references", "terms", "majors", "categories", "inclusion", "levels",
    ]  # fmt: skip
    assert "null" not in text
    assert "[]" not in text
    assert "level: junior" in text
    assert text.count("junior") == text.count(":junior:") + 1
    assert "咖啡店运营" in text


def test_yaml_writes_paragraphs_as_a_block():
    told = standard(title="第一段\n第二段")
    assert "title: |-\n  第一段\n  第二段\n" in to_yaml(told)
    assert parse_standard(to_yaml(told), "cafe.yaml") == told


def test_json_nests_levels_units_tasks_and_requirements():
    level = json.loads(to_json(standard()))["levels"][0]
    requirements = level["units"][0]["tasks"][0]["requirements"]
    assert [(each["code"], each["clause"], each["title"], each["level"]) for each in requirements] == [
        ("cafe:junior:1.1.1", "1.1.1", None, "junior"),
        ("cafe:junior:1.1.2", "1.1.2", "启动设备", "junior"),
    ]
    assert (level["level"], level["units"][0]["level"], level["units"][0]["tasks"][0]["level"]) == ("junior",) * 3


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.name)
def test_a_file_that_comes_with_the_system_satisfies_the_schema(path: Path):
    Draft202012Validator(json_schema()).validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("built_in", BUILT_IN.standards(), ids=lambda built_in: built_in.code)
def test_an_export_satisfies_the_schema(built_in):
    validator = Draft202012Validator(json_schema())
    validator.validate(json.loads(to_json(built_in)))
    validator.validate(yaml.safe_load(to_yaml(built_in)))


def test_the_schema_is_a_schema_and_refuses_what_is_wrong():
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:")
    validator = Draft202012Validator(schema)
    for wrong in (data(code="Cafe"), data(edition=""), data(titel="x"), data(levels=[]), {}):
        assert not validator.is_valid(wrong)


def test_all_faults_are_told_at_once_each_at_its_line():
    text = to_yaml(standard())
    text = text.replace("code: cafe:junior:1.1.2", "cod: cafe:junior:1.1.2").replace("status: published", "status: no")
    text = text.replace("definition: 卖咖啡的店铺。", "definition: ''").replace("edition: '2021'", "edition: 2021")
    text = text.replace("year: 2009", "year: MMIX").replace("complete: false", "complete: maybe")
    assert places(text) == [
        (line_of(text, "edition: 2021"), 10, "/edition", "string_type"),
        (line_of(text, "status: no"), 9, "/status", "literal_error"),
        (line_of(text, "year: MMIX"), 9, "/references/0/year", "int_parsing"),
        (line_of(text, "definition: ''"), 15, "/terms/0/definition", "string_too_short"),
        (line_of(text, "cod: "), 9, "/levels/0/units/0/tasks/0/requirements/1/code", "missing"),
        (line_of(text, "cod: "), 9, "/levels/0/units/0/tasks/0/requirements/1/cod", "extra_forbidden"),
        (line_of(text, "complete: maybe"), 13, "/levels/1/complete", "bool_parsing"),
    ]
    error = refused(text)
    assert "（共 7 处错误）" in error.message("zh")
    assert f"line {line_of(text, 'edition: 2021')}, column 10: This must be text; put it in quotation marks." in str(
        error
    )


@pytest.mark.parametrize(
    ("old", "new", "at", "zh"),
    [
        ("code: cafe:junior:1.1.2", "code: cafe:junior:1.1.1", "启动设备", "代码 cafe:junior:1.1.1 出现了两次。"),
        ("code: cafe:junior:1.2.1", "code: cafe:junior:9.9", "code: cafe:junior:9.9", "不在 cafe:junior:1.2 之下。"),
        ("category: service", "category: other", "code: cafe:junior:1\n", "所属的职业技能分类 other 没有列出。"),
        ("level: senior", "level: junior", "title: 咖啡店运营", "同一等级出现了两次。"),
        ("  complete: false", "  complete: true", "level: senior", "等级 senior 标为完整，却没有单元。"),
    ],
)
def test_a_rule_between_parts_is_told_where_the_part_stands(old: str, new: str, at: str, zh: str):
    text = to_yaml(standard()).replace(old, new)
    [fault] = refused(text).errors
    assert isinstance(fault, LocatedError)
    assert fault.zh.endswith(zh)
    assert abs(fault.line - line_of(text, at)) <= (2 if at == "启动设备" else 0)


def test_every_rule_of_the_schema_is_told_in_chinese_too():
    """A rule without a translation is still told, but only in English."""
    tree = ast.parse(Path(shared.standards.model.__file__).read_text("utf-8"))
    calls = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    raised = [call.args[0] for call in calls if getattr(call.func, "id", "") == "ValueError"]
    assert len(raised) >= 8
    for message in raised:
        text = re.sub(r"\{[^}]*\}", "x", ast.unparse(message).removeprefix("f").strip("'\""))
        told = found({"type": "value_error", "loc": (), "msg": f"Value error, {text}", "input": None})
        assert "不符合规则" not in told.zh, text


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("", None, "The file is empty."),
        ("# only a remark\n", None, "The file is empty."),
        ("a: [", (2, 1), "no valid YAML"),
        ("a: 1\n\tb: 2", (2, 1), "no valid YAML"),
        ("a: 1\n---\nb: 2", (2, 1), "no valid YAML"),
        ("code: a\ntitle: x\ncode: b\n", (3, 1), "code is given twice."),
        ('{"code": 1, "code": 2}', (1, 13), "code is given twice."),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", (2, 4), "The type tag"),
        ("a: 1\nb: !x 2", (2, 4), "The type tag"),
        ("a: &a [*a]", (1, 8), "An alias contains itself."),
        ("a: 1\nb: 2023-13-01", (2, 4), "This value cannot be read"),
        ("a: " + "9" * 5000, (1, 4), "This value cannot be read"),
        ("a: " + ":".join(["59"] * 100_000), (1, 4), "This value cannot be read"),
        ("a: 1\nb: x\x07y", (2, 5), "This character is not allowed."),
        ("[" * 5000, (1, 41), "Nested more than 40 deep."),
        ("- " * 5000, (1, 81), "Nested more than 40 deep."),
        ("? [a]\n: b", (1, 3), "no valid YAML"),
        ("just words", (1, 1), "This must be an object with fields."),
        (b"code: a\n\xff\xfe", (2, 1), "This is not UTF-8"),
        ("title: x\n咖啡".encode("gbk"), (2, 1), "This is not UTF-8"),
        ("a: \udc80", (1, 1), "This is not UTF-8"),
        ("x" * (MOST_BYTES + 1), None, "larger than 5 MB"),
    ],
)  # fmt: skip
def test_what_is_no_proper_file_is_refused_with_the_place(text: str | bytes, place: tuple[int, int] | None, told: str):
    fault = refused(text).errors[0]
    assert isinstance(fault, LocatedError)
    assert told in fault.en
    assert (fault.line, fault.column) == (place or (None, None))
    assert fault.zh


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"code": "a",}', "no valid JSON"),
        ("code: a", "no valid JSON"),
        ('{"a": ' * 5000, "Nested more than 40 deep."),
        ('{"a": ' + "9" * 5000 + "}", "a number of too many digits"),
    ],
)
def test_a_json_file_must_be_strict_json(text: str, told: str):
    assert told in refused(text, "cafe.json").errors[0].en


def test_an_alias_bomb_does_not_go_off():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    fault = refused(bomb).errors[0]
    assert "More than" in fault.en
    merged = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 30)
    )
    assert "More than" in refused(merged).errors[0].en


def test_honest_aliases_and_merges_are_welcome():
    text = to_yaml(standard()).replace("  owner: 青禾大学", "  owner: &us 青禾大学\n  licensee: *us")
    assert parse_standard(text, "cafe.yaml").publisher.licensee == "青禾大学"


def test_json_may_have_what_yaml_has_not():
    """Tabs between its parts, escaped surrogates, and characters that YAML forbids."""
    text = json.dumps(data(title="😀 a/b \x7f \u2028"), indent="\t").replace("/", "\\/")
    assert "\\ud83d" in text
    for name in ("cafe.json", "cafe.yaml"):
        assert parse_standard(text, name).title == "😀 a/b \x7f"
    broken = text.replace('"2021"', "2021")
    assert places(broken, "cafe.json") == [(line_of(broken, '"edition"'), 13, "/edition", "string_type")]


def test_a_byte_order_mark_is_no_fault():
    assert parse_standard("\ufeff" + to_yaml(standard()), "cafe.yaml") == standard()
    assert parse_standard(b"\xef\xbb\xbf" + to_json(standard()).encode(), "cafe.json") == standard()


def test_only_the_first_of_very_many_faults_are_told():
    text = "terms:\n" + "- {clause: 1}\n" * 2000
    error = refused(text)
    assert len(error.errors) == 200
    assert "(8000 faults in all)" not in str(error)
    assert re.search(r"\((\d{4,}) faults in all\)", str(error))


BREAK = re.compile("[\n\r\x85\u2028\u2029]")
VALIDATOR = Draft202012Validator(json_schema())
#: What a slip of the hand, a bad editor or an attacker puts into a file.
SPLINTERS = (
    "\t", "\n", ":", "- ", "[", "}", "&a ", "*a", "<<: ", "'", '"', "|", "? ", "!!python/name:os ", "\x00", "\ud800",
    "\ufeff", "null", "---\n", "9" * 5000, "2023-13-01", "{" * 60,
)  # fmt: skip


@unhurried
@given(standards())
def test_every_standard_survives_yaml(standard: SkillStandard):
    assert parse_standard(to_yaml(standard), "any.yaml") == standard


@unhurried
@given(standards())
def test_every_standard_survives_json(standard: SkillStandard):
    text = to_json(standard)
    assert parse_standard(text, "any.json") == standard
    assert parse_standard(text, "any.yaml") == standard


@unhurried
@given(standards())
def test_both_forms_keep_to_the_json_schema(standard: SkillStandard):
    VALIDATOR.validate(json.loads(to_json(standard)))
    VALIDATOR.validate(yaml.safe_load(to_yaml(standard)))


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    """Return a standard's text with some places cut out, doubled or overwritten."""
    standard = draw(standards())
    text = draw(st.sampled_from((to_yaml, to_json)))(standard)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 200)))
        middle = draw(st.sampled_from(("", text[start:end] * 2, *SPLINTERS)))
        text = text[:start] + middle + text[end:]
    return text


@unhurried
@given(broken_texts(), st.sampled_from(("a.yaml", "a.json")))
def test_a_broken_text_is_read_or_refused_with_its_place(text: str, name: str):
    lines = len(BREAK.findall(text)) + 2
    for fault in faults(text, name):
        assert fault.zh
        assert fault.en
        assert fault.line is None or 1 <= fault.line <= lines


@unhurried
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused(content: bytes):
    assert faults(content, "any.yaml")


def faults(text: str | bytes, name: str) -> tuple[LocatedError, ...]:
    """Return what is wrong with a text; nothing if it holds a standard."""
    try:
        parse_standard(text, name)
    except StandardInvalid as refused:
        return tuple(fault for fault in refused.errors if isinstance(fault, LocatedError))
    return ()
