"""What the framework does not say in an OpenAPI document by itself: names, refusals, demanded headers, examples.

`examples/<operation>.json` beside a service's routes has a request and its answer, as they were really sent.
"""

import json
import re
from pathlib import Path
from typing import Any

import shared
from shared.web import health, problems
from shared.web.problems import Problem

#: A header that the route demands itself, to refuse in its own words: `Header(json_schema_extra=DEMANDED)`.
DEMANDED = {"x-demanded": True}
LICENCE = {"name": "Apache License 2.0", "identifier": "Apache-2.0"}

_REFUSED = {
    "description": "拒绝 Refused: a problem (RFC 9457)",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

Document = dict[str, Any]


def examples_of(service: str) -> Path:
    """Return the folder of the examples of a service; its package lies beside ours."""
    return Path(shared.__file__).parent.parent / "services" / service / "entrypoints" / "examples"


def complete(document: Document, service: str) -> None:
    """Put into the framework's document what it lacks."""
    folder = examples_of(service)
    _add_problem(document)
    for path, operations in document.get("paths", {}).items():
        for method, operation in operations.items():
            name = _name(operation["operationId"], path, method)
            operation["operationId"] = f"{service}_{name}"
            _demand(operation)
            if path not in health.PATHS:
                _refuse(operation)
            example = folder / f"{name}.json"
            if example.exists():
                _exemplify(operation, json.loads(example.read_text("utf-8")))


def _name(given: str, path: str, method: str) -> str:
    """Return the name of the route's function: the framework puts path and method behind it."""
    return given.removesuffix(re.sub(r"\W", "_", f"{path}_{method}"))


def _add_problem(document: Document) -> None:
    """Put our problem in place of the framework's validation error."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem


def _refuse(operation: Document) -> None:
    """Say what really comes back: every 422 is a problem, and any operation may be refused so."""
    if "422" in operation["responses"]:
        operation["responses"]["422"] = _REFUSED
    operation["responses"]["default"] = _REFUSED


def _demand(operation: Document) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["schema"].pop("x-demanded", False):
            parameter["required"] = True
            [parameter["schema"]] = [each for each in parameter["schema"]["anyOf"] if each["type"] != "null"]


def _exemplify(operation: Document, example: Document) -> None:
    """Show the bodies of an exchange where such bodies are described."""
    if "requestBody" in operation:
        operation["requestBody"] = _with_body(operation["requestBody"], example["request"])
    answers, status = operation["responses"], str(example["answer"]["status"])
    if status in answers:
        answers[status] = _with_body(answers[status], example["answer"])


def _with_body(described: Document, message: Document) -> Document:
    """Return the description with the message's body; what is described may be a constant of the route."""
    content, kind = described.get("content", {}), message.get("content_type")
    if "body" not in message or kind not in content:
        return described
    return described | {"content": content | {kind: content[kind] | {"example": message["body"]}}}
