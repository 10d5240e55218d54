"""A standard as a file: YAML for people, JSON for programs, and the JSON Schema of both."""

import re
from typing import Any

import yaml

from shared.standards.errors import StandardInvalid
from shared.standards.located import parse_document
from shared.standards.model import SkillStandard

_WIDTH = 120
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")
SCHEMA_ID = "urn:kaozheng:schema:skill-standard"


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, and ends of lines that YAML would turn into others as escapes."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if _ODD_BREAK.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def parse_standard(text: str | bytes, name: str) -> SkillStandard:
    """Return the standard that a YAML or JSON text holds; raise `StandardInvalid` with every fault and its line."""
    return parse_document(text, name, SkillStandard, StandardInvalid)


def to_json(standard: SkillStandard) -> str:
    """Return a standard as JSON with every field, levels[].units[].tasks[].requirements[] nested."""
    return standard.model_dump_json(indent=2) + "\n"


def to_yaml(standard: SkillStandard) -> str:
    """Return a standard as YAML in the schema's order, without what a reader fills in by itself."""
    data = standard.model_dump(mode="json", exclude_defaults=True, exclude_computed_fields=True)
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that exported standards and data files satisfy."""
    schema = SkillStandard.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID} | _optional_level(schema)


def _optional_level(schema: dict[str, Any]) -> dict[str, Any]:
    """Let nodes leave out their `level`: an export has it, in a data file the code alone says it."""
    for part in schema["$defs"].values():
        read_only = {name for name, field in part.get("properties", {}).items() if field.get("readOnly")}
        if read_only:
            part["required"] = [name for name in part["required"] if name not in read_only]
    return schema
