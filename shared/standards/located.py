"""Validates a data file against a model and says where each fault stands in the file."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from shared.errors import FieldError, Invalid
from shared.standards.faults import Finding, LocatedError, found
from shared.standards.nodes import Refused, escaped, placed
from shared.standards.text import load

Model = TypeVar("Model", bound=BaseModel)
#: More faults than this are only counted.
_MOST_FAULTS = 200


class Refusal(Protocol):
    """The error class to raise: its words may use `file`, `reason_zh` and `reason_en`."""

    def __call__(self, *, file: str, reason_zh: str, reason_en: str, errors: Sequence[FieldError]) -> Invalid:
        """Return the error for a file."""


def parse_document(text: str | bytes, name: str, model: type[Model], error: Refusal) -> Model:
    """Return the model that a YAML or JSON text holds; raise `error` with all faults, each with its place."""
    try:
        loaded = load(text, name)
    except Refused as refused:
        raise refusal(name, refused.faults, error) from None
    try:
        return model.model_validate(loaded.value)
    except ValidationError as invalid:
        causes = _causes(invalid.errors(include_url=False))
        faults = [_located(each, loaded.root) for each in causes[:_MOST_FAULTS]]
        faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
        raise refusal(name, faults, error, count=len(causes)) from None
    except ArithmeticError:  # a decimal too large to count with
        finding = Finding("value", "有无法计算的数。", "There is a number that cannot be calculated with.")
        raise refusal(name, [finding.of_file()], error) from None


def refusal(name: str, faults: Sequence[LocatedError], error: Refusal, count: int | None = None) -> Invalid:
    """Return the error for a file with these faults; `count` is how many there are, if not all are given."""
    total = count or len(faults)
    zh = faults[0].zh + (f"（共 {total} 处错误）" if total > 1 else "")
    en = faults[0].en + (f" ({total} faults in all)" if total > 1 else "")
    return error(file=name, reason_zh=zh, reason_en=en, errors=tuple(faults))


def _causes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows: pydantic also calls a list too short if all its items are wrong."""
    holding = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in holding]


def _located(error: ErrorDetails, root: yaml.Node) -> LocatedError:
    finding = found(error)
    pointer = "".join(f"/{escaped(part)}" for part in error["loc"])
    node = _reach(root, error["loc"], to_name=error["type"] == "extra_forbidden")
    about = _last_named(node, finding.about) if finding.about else None
    return placed(finding, about or node, pointer)


def _reach(node: yaml.Node, loc: Sequence[Any], *, to_name: bool) -> yaml.Node:
    """Return the node that lies deepest on the way: what is missing is reported where it should be."""
    for index, part in enumerate(loc):
        step = _step(node, part)
        if step is None:
            return node
        name, node = step
        if to_name and index == len(loc) - 1:
            return name
    return node


def _step(node: yaml.Node, part: Any) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        # the last one counts: merged values come first, a mapping's own ones override them
        return next((pair for pair in reversed(node.value) if pair[0].value == str(part)), None)
    return None


def _last_named(node: yaml.Node, value: str) -> yaml.Node | None:
    """Return the last value below a node that equals `value`: of two with the same code the second is meant."""
    last = None
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            last = node if node.value == value else last
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting += [child for _, child in reversed(node.value)]
    return last
