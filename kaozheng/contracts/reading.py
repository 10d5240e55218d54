"""Whether every document that one schema describes can be read by another: JSON Schema as pydantic writes it.

Writers send only what their schema names, readers ignore what theirs does not name. What is not understood counts
as a fault, so that the gate errs on the safe side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

Node = Mapping[str, Any]

_EXPLAINING = frozenset({"title", "description", "examples", "default", "deprecated", "$comment", "$schema", "$id"})
_STRUCTURE = frozenset(
    {"type", "enum", "const", "items", "prefixItems", "properties", "required", "additionalProperties", "$defs"}
)
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the reader refuses what the writer may send: which rule, what is sent, what is read."""

    pointer: str
    rule: str
    sent: str
    read: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same place in both schemas."""

    writer: Node
    reader: Node
    writer_root: Node
    reader_root: Node
    pointer: str = ""
    seen: frozenset[tuple[str, str]] = frozenset()

    def at(self, step: str, writer: Any, reader: Any) -> "_Pair":
        return replace(self, writer=_node(writer), reader=_node(reader), pointer=f"{self.pointer}/{step}")

    def fault(self, rule: str, sent: Any, read: Any, step: str = "") -> Fault:
        return Fault(self.pointer + step, rule, _brief(sent), _brief(read))


def faults(writer: Node, reader: Node) -> list[Fault]:
    """Return where `reader` refuses documents of `writer`; none means that it reads them all."""
    return list(_compare(_Pair(writer, reader, writer, reader)))


def _compare(pair: _Pair) -> Iterator[Fault]:
    refs = (pair.writer.get("$ref", ""), pair.reader.get("$ref", ""))
    if all(refs):
        if refs in pair.seen:
            return
        pair = replace(pair, seen=pair.seen | {refs})
    readers = _alternatives(pair.reader, pair.reader_root)
    for sent in _alternatives(pair.writer, pair.writer_root):
        tries = [list(_single(replace(pair, writer=sent, reader=read))) for read in readers]
        yield from min(tries, key=len)  # the reader's nearest alternative is the one worth reporting


def _single(pair: _Pair) -> Iterator[Fault]:
    sent, read = _kind(pair.writer), _kind(pair.reader)
    if read and sent != read and (sent, read) != ("integer", "number"):
        yield pair.fault("type", sent or "any", read)
        return
    yield from _values(pair)
    yield from _limits(pair)
    yield from _items(pair)
    yield from _fields(pair)


def _values(pair: _Pair) -> Iterator[Fault]:
    sent, read = _allowed(pair.writer), _allowed(pair.reader)
    if read is None:
        return
    if sent is None:
        yield pair.fault("enum", "any", read)
    elif missing := [value for value in sent if value not in read]:
        yield pair.fault("enum", missing, read)


def _limits(pair: _Pair) -> Iterator[Fault]:
    for word, read in pair.reader.items():
        if word in _EXPLAINING or word in _STRUCTURE or word.startswith("x-"):
            continue
        sent = pair.writer.get(word)
        if sent == read or (sent is not None and _within(word, sent, read)):
            continue
        yield pair.fault("limit", f"{word} {_brief(sent)}", f"{word} {_brief(read)}")


def _within(word: str, sent: float, read: float) -> bool:
    return (word in _LOWER and sent >= read) or (word in _UPPER and sent <= read)


def _items(pair: _Pair) -> Iterator[Fault]:
    sent, read = pair.writer.get("prefixItems"), pair.reader.get("prefixItems")
    if sent or read:
        if not sent or not read or len(sent) != len(read):
            yield pair.fault("items", len(sent or ()), len(read or ()))
            return
        for index, (one, other) in enumerate(zip(sent, read, strict=True)):
            yield from _compare(pair.at(f"prefixItems/{index}", one, other))
    if "items" in pair.reader:
        yield from _compare(pair.at("items", pair.writer.get("items", {}), pair.reader["items"]))


def _fields(pair: _Pair) -> Iterator[Fault]:
    sent, read = pair.writer.get("properties", {}), pair.reader.get("properties", {})
    always = set(pair.writer.get("required", ()))
    for name in pair.reader.get("required", ()):
        if name not in always:
            what = "optional" if name in sent else "absent"
            yield pair.fault("required", what, "required", f"/properties/{name}")
    # a writer with open keys may send any name, so those values must fit the reader's named fields too
    open_keys = pair.writer.get("additionalProperties", False)
    for name in read:
        if name in sent or open_keys is not False:
            yield from _compare(pair.at(f"properties/{name}", sent.get(name, open_keys), read[name]))
    yield from _open_keys(pair, open_keys)


def _open_keys(pair: _Pair, open_keys: Any) -> Iterator[Fault]:
    """Compare what the reader says about names that it does not list."""
    if "additionalProperties" not in pair.reader:
        return
    rest = pair.reader["additionalProperties"]
    unlisted = pair.writer.get("properties", {}).keys() - pair.reader.get("properties", {}).keys()
    for name in sorted(unlisted):
        yield from _compare(pair.at(f"properties/{name}", pair.writer["properties"][name], rest))
    if open_keys is not False:
        yield from _compare(pair.at("additionalProperties", open_keys, rest))


def _alternatives(node: Node, root: Node) -> list[Node]:
    """Follow references and spread unions: the list of plain schemas of which a value meets one."""
    node = _resolved(node, root)
    for word in ("anyOf", "oneOf"):
        if word in node:
            rest = {key: value for key, value in node.items() if key != word}
            return [plain for option in node[word] for plain in _alternatives({**rest, **option}, root)]
    if isinstance(node.get("type"), list):
        return [{**node, "type": kind} for kind in node["type"]]
    return [node]


def _resolved(node: Node, root: Node) -> Node:
    while "$ref" in node:
        target: Any = root
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _node(value: Any) -> Node:
    """Write the boolean schemas out: `true` takes anything, `false` nothing."""
    if isinstance(value, bool):
        return {} if value else {"enum": []}
    return value  # type: ignore[no-any-return]  # JSON: a schema is an object or a boolean


def _kind(node: Node) -> str | None:
    kind = node.get("type")
    return kind if isinstance(kind, str) else None


def _allowed(node: Node) -> list[Any] | None:
    if "const" in node:
        return [node["const"]]
    return node.get("enum")


def _brief(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004  # a line of a terminal
