"""One party of the workflow: a caller of one service's public API, with its own token."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any, TypeVar

import httpx

from kaozheng.demo.waiting import DemoFailed, shown, until
from shared import ids

ItemT = TypeVar("ItemT")

#: Gives a bearer token that is valid now: one call after the other may be days apart.
Token = Callable[[], Awaitable[str]]

#: Long enough for a million candidates' events on a slow machine; every wait says what it waits for.
PATIENCE_SECONDS = 900.0


class Refused(DemoFailed):
    """A service refused a call; `problem` is the slug of the reason it told."""

    def __init__(self, service: str, response: httpx.Response) -> None:
        """Take the service and its answer."""
        request = response.request
        self.status, self.problem = response.status_code, problem_of(response)
        super().__init__(f"{service}: {request.method} {request.url.path} -> {response.status_code}: {shown(response)}")


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
    #: How long the effect of an event is waited for.
    effect_seconds: float = PATIENCE_SECONDS
    repeats: int = 0


class Party:
    """Calls one service as one person or machine would, and notes how long each call took.

    A command goes out under an idempotency key: when the answer is lost, or the service is away, it is sent again.
    """

    def __init__(
        self, service: str, url: str, token: Token | None, latencies: Latencies, patience: Patience | None = None
    ) -> None:
        self.service = service
        self._token = token
        self._patience = patience or Patience()
        self._client = httpx.AsyncClient(
            base_url=url,
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
        headers = {} if method == "GET" else {"Idempotency-Key": str(ids.new_id())}
        if self._token:
            headers["Authorization"] = f"Bearer {await self._token()}"
        options["headers"] = headers | options.get("headers", {})
        patience, pause = self._patience, 0.05
        deadline = time.monotonic() + patience.seconds
        while True:
            started = time.perf_counter()
            found = await self._attempt(method, path, options)
            if isinstance(found, httpx.Response) and not is_passing(found):
                self._latencies.add(stage, time.perf_counter() - started)
                return found
            if time.monotonic() + pause > deadline:
                raise DemoFailed(f"{self.service}: {method} {path}: {shown(found)}")
            patience.repeats += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, 2.0)

    async def _attempt(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response | httpx.TransportError:
        try:
            return await self._client.request(method, path, **options)
        except httpx.TransportError as error:
            return error

    async def call(self, stage: str, method: str, path: str, **options: Any) -> Any:
        """Call and return the JSON of a good answer; a problem becomes `Refused`."""
        response = self.good(await self.send(stage, method, path, **options))
        return response.json() if response.content else None

    def good(self, response: httpx.Response) -> httpx.Response:
        """Return the response if it is a good answer; else raise `Refused` with the problem it tells."""
        if response.is_success:
            return response
        raise Refused(self.service, response)

    async def known(self, stage: str, path: str) -> Any | None:
        """GET what an event may not have brought yet: None as long as the service does not know it."""
        response = await self.send(stage, "GET", path)
        return None if response.status_code == httpx.codes.NOT_FOUND else self.good(response).json()

    async def create(self, stage: str, path: str, json: Any) -> Any:
        """POST something new."""
        return await self.call(stage, "POST", path, json=json)

    async def bulk(self, stage: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """POST many items and return the answers; any refused item is a `DemoFailed` that shows its error."""
        reply = await self.call(stage, "POST", path, json=body)
        refused = [item for item in reply["items"] if not item["ok"]]
        if refused:
            raise DemoFailed(f"{self.service}: POST {path}: {len(refused)} items refused, first: {refused[0]}")
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

    async def until(self, what: str, look: Callable[[], Awaitable[ItemT]], is_there: Callable[[ItemT], bool]) -> ItemT:
        """Look again and again until an event has had its effect at this service, and return what was seen."""
        return await until(self.service, what, look, is_there, self._patience.effect_seconds)


def is_passing(response: httpx.Response) -> bool:
    """Tell whether the same call will be answered differently soon: not now, or its first sending is not done yet."""
    if response.status_code == httpx.codes.CONFLICT:
        return problem_of(response) == "idempotency-key-in-progress"
    return response.status_code == httpx.codes.SERVICE_UNAVAILABLE


@cache
def _trusted() -> SSLContext:
    # Reading the authorities' certificates takes 20 ms: once for all parties, not once for each.
    return httpx.create_ssl_context(trust_env=False)


def problem_of(response: httpx.Response) -> str:
    """Return the slug of the problem that a refusal tells, or nothing."""
    is_told = "json" in response.headers.get("content-type", "")
    return str(response.json().get("type", "")).rpartition(":")[2] if is_told else ""


def chunks(items: Sequence[ItemT], size: int) -> Iterator[Sequence[ItemT]]:
    """Yield slices of at most `size` items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
