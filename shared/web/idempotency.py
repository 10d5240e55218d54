"""A command that is sent twice under one key is done once: the first answer is kept, sealed, and given again.

The answer is stored in the transaction that did the work, so neither can exist without the other. Two equal requests at
the same moment meet at the key's unique row: the second waits there until the first has committed, then repeats it.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeGuard, TypeVar

import structlog
from fastapi import Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.errors import Conflict, FieldError, Invalid
from shared.sealing import Sealer
from shared.web.openapi import DEMANDED
from shared.web.requests import route_of
from shared.work import UnitOfWork

ModelT = TypeVar("ModelT", bound=BaseModel)

#: What the document says of the header where it is demanded.
KEY_DEMANDED = "每次新建用新的值，重试用原值。New for new work, the same for a retry."

_CONTEXT = "idempotency"
_LONGEST_KEY = 200
_LOCK_NOT_AVAILABLE = "55P03"
_CLEAN_EVERY_SECONDS = 3_600.0

_CLAIM = """
    INSERT INTO idempotency (subject, operation, key, fingerprint) VALUES (:subject, :operation, :key, :fingerprint)
    ON CONFLICT DO NOTHING RETURNING key
"""
_READ = """
    SELECT fingerprint, status, answer FROM idempotency
     WHERE subject = :subject AND operation = :operation AND key = :key
"""
_KEEP = """
    UPDATE idempotency SET status = :status, answer = :answer
     WHERE subject = :subject AND operation = :operation AND key = :key
"""
_CLEAN = text("DELETE FROM idempotency WHERE created_at < clock_now() - interval '7 days'")

_log = structlog.get_logger(__name__)


class KeyRequired(Invalid):
    """A creating POST came without its key, or a command with what can be none."""

    slug = "idempotency-key-required"
    zh = "此请求须带 Idempotency-Key 请求头（1 至 200 个字符，每次新建用新的值，重试用原值）。"
    en = "This request needs an Idempotency-Key header (1 to 200 characters; new for new work, the same for a retry)."


class KeyReused(Conflict):
    """The key was used before for another content."""

    slug = "idempotency-key-reused"
    zh = "此 Idempotency-Key 已用于内容不同的请求，请换用新的值。"
    en = "This Idempotency-Key was used for a request with other content; use a new one."


class KeyInProgress(Conflict):
    """The first request with this key is still being worked on."""

    slug = "idempotency-key-in-progress"
    zh = "带有同一 Idempotency-Key 的请求仍在处理，请稍后重试。"
    en = "A request with the same Idempotency-Key is still being worked on; retry later."


def is_key(text: str | None) -> TypeGuard[str]:
    """Tell whether a header's value can be a key: not empty, not too long, nothing that PostgreSQL cannot keep."""
    return bool(text) and len(text or "") <= _LONGEST_KEY and "\0" not in (text or "")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: str
    location: str | None

    def response(self, *, replayed: bool) -> Response:
        headers = {"idempotency-replayed": "true"} if replayed else {}
        if self.location:
            headers["location"] = self.location
        return Response(self.body, self.status, headers, media_type="application/json")

    def sealed(self, sealer: Sealer) -> bytes:
        plain = json.dumps({"body": self.body, "location": self.location}, ensure_ascii=False)
        return sealer.seal(plain.encode(), _CONTEXT)

    @classmethod
    def opened(cls, status: int, sealed: bytes, sealer: Sealer) -> "_Answer":
        return cls(status=status, **json.loads(sealer.open(sealed, _CONTEXT)))


class Repeatable:
    """What a command's route uses so that it can be sent again. In a route: `once: Annotated[Repeatable, Depends()]`.

    Without a key the command is just done: a caller whose answer was lost must then look what has come of it.
    """

    def __init__(
        self,
        request: Request,
        idempotency_key: Annotated[
            str | None,
            Header(description="每个命令用新的值，重试用原值。New for each command, the same when it is sent again."),
        ] = None,
    ) -> None:
        """Take the key, if there is one; raise `KeyRequired` for what can be none."""
        if idempotency_key is not None and not is_key(idempotency_key):
            raise _key_required()
        self._request = request
        self._key = idempotency_key
        self._sealer: Sealer = request.app.state.sealer

    async def answer(
        self,
        work: object,
        status: int,
        make: Callable[[], Awaitable[ModelT]],
        *,
        location: Callable[[ModelT], str] | None = None,
        digest: bytes | None = None,
    ) -> Response:
        """Run `make` in the open transaction and keep its answer, or give the kept answer of the first time.

        `work` is the open unit of work, whatever port the service sees it by. A route that streams its body passes the
        `digest` of what it read; otherwise the body is read here.
        """
        if not isinstance(work, UnitOfWork):
            raise TypeError("the answer is kept in the transaction of the effect: pass the unit of work")
        if self._key is None:
            return _answered(status, await make(), location).response(replayed=False)
        row = self._row(digest if digest is not None else hashlib.sha256(await self._request.body()).digest())
        if not await self._claim(work, row):
            return await self._replay(work, row)
        answer = _answered(status, await make(), location)
        await work.execute(_KEEP, _without(row) | {"status": status, "answer": answer.sealed(self._sealer)})
        return answer.response(replayed=False)

    async def _claim(self, work: UnitOfWork, row: dict[str, Any]) -> bool:
        try:
            return bool(await work.rows(_CLAIM, row))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                raise KeyInProgress from error
            raise

    async def _replay(self, work: UnitOfWork, row: dict[str, Any]) -> Response:
        kept = (await work.rows(_READ, _without(row)))[0]
        if kept.fingerprint != row["fingerprint"]:
            raise KeyReused
        return _Answer.opened(kept.status, kept.answer, self._sealer).response(replayed=True)

    def _row(self, digest: bytes) -> dict[str, Any]:
        scope = self._request.scope
        principal = getattr(self._request.state, "principal", None)
        place = f"{scope['path']}?{scope['query_string'].decode('latin-1')}\0"
        return {
            "subject": principal.subject if principal else "",
            "operation": f"{self._request.method} {route_of(scope)}",
            "key": self._key,
            "fingerprint": hashlib.sha256(place.encode() + digest).digest(),
        }


class Once(Repeatable):
    """The same for what creates: such a command needs a key. In a route: `once: Annotated[Once, Depends()]`."""

    def __init__(
        self,
        request: Request,
        idempotency_key: Annotated[
            str | None,
            Header(description=KEY_DEMANDED, json_schema_extra=DEMANDED),
        ] = None,
    ) -> None:
        """Take the key; raise `KeyRequired` without one."""
        if idempotency_key is None:
            raise _key_required()
        super().__init__(request, idempotency_key)


def _key_required() -> KeyRequired:
    return KeyRequired(errors=[FieldError("/header/Idempotency-Key", KeyRequired.slug, KeyRequired.zh, KeyRequired.en)])


def _answered(status: int, made: ModelT, location: Callable[[ModelT], str] | None) -> _Answer:
    return _Answer(status, made.model_dump_json(by_alias=True), location(made) if location else None)


def _without(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "fingerprint"}


async def clean(engine: AsyncEngine, stop: asyncio.Event) -> None:
    """Forget keys older than seven days, every hour, until told to stop."""
    while not stop.is_set():
        async with engine.begin() as connection:
            removed = (await connection.execute(_CLEAN)).rowcount
        if removed:
            _log.info("idempotency.keys.removed", count=removed)
        try:
            async with asyncio.timeout(_CLEAN_EVERY_SECONDS):
                await stop.wait()
        except TimeoutError:
            continue
