"""Each column is named once, as a field of a row type: a statement's lists, its source of rows and its binds follow."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

RowT = TypeVar("RowT")

#: Text that PostgreSQL reads as JSON. Any field may name its type like this.
Json = Annotated[str, "json"]
Jsonb = Annotated[str, "jsonb"]

#: What is derived from one of these, as enumerations are, is stored as it. Every int is sent as a `bigint`: what a
#: narrower column cannot hold, the column refuses.
_TYPES: dict[type, str] = {
    bool: "boolean",
    int: "bigint",
    str: "text",
    bytes: "bytea",
    UUID: "uuid",
    datetime: "timestamptz",
    date: "date",
    Decimal: "numeric",
}


class Columns(Generic[RowT]):
    """The columns of a `NamedTuple` or dataclass, in the order of its fields; as text, the list of their names.

    f"INSERT INTO room ({ROOM}) SELECT {ROOM} FROM {ROOM.unnest('new')}" with the values `ROOM.binds(rooms)`.
    """

    def __init__(self, row: type[RowT]) -> None:
        """Take the type of the rows."""
        self._hints = get_type_hints(row, include_extras=True)
        self._getters = [(name, attrgetter(name)) for name in self._hints]

    def __str__(self) -> str:
        """Return the names as a list for INSERT, SELECT or RETURNING."""
        return self.without()

    def without(self, *names: str) -> str:
        """Return the list without some names."""
        return ", ".join(name for name in self._hints if name not in names)

    def prefixed(self, prefix: str) -> str:
        """Return the list with a prefix to each name: `c.` of a table, `practical_` of one group of columns."""
        return ", ".join(prefix + name for name in self._hints)

    def assigned(self, source: str, *keys: str) -> str:
        """Return what SET says so that all columns but the keys become those of the source."""
        return ", ".join(f"{name} = {source}.{name}" for name in self._hints if name not in keys)

    def unnest(self, alias: str, *, ordinal: str = "") -> str:
        """Return the source of the rows that `binds` gives; `ordinal` names one more column, which counts them from 1.

        Raises `TypeError` if a field has no type in PostgreSQL.
        """
        arrays = ", ".join(f"CAST(:{name} AS {_type(hint)}[])" for name, hint in self._hints.items())
        if ordinal:
            return f"unnest({arrays}) WITH ORDINALITY AS {alias} ({self}, {ordinal})"
        return f"unnest({arrays}) AS {alias} ({self})"

    def binds(self, rows: Collection[RowT]) -> dict[str, list[Any]]:
        """Return the rows as one array for each column, bound under its name."""
        return {name: [*map(value, rows)] for name, value in self._getters}


def _type(hint: Any) -> str:
    if get_origin(hint) in {Union, UnionType} and len(kinds := set(get_args(hint)) - {NoneType}) == 1:
        return _type(kinds.pop())
    if get_origin(hint) is Annotated:
        return str(hint.__metadata__[0])
    for base in getattr(hint, "__mro__", ()):
        if base in _TYPES:
            return _TYPES[base]
    raise TypeError(f"{hint} has no type in PostgreSQL")
