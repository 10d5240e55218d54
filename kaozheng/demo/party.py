"""One party of the workflow: a caller of one service's public API, with its own token."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any, TypeVar

import httpx

from shared import ids

ItemT = TypeVar("ItemT")


class DemoFailed(Exception):
    """Something did not happen as promised; the message says what, and where to look next."""


class Latencies:
    """Seconds that calls took, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def add(self, stage: str, seconds: float) -> None:
        """Note one duration."""
        self.seconds[stage].append(seconds)


@dataclass
class Patience:
    """How long a call without an answer is made again, how long one attempt may take, and how often it was needed."""

    seconds: float = 300.0
    attempt_seconds: float = 120.0
    repeats: int = 0


class Party:
    """Calls one service as one person or machine would, and notes how long each call took.

    A command goes out under an idempotency key: when the answer is lost, or the service is away, it is sent again.
    """

    def __init__(self, url: str, token: str | None, latencies: Latencies, patience: Patience | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._patience = patience or Patience()
        self._client = httpx.AsyncClient(
            base_url=url,
            headers=headers,
            timeout=httpx.Timeout(self._patience.attempt_seconds),
            # Let go of idle connections before the server does, which would be while a call is on its way.
            limits=httpx.Limits(keepalive_expiry=2),
            trust_env=False,
            verify=_trusted(),
        )
        self._latencies = latencies

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, stage: str, method: str, path: str, **options: Any) -> httpx.Response:
        """Call until there is an answer and return it, whatever its status; `DemoFailed` when patience ends."""
        if method != "GET":
            options["headers"] = {"Idempotency-Key": str(ids.new_id())} | options.get("headers", {})
        patience, pause = self._patience, 0.05
        until = time.monotonic() + patience.seconds
        while True:
            started = time.perf_counter()
            found = await self._attempt(method, path, options)
            if isinstance(found, httpx.Response) and not is_passing(found):
                self._latencies.add(stage, time.perf_counter() - started)
                return found
            if time.monotonic() + pause > until:
                why = f"{type(found).__name__} {found}" if isinstance(found, Exception) else found.text[:600]
                raise DemoFailed(f"{method} {path}: {why}")
            patience.repeats += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, 2.0)

    async def _attempt(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response | httpx.TransportError:
        try:
            return await self._client.request(method, path, **options)
        except httpx.TransportError as error:
            return error

    async def call(self, stage: str, method: str, path: str, **options: Any) -> Any:
        """Call and return the JSON of a good answer; a problem becomes `DemoFailed` with its detail."""
        response = good(await self.send(stage, method, path, **options))
        return response.json() if response.content else None

    async def known(self, stage: str, path: str) -> Any | None:
        """GET what an event may not have brought yet: None as long as the service does not know it."""
        response = await self.send(stage, "GET", path)
        return None if response.status_code == httpx.codes.NOT_FOUND else good(response).json()

    async def create(self, stage: str, path: str, json: Any) -> Any:
        """POST something new."""
        return await self.call(stage, "POST", path, json=json)

    async def bulk(self, stage: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """POST many items and return the answers; any refused item is a `DemoFailed` that shows its error."""
        reply = await self.call(stage, "POST", path, json=body)
        refused = [item for item in reply["items"] if not item["ok"]]
        if refused:
            raise DemoFailed(f"POST {path}: {len(refused)} items refused, first: {refused[0]}")
        return list(reply["items"])

    async def pages(self, stage: str, path: str, **params: Any) -> AsyncIterator[list[dict[str, Any]]]:
        """Yield page after page of a cursor-paged list."""
        cursor: str | None = None
        while True:
            query = params | {"limit": 1000} | ({"cursor": cursor} if cursor else {})
            page = await self.call(stage, "GET", path, params=query)
            if page["items"]:
                yield page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return

    async def everything(self, stage: str, path: str, **params: Any) -> list[dict[str, Any]]:
        """Return all items of a cursor-paged list."""
        return [item async for page in self.pages(stage, path, **params) for item in page]


def is_passing(response: httpx.Response) -> bool:
    """Tell whether the same call will be answered differently soon: not now, or its first sending is not done yet."""
    if response.status_code == httpx.codes.CONFLICT:
        return str(response.json().get("type", "")).endswith(":idempotency-key-in-progress")
    return response.status_code == httpx.codes.SERVICE_UNAVAILABLE


@cache
def _trusted() -> SSLContext:
    # Reading the authorities' certificates takes 20 ms: once for all parties, not once for each.
    return httpx.create_ssl_context(trust_env=False)


def good(response: httpx.Response) -> httpx.Response:
    """Return the response if it is a good answer; else raise `DemoFailed` with the problem it tells."""
    if response.is_success:
        return response
    request = response.request
    raise DemoFailed(f"{request.method} {request.url.path} -> {response.status_code}: {response.text[:600]}")


def chunks(items: Sequence[ItemT], size: int) -> Iterator[Sequence[ItemT]]:
    """Yield slices of at most `size` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
