"""The OpenAPI documents are current, valid, and say the same things in the same way; their examples fit them."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.contract import openapi
from tests.examples import files

OFFICIAL = json.loads((Path(__file__).parent / "openapi-3.1.schema.json").read_text("utf-8"))
#: All keywords of JSON Schema 2020-12 that we use. Another one is a limit that no reader understands.
KEYWORDS = frozenset(
    {
        "$ref",
        "additionalProperties",
        "anyOf",
        "oneOf",
        "allOf",
        "const",
        "contentMediaType",
        "default",
        "description",
        "deprecated",
        "discriminator",
        "enum",
        "example",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "items",
        "maximum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minimum",
        "minItems",
        "minLength",
        "minProperties",
        "pattern",
        "prefixItems",
        "properties",
        "propertyNames",
        "readOnly",
        "required",
        "title",
        "type",
        "uniqueItems",
    }
)
#: Keywords with values of the one who is described, not with schemas.
VALUES = frozenset({"const", "default", "enum", "example", "examples", "required"})

Operation = tuple[str, dict[str, Any]]


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, found in document["paths"].items():
        yield from ((f"{method.upper()} {path}", operation) for method, operation in found.items())


def contents(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return where bodies are described, of the request and of what goes well."""
    yield from operation.get("requestBody", {}).get("content", {}).items()
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            yield from answer.get("content", {}).items()


def schemas(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return every schema of a document."""
    yield from nested(list(document["components"]["schemas"].values()))
    for _, operation in operations(document):
        yield from nested([parameter["schema"] for parameter in operation.get("parameters", ())])
        yield from nested([content["schema"] for _, content in contents(operation)])


def nested(schema: Any) -> Iterator[dict[str, Any]]:
    """Return a schema, or those of a list, with all that lie in it."""
    if isinstance(schema, list):
        for part in schema:
            yield from nested(part)
    elif isinstance(schema, dict):
        yield schema
        for name, part in schema.items():
            if name not in VALUES:
                yield from nested(list(part.values()) if name == "properties" else part)


@pytest.fixture(params=openapi.SERVICES)
def document(request: pytest.FixtureRequest) -> Any:
    return json.loads(openapi.checked_in(request.param))


@pytest.mark.parametrize("service", openapi.SERVICES)
def test_the_checked_in_document_is_current(service: str):
    if found := openapi.difference(service):
        pytest.fail(found, pytrace=False)


def test_a_difference_is_shown_with_the_command_that_removes_it(tmp_path, monkeypatch):
    monkeypatch.setattr(openapi, "FOLDER", tmp_path)
    (tmp_path / "operations.json").write_text(
        openapi.text("operations").replace("Receive spans", "Take spans"), "utf-8"
    )
    first, *rest = openapi.difference("operations").splitlines()
    assert "make contracts" in first
    changed = [line.split(maxsplit=1)[0] for line in rest if "spans" in line and line[0] in "+-"]
    assert changed == ["-", "+"]


def test_it_is_valid_openapi(document):
    assert [error.json_path for error in Draft202012Validator(OFFICIAL).iter_errors(document)] == []


def test_the_official_schema_refuses_a_wrong_one(document):
    assert not Draft202012Validator(OFFICIAL).is_valid({**document, "paths": {"no-slash": {}}})


def test_every_schema_is_valid_and_uses_known_keywords_only(document):
    for schema in schemas(document):
        Draft202012Validator.check_schema(schema)
        assert schema.keys() <= KEYWORDS, schema


def test_keywords_that_are_none_are_found():
    leaked = {"type": "object", "properties": {"a": {"type": "number", "gt": 0}}}
    assert [each.keys() - KEYWORDS for each in nested(leaked)] == [set(), {"gt"}]


def test_every_operation_has_a_name_of_its_own_over_all_services():
    documents = [json.loads(openapi.checked_in(service)) for service in openapi.SERVICES]
    names = Counter(operation["operationId"] for document in documents for _, operation in operations(document))
    assert [name for name, count in names.items() if count > 1] == []


def test_what_creates_demands_its_key_and_what_corrects_the_version():
    demanded = {
        (name, parameter["name"])
        for service in openapi.SERVICES
        for name, operation in operations(json.loads(openapi.checked_in(service)))
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "header" and parameter["required"]
    }
    assert demanded == {
        ("POST /v1/institutions", "idempotency-key"),
        ("POST /v1/institutions/{institution_id}/clients", "idempotency-key"),
        ("POST /v1/batches", "idempotency-key"),
        ("POST /v1/applications", "idempotency-key"),
        ("PUT /v1/applications/{application_id}", "if-match"),
        ("POST /v1/sites", "idempotency-key"),
        ("POST /v1/plans", "idempotency-key"),
    }


@pytest.mark.parametrize("service", openapi.SERVICES)
def test_every_body_that_was_recorded_is_shown(service: str):
    document, recorded = json.loads(openapi.checked_in(service)), files.read(service)
    for name, operation in operations(document):
        example = recorded[operation["operationId"].removeprefix(f"{service}_")]
        bodies = [part["body"] for part in example.values() if "body" in part]
        assert [content["example"] for _, content in contents(operation) if "example" in content] == bodies, name


def test_every_example_fits_its_schema(document):
    for name, operation in operations(document):
        for _, content in contents(operation):
            if "example" in content:
                schema = {**content["schema"], "components": document["components"]}
                validator = Draft202012Validator(schema, format_checker=FormatChecker())
                assert [error.json_path for error in validator.iter_errors(content["example"])] == [], name
