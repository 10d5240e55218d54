import json
from dataclasses import dataclass, make_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import ids
from shared.database.columns import Columns, Json, Jsonb


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


class Every(NamedTuple):
    """A field of every kind, and each kind with nothing in it."""

    number: int
    id: UUID
    text: str
    flag: bool
    raw: bytes
    moment: datetime
    day: date
    amount: Decimal
    colour: Colour
    size: Size
    body: Jsonb
    head: Json
    narrow: Annotated[int, "smallint"]


class Perhaps(NamedTuple):
    id: UUID | None
    text: str | None
    flag: bool | None
    raw: bytes | None
    moment: datetime | None
    day: date | None
    amount: Decimal | None
    colour: Colour | None
    body: Jsonb | None
    narrow: Annotated[int, "smallint"] | None


class Pair(NamedTuple):
    key: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRecord:
    key: str
    value: int


EVERY, PERHAPS, PAIR = Columns(Every), Columns(Perhaps), Columns(Pair)


def full(number: int) -> Every:
    return Every(
        number,
        ids.new_id(),
        "考证 ' \" \\ {} :x",
        flag=number % 2 == 0,
        raw=bytes(range(256)),
        moment=datetime(2026, 7, 1, 8, 30, 0, 123456, tzinfo=UTC),
        day=date(2026, 7, 1),
        amount=Decimal("81.50"),
        colour=Colour.RED,
        size=Size.LARGE,
        body='{"a": [1, null]}',
        head='{"是":  true}',
        narrow=-32768,
    )


def told(row: Every) -> Every:
    """Return a row with what its JSON says: the driver reads some of it, and hands some of it over as text."""
    return row._replace(body=said(row.body), head=said(row.head))


def said(value):
    return json.loads(value) if isinstance(value, str) else value


def test_the_lists_name_each_column_in_the_order_of_the_fields():
    assert f"{PAIR}" == "key, value"
    assert PAIR.without("key") == "value"
    assert PAIR.prefixed("c.") == "c.key, c.value"
    assert PAIR.assigned("new") == "key = new.key, value = new.value"
    assert PAIR.assigned("new", "key") == "value = new.value"


def test_the_source_casts_each_array_to_the_type_of_its_field():
    assert PAIR.unnest("new") == "unnest(CAST(:key AS text[]), CAST(:value AS bigint[])) AS new (key, value)"
    assert PAIR.unnest("new", ordinal="ord").endswith(" WITH ORDINALITY AS new (key, value, ord)")


@pytest.mark.parametrize(
    "kind", [float, Enum("Plain", "A"), list[str], dict[str, str], int | str, int | str | None, NamedTuple]
)
def test_a_field_without_a_type_in_postgresql_can_be_read_but_not_sent(kind):
    row: Columns = Columns(make_dataclass("Row", [("field", kind)]))
    assert str(row) == "field"
    with pytest.raises(TypeError, match="has no type in PostgreSQL"):
        row.unnest("new")


@given(st.lists(st.tuples(st.text(), st.integers())))
def test_the_binds_are_the_rows_column_by_column(pairs):
    binds = PAIR.binds([Pair(*pair) for pair in pairs])
    assert [*zip(*binds.values(), strict=True)] == pairs
    assert list(binds) == ["key", "value"]
    assert Columns(PairRecord).binds([PairRecord(key=key, value=value) for key, value in pairs]) == binds


async def sent(work, columns, rows):
    """Send rows and read them back."""
    sql = f"SELECT {columns} FROM {columns.unnest('new', ordinal='ord')} ORDER BY ord"
    async with work() as open_work:
        return await open_work.rows(sql, columns.binds(rows))


@pytest.mark.integration
async def test_every_type_arrives_as_it_was_sent(work):
    rows = [full(number) for number in (-(2**63), 0, 2**63 - 1)]
    back = [Every._make(row) for row in await sent(work, EVERY, rows)]
    assert [told(row) for row in back] == [told(row) for row in rows]


@pytest.mark.integration
async def test_nothing_arrives_as_nothing(work):
    nothing = Perhaps(*[None] * 10)
    something = Perhaps._make(getattr(full(1), field) for field in Perhaps._fields)
    back = await sent(work, PERHAPS, [nothing, something, nothing])
    assert [Perhaps._make(row)._replace(body=None) for row in back] == [
        nothing,
        something._replace(body=None),
        nothing,
    ]
    assert [row.body is None for row in back] == [True, False, True]


@pytest.mark.integration
async def test_no_rows_are_no_rows(work):
    assert await sent(work, EVERY, []) == []
    assert await sent(work, PERHAPS, []) == []


@pytest.mark.integration
async def test_many_rows_are_stored_changed_and_read_by_name(work):
    room = [Pair(f"{number}", number) for number in range(300)]
    async with work() as open_work:
        await open_work.execute("CREATE TEMPORARY TABLE pair (value smallint, key text) ON COMMIT DROP")
        await open_work.execute(f"INSERT INTO pair ({PAIR}) SELECT {PAIR} FROM {PAIR.unnest('new')}", PAIR.binds(room))
        changed = [pair._replace(value=pair.value + 1) for pair in room[:100]]
        sql = f"UPDATE pair SET {PAIR.assigned('new', 'key')} FROM {PAIR.unnest('new')} WHERE pair.key = new.key"
        await open_work.execute(sql, PAIR.binds(changed))
        rows = await open_work.rows(f"SELECT {PAIR.prefixed('p.')} FROM pair AS p")
    assert sorted(map(Pair._make, rows)) == sorted(changed + room[100:])
