"""JSON that two readers cannot understand differently, and that PostgreSQL can keep: I-JSON (RFC 7493), without NUL.

Give routers that take JSON bodies `route_class=StrictRoute`.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

#: An escaped NUL in JSON text; an even number of backslashes before it are characters of their own.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def read(body: bytes) -> Any:
    """Return what a body says; raise `json.JSONDecodeError` for what is no UTF-8, repeats a name, or holds a NUL."""
    try:
        found = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
        if b"\\u" in body:  # the only way to write a NUL or half a character
            _check_text(found)
    except (ValueError, RecursionError) as error:
        place = error.pos if isinstance(error, json.JSONDecodeError) else 0
        raise json.JSONDecodeError("no strict JSON", "", place) from error
    return found


def _check_text(found: Any) -> None:
    text = json.dumps(found, ensure_ascii=False)
    text.encode()
    if _NUL.search(text):
        raise ValueError("a text holds NUL")


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        """Return the body's JSON; raise `json.JSONDecodeError`, which is answered with 422."""
        return read(await self.body())


class StrictRoute(APIRoute):
    """A route whose JSON body is read strictly."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]  # any awaitable
        """Return the framework's handler behind a strict reader."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict
