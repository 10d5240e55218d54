"""`export` and `schema`: the data and nothing else."""

import json

import jsonschema
import pytest
import yaml

from shared.standards import BUILT_IN
from shared.standards.documents import parse_standard
from tests.kaozheng.commands.samples import invoke


@pytest.mark.parametrize("code", ["xb2b", "kjdzsw"])
@pytest.mark.parametrize("form", [(), ("--json",), ("--format", "json"), ("--format", "yaml")])
def test_an_export_is_the_standard_and_valid(tmp_path, code, form):
    result = invoke(tmp_path, "standards", "export", code, *form)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert parse_standard(result.stdout, "export") == BUILT_IN.standard(code)
    schema = json.loads(invoke(tmp_path, "standards", "schema").stdout)
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(result.stdout))


def test_the_json_form_has_the_documents_clauses_titles_and_levels(tmp_path):
    told = json.loads(invoke(tmp_path, "standards", "export", "xb2b", "--format", "json").stdout)
    requirements = [
        (requirement["code"], requirement["clause"], requirement["level"])
        for level in told["levels"]
        for unit in level["units"]
        for task in unit["tasks"]
        for requirement in task["requirements"]
    ]
    assert len(requirements) == 55
    assert requirements[0] == ("xb2b:junior:1.1.1", "1.1.1", "junior")
    assert len(set(requirements)) == 55


def test_an_export_goes_to_a_file(tmp_path):
    file = tmp_path / "deep" / "xb2b.yaml"
    result = invoke(tmp_path, "standards", "export", "xb2b", "--format", "yaml", "--output", file)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert parse_standard(file.read_bytes(), file.name) == BUILT_IN.standard("xb2b")


def test_what_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    result = invoke(tmp_path, "standards", "export", "xb2b", "--output", tmp_path / "file" / "x.json", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["slug"] == "file-not-written"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("xb2b:junior",), 1), (("xb2b", "--json", "--format", "yaml"), 2), (("xb2b", "--format", "toml"), 2)],
)
def test_what_makes_no_sense_is_refused(tmp_path, arguments, status):
    assert invoke(tmp_path, "standards", "export", *arguments).exit_code == status


@pytest.mark.parametrize("name", ["standard", "blueprint"])
def test_a_schema_is_a_json_schema(tmp_path, name):
    schema = json.loads(invoke(tmp_path, "standards", "schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
