"""The checked-in contracts: current schemas, older revisions and golden examples, as files beside the event classes.

`schemas/<event_type>.schema.json` is the current revision, `schemas/history/<event_type>.<n>.schema.json` are the
older ones, counted from 1.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shared.events
from kaozheng.contracts.schema import Schema, same_structure, text_of

CHECKED_IN = Path(shared.events.__file__).parent
_SUFFIX = ".schema.json"


@dataclass(frozen=True, slots=True)
class Store:
    """The folder with `schemas/` and `examples/`."""

    root: Path = CHECKED_IN

    def types(self) -> list[str]:
        """Return all event types ever published, sorted."""
        names = {path.name.removesuffix(_SUFFIX) for path in (self.root / "schemas").glob(f"*{_SUFFIX}")}
        past = (self.root / "schemas" / "history").glob(f"*{_SUFFIX}")
        return sorted(names | {path.name.removesuffix(_SUFFIX).rpartition(".")[0] for path in past})

    def text(self, event_type: str) -> str | None:
        """Return the current schema file's text, or nothing if there is none yet."""
        path = self._current(event_type)
        return path.read_text("utf-8") if path.exists() else None

    def revisions(self, event_type: str) -> list[tuple[str, Schema]]:
        """Return every published revision by file name, the current one last."""
        paths = sorted(self._history(event_type), key=lambda path: int(path.name.removesuffix(_SUFFIX).split(".")[-1]))
        if self._current(event_type).exists():
            paths.append(self._current(event_type))
        return [(path.name, json.loads(path.read_text("utf-8"))) for path in paths]

    def save(self, event_type: str, schema: Schema) -> bool:
        """Write the schema, keep the revision that it replaces; tell whether anything changed."""
        before = self.text(event_type)
        if before == text_of(schema):
            return False
        if before is not None and not same_structure(json.loads(before), schema):
            number = len(self._history(event_type)) + 1
            past = self.root / "schemas" / "history" / f"{event_type}.{number}{_SUFFIX}"
            past.parent.mkdir(exist_ok=True)
            past.write_text(before, "utf-8")
        self._current(event_type).parent.mkdir(parents=True, exist_ok=True)
        self._current(event_type).write_text(text_of(schema), "utf-8")
        return True

    def examples(self) -> dict[str, Any]:
        """Return the golden examples by file stem."""
        paths = sorted((self.root / "examples").glob("*.json"))
        return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}

    def _current(self, event_type: str) -> Path:
        return self.root / "schemas" / f"{event_type}{_SUFFIX}"

    def _history(self, event_type: str) -> list[Path]:
        return list((self.root / "schemas" / "history").glob(f"{event_type}.*{_SUFFIX}"))
