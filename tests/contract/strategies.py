"""Hypothesis strategies: schemas as pydantic writes them, and documents that they describe."""

from typing import Any

from hypothesis import strategies as st

_NAMES = st.sampled_from(["a", "b", "c", "d"])
_LEAVES = st.one_of(
    st.just({"type": "string"}),
    st.just({"type": "boolean"}),
    st.builds(lambda low: {"type": "integer", "minimum": low}, st.integers(-2, 2)),
    st.builds(lambda high: {"type": "number", "maximum": high}, st.integers(-2, 2)),
    st.builds(lambda length: {"type": "string", "maxLength": length}, st.integers(0, 3)),
    st.builds(
        lambda values: {"type": "string", "enum": values},
        st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, unique=True),
    ),
)


@st.composite
def objects(draw: Any, parts: Any) -> dict[str, Any]:
    fields = draw(st.dictionaries(_NAMES, parts, max_size=3))
    required = [name for name in fields if draw(st.booleans())]
    return {"type": "object", "properties": fields, **({"required": required} if required else {})}


SCHEMAS = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        objects(parts),
        st.builds(lambda item: {"type": "array", "items": item}, parts),
        st.builds(lambda one, other: {"anyOf": [one, other]}, parts, st.one_of(parts, st.just({"type": "null"}))),
        st.builds(lambda value: {"type": "object", "additionalProperties": value}, parts),
    ),
    max_leaves=8,
)
EVENTS = objects(SCHEMAS)


def documents(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return what a writer of the schema may send: only named fields, optional ones sometimes left out."""
    if "anyOf" in schema:
        return st.one_of([documents(option) for option in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    found: st.SearchStrategy[Any] = _BY_TYPE[schema["type"]](schema)
    return found


def _object(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "additionalProperties" in schema:
        return st.dictionaries(_NAMES, documents(schema["additionalProperties"]), max_size=2)
    fields = {name: documents(part) for name, part in schema["properties"].items()}
    required = schema.get("required", [])
    optional = {name: part for name, part in fields.items() if name not in required}
    return st.fixed_dictionaries({name: fields[name] for name in required}, optional=optional)


_BY_TYPE: dict[str, Any] = {
    "object": _object,
    "array": lambda schema: st.lists(documents(schema["items"]), max_size=2),
    "string": lambda schema: st.text("ab", max_size=schema.get("maxLength", 4)),
    "integer": lambda schema: st.integers(min_value=schema.get("minimum", -5), max_value=9),
    "number": lambda schema: st.integers(min_value=-9, max_value=schema.get("maximum", 9)),
    "boolean": lambda schema: st.booleans(),
    "null": lambda schema: st.none(),
}
