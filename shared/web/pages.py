"""Lists in pages: `?limit=&cursor=` in, `{items, next_cursor}` out; a cursor is opaque to the caller."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from shared.errors import FieldError, Invalid

ItemT = TypeVar("ItemT")

_LONGEST = 512
#: PostgreSQL's `integer`.
_MOST = 2**31 - 1


class Page(BaseModel, Generic[ItemT]):
    """One page; `next_cursor` is null on the last one."""

    items: list[ItemT]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which page is asked for. In a route: `page: Annotated[PageQuery, Depends()]`."""

    limit: Annotated[int, Query(ge=1, le=1_000, description="每页条数 items per page")] = 100
    cursor: Annotated[str | None, Query(max_length=_LONGEST, description="上一页的 next_cursor")] = None


class CursorRefused(Invalid):
    """The cursor is not one of ours, or of another list."""

    slug = "cursor-invalid"
    zh = "游标无效，请从第一页重新读取。"
    en = "The cursor is not valid; start again from the first page."


def _text(value: Any) -> str:
    text = str(value)
    text.encode()
    if "\0" in text:
        raise ValueError("PostgreSQL keeps no NUL in a text")
    return text


def _kept(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > _MOST:
        raise ValueError("no sort key is that large")
    return value


def encode_cursor(*values: Any) -> str:
    """Return a cursor that remembers the sort key of the last item (anything that `str` can write)."""
    text = json.dumps([str(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode_cursor(cursor: str, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """Return the values of a cursor, each read by its kind (`UUID`, `int`, `datetime.fromisoformat`, ...)."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_kept(kind(_text(value))) for kind, value in zip(kinds, values, strict=True))
    except (binascii.Error, ValueError, TypeError) as error:
        fault = FieldError("/query/cursor", CursorRefused.slug, CursorRefused.zh, CursorRefused.en)
        raise CursorRefused(errors=[fault]) from error
