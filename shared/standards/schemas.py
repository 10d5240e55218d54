"""The JSON Schemas of the data files, for editors and other programs; `docs/` holds them as files."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.standards.authoring import AuthoredBlueprint
from shared.standards.documents import json_schema

BLUEPRINT_ID = "urn:kaozheng:schema:blueprint"


def blueprint_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a blueprint's file as people write it, defaults left out."""
    schema = AuthoredBlueprint.model_json_schema(mode="validation")
    criterion = schema["$defs"]["Criterion"]
    bands = criterion["properties"]["bands"]
    named = {"type": "string", "minLength": 1, "description": "The name of one of the scales."}
    criterion["properties"]["bands"] = {"title": bands["title"], "anyOf": [_list_of(bands), named]}
    for rules in ("Marking", "Panel", "Composition"):
        del schema["$defs"][rules]["required"]
    schema["required"].remove("composition")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": BLUEPRINT_ID} | schema


def _list_of(bands: dict[str, Any]) -> dict[str, Any]:
    return {"type": bands["type"], "items": bands["items"]}


#: Of which kind of file -> what makes the schema.
SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "standard": json_schema,
    "blueprint": blueprint_schema,
}
