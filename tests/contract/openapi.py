"""The OpenAPI document of each service, as it is checked in: needs neither database nor broker."""

import importlib
import json
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

from shared.service import create_app
from tests.worlds.stack import ServiceDatabase, service_values

SERVICES = ("registration", "exam", "grading", "certificate", "operations")
FOLDER = Path(__file__).parent.parent.parent / "docs" / "openapi"
_NOWHERE = ServiceDatabase("", "postgresql://nobody@localhost/none", "postgresql://nobody@localhost/none", "")
_SHOWN_LINES = 40


def document(service: str) -> Any:
    """Return what the code says now."""
    settings = importlib.import_module(f"services.{service}.settings").Settings(**service_values(service, _NOWHERE))
    return create_app(importlib.import_module(f"services.{service}.bootstrap").build(settings)).openapi()


def text(service: str) -> str:
    """Return the document as it is checked in."""
    return json.dumps(document(service), ensure_ascii=False, indent=2) + "\n"


def path(service: str) -> Path:
    """Return where the document is checked in."""
    return FOLDER / f"{service}.json"


def checked_in(service: str) -> str:
    """Return what is checked in, or nothing if that is not there yet."""
    return path(service).read_text("utf-8") if path(service).exists() else ""


def difference(service: str) -> str:
    """Return what to do about a difference, and its beginning; nothing if there is none."""
    name, old, new = f"docs/openapi/{service}.json", checked_in(service), text(service)
    if old == new:
        return ""
    lines = unified_diff(old.splitlines(), new.splitlines(), name, "code", lineterm="", n=2)
    return "\n".join([f"{name} differs from the code; run `make contracts`.", *islice(lines, _SHOWN_LINES)])
