"""What is declared in pyproject.toml, what is pinned, and which distribution an import comes from."""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

OWN = {"kaozheng", "services", "shared", "tests", "benchmarks"}
Requirements = dict[str, Requirement]


def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def named(lines: Iterable[str]) -> Requirements:
    """Return requirements by their canonical name."""
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def base() -> Requirements:
    """Return what every part may import."""
    return named(project()["project"]["dependencies"])


def extras() -> dict[str, Requirements]:
    """Return what each extra adds, without the one that only stands for the others."""
    declared = project()["project"]["optional-dependencies"]
    return {extra: named(lines) for extra, lines in declared.items() if extra != "all"}


def group(name: str) -> Requirements:
    """Return a dependency group with those that it includes."""
    found: Requirements = {}
    for entry in project()["dependency-groups"][name]:
        found |= group(entry["include-group"]) if isinstance(entry, dict) else named([entry])
    return found


def pins(file: str) -> Requirements:
    """Return what a pins file fixes."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return named(line.removesuffix("\\") for line in lines if line[:1].isalnum())


def closure(wanted: Requirements) -> set[str]:
    """Return the names of all that must be installed here for what is wanted."""
    found: set[str] = set()
    waiting = [*wanted.values()]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (key := (name, frozenset(requirement.extras))) not in seen:
            seen.add(key)
            found.add(name)
            waiting += _needs(name, requirement.extras)
    return found


def _needs(name: str, extras: set[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, metadata.requires(name) or ()):
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": one}) for one in extras | {""}):
            yield requirement


def imported(files: Iterable[Path]) -> set[str]:
    """Return the distributions that files import from."""
    return {owner(name) for file in files for name in _names(file)} - OWN - {""}


def _names(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def owner(name: str) -> str:
    """Return the distribution that a dotted name comes from; nothing for Python's own."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return ""
    known = _modules()
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return known.get(name) or canonicalize_name(top)


@cache
def _modules() -> dict[str, str]:
    """Return every module that is installed here, with its distribution: a namespace is in several."""
    return {
        _dotted(file): canonicalize_name(distribution.name)
        for distribution in metadata.distributions()
        for line in (distribution.read_text("RECORD") or "").splitlines()
        if (file := line.partition(",")[0]).endswith((".py", ".so"))
    }


def _dotted(file: str) -> str:
    *folders, last = file.split("/")
    name = last.partition(".")[0]
    return ".".join(folders if name == "__init__" else (*folders, name))
