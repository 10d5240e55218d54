"""YAML as a tree of nodes, each of which knows where it stands in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from shared.standards.faults import Finding, LocatedError

if TYPE_CHECKING:
    _FastLoader = yaml.SafeLoader
else:  # the C parser is some ten times as fast; PyYAML is built without it on some systems
    _FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Values of a file, those that aliases repeat counted each time.
MOST_VALUES = 200_000
DEEPEST = 40
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")}
#: Parts of sixty, which YAML knows, take longer the more there are: minutes for a megabyte.
_NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_LONGEST_NUMBER = 100
_MERGE = "tag:yaml.org,2002:merge"

TOO_DEEP = Finding("too-deep", f"嵌套超过 {DEEPEST} 层。", f"Nested more than {DEEPEST} deep.")
_TOO_MANY = Finding("too-many", f"超过 {MOST_VALUES} 个值。", f"More than {MOST_VALUES} values.")
_ENDLESS = Finding("endless", "别名包含了它自己。", "An alias contains itself.")
_NO_VALUE = Finding(
    "value",
    "读不出这个值；如果是文字，请加引号。",
    "This value cannot be read; if it is text, put it in quotation marks.",
)
_EMPTY = Finding("empty", "文件是空的。", "The file is empty.")


class Refused(Exception):
    """The text is not taken; `faults` says where and why."""

    def __init__(self, *faults: LocatedError) -> None:
        """Take the faults with their places."""
        super().__init__(faults)
        self.faults = faults


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun: its anchor, its values so far, and how deep they lie."""

    anchor: str | None
    values: int = 1
    depth: int = 1


@dataclass(slots=True)
class _Measure:
    """Counts values and depth as they would be with every alias written out, without writing any out."""

    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, _Open] = field(default_factory=dict)

    def take(self, event: Any) -> Finding | None:
        """Take the next event; return why the text must be refused, if it must."""
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append(_Open(event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self.open.pop())
        elif isinstance(event, yaml.ScalarEvent):
            self._add(_Open(event.anchor))
        elif isinstance(event, yaml.AliasEvent):
            if any(each.anchor == event.anchor for each in self.open):
                return _ENDLESS
            known = self.anchors.get(event.anchor or "", _Open(None))
            self._add(_Open(None, known.values, known.depth))
        return self._verdict(getattr(event, "tag", None))

    def _add(self, done: _Open) -> None:
        if done.anchor is not None:
            self.anchors[done.anchor] = done
        if self.open:
            parent = self.open[-1]
            parent.values += done.values
            parent.depth = max(parent.depth, done.depth + 1)

    def _verdict(self, tag: str | None) -> Finding | None:
        if tag is not None and tag not in _TAGS:
            return Finding("tag", f"不接受类型标记 {tag}。", f"The type tag {tag} is not accepted.")
        if not self.open:
            return None
        top = self.open[-1]
        if len(self.open) - 1 + top.depth > DEEPEST:
            return TOO_DEEP
        return _TOO_MANY if top.values > MOST_VALUES else None


class Loader(_FastLoader):
    """Makes values of nodes, and says which of them cannot be made into any, such as a thirteenth month."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's form
        """Return the value of a node; raise `Refused`."""
        if node.tag in _NUMBERS and len(node.value) > _LONGEST_NUMBER:
            raise Refused(placed(_NO_VALUE, node))
        try:
            return super().construct_object(node, deep)
        except ValueError:
            raise Refused(placed(_NO_VALUE, node)) from None


def compose(content: str) -> tuple[Loader, yaml.Node]:
    """Return a loader and the root node; raise `Refused` for bombs, depth, foreign types and names given twice."""
    measure = _Measure()
    for event in yaml.parse(content, Loader=Loader):
        finding = measure.take(event)
        if finding is not None:
            raise Refused(placed(finding, event))
    loader = Loader(content)
    root = loader.get_single_node()
    if root is None:
        raise Refused(_EMPTY.of_file())
    twice = tuple(_names_given_twice(root))
    if twice:
        raise Refused(*twice)
    return loader, root


def placed(finding: Finding, marked: Any, pointer: str = "") -> LocatedError:
    """Return a fault at the place where an event or node begins."""
    mark = marked.start_mark
    return finding.at(pointer, mark.line + 1, mark.column + 1)


def _names_given_twice(root: yaml.Node) -> Iterator[LocatedError]:
    for mapping, pointer in _mappings(root):
        seen: set[str] = set()
        for key, _ in mapping.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
                continue
            if key.value in seen:
                finding = Finding("given-twice", f"{key.value} 出现了两次。", f"{key.value} is given twice.")
                yield placed(finding, key, pointer)
            seen.add(key.value)


def _mappings(root: yaml.Node) -> Iterator[tuple[yaml.MappingNode, str]]:
    """Yield every mapping once, however often it is repeated by aliases, with its JSON pointer."""
    seen: set[int] = set()
    waiting = [(root, "")]
    while waiting:
        node, pointer = waiting.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node, pointer
        waiting += reversed([(child, f"{pointer}/{escaped(name)}") for name, child in children(node)])


def children(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Yield what is directly in a list or mapping, each with its index or name."""
    if isinstance(node, yaml.SequenceNode):
        yield from ((str(index), child) for index, child in enumerate(node.value))
    elif isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), child) for key, child in node.value)


def escaped(part: str | int) -> str:
    """Return a part of a JSON pointer (RFC 6901)."""
    return str(part).replace("~", "~0").replace("/", "~1")
