"""The example files beside the routes of each service."""

import json
from pathlib import Path
from typing import Any

from shared.web.openapi import examples_of
from tests.examples.forms import form


def path(service: str, operation: str) -> Path:
    """Return where the example of an operation is."""
    return examples_of(service) / f"{operation}.json"


def read(service: str) -> dict[str, Any]:
    """Return the examples of a service by operation."""
    return {each.stem: json.loads(each.read_text("utf-8")) for each in sorted(examples_of(service).glob("*.json"))}


def write(service: str, found: dict[str, Any]) -> list[str]:
    """Write anew what is of another form than the file, remove what is no operation; return both."""
    known = read(service)
    gone = known.keys() - found.keys()
    changed = [name for name, example in found.items() if form(known.get(name)) != form(example)]
    for name in gone:
        path(service, name).unlink()
    examples_of(service).mkdir(exist_ok=True)
    for name in changed:
        path(service, name).write_text(json.dumps(found[name], ensure_ascii=False, indent=2) + "\n", "utf-8")
    return [*gone, *changed]
