import asyncio
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlalchemy import text

from shared.errors import Conflict
from shared.settings import ServiceSettings
from shared.web import app as web
from shared.web import idempotency
from shared.web.auth import Principal
from shared.web.health import Health
from shared.web.idempotency import Once, Repeatable
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Order(BaseModel):
    title: str


class Made(BaseModel):
    number: int
    title: str


def caller(request: Request) -> None:
    """Stand in for a token: who calls is said by a header."""
    request.state.principal = Principal(request.headers.get("x-caller", "client-1"), frozenset(), None)


class Done(list[str]):
    """The titles of the orders that were really worked on; `ready` is awaited by each that is being worked on."""

    async def ready(self) -> None:
        return


@pytest.fixture
def done():
    return Done()


@pytest.fixture
def longest():
    """How long a request waits for another one under its key."""
    return "10min"


@pytest.fixture
async def client(engine, work, done, longest):
    router = APIRouter(dependencies=[Depends(caller)])

    @router.post("/v1/orders", status_code=201)
    async def order(body: Order, once: Annotated[Once, Depends()]):
        async with work() as open_work:
            await open_work.execute(f"SET LOCAL lock_timeout = '{longest}'")

            async def make() -> Made:
                await done.ready()
                done.append(body.title)
                if body.title == "refused":
                    raise Conflict
                return Made(number=len(done), title=body.title)

            return await once.answer(open_work, 201, make, location=lambda made: f"/v1/orders/{made.number}")

    @router.post("/v1/orders/{number}/end")
    async def end(number: int, once: Annotated[Repeatable, Depends()]):
        async with work() as open_work:

            async def make() -> Made:
                done.append("end")
                return Made(number=number, title="end")

            return await once.answer(open_work, 200, make)

    settings = ServiceSettings(environment="test", database_url="postgresql://app@db/app", port=0)
    app = web.new_app("exam", settings, [router], Health(ready={}, startup={}))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://exam.test") as found:
        yield found


def post(client, key, title="甲", who="client-1", query=""):
    headers = {"x-caller": who} | ({"idempotency-key": key} if key is not None else {})
    return client.post(f"/v1/orders{query}", json={"title": title}, headers=headers)


async def test_a_repeat_gets_the_first_answer_again(client, done):
    first, second = await post(client, "k"), await post(client, "k")
    assert (first.status_code, first.json()) == (201, {"number": 1, "title": "甲"})
    assert first.headers["location"] == second.headers["location"] == "/v1/orders/1"
    assert (second.status_code, second.content) == (201, first.content)
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert done == ["甲"]


def others_wait(engine, others):
    """Return what waits until so many requests wait for a lock."""

    async def waiting() -> int:
        async with engine.connect() as connection:
            return (await connection.execute(text(WAITING))).scalar_one()

    return lambda: until(f"{others} others wait", waiting, lambda seen: seen == others)


async def test_requests_at_the_same_moment_are_done_once(client, engine, done):
    done.ready = others_wait(engine, 7)
    answers = await asyncio.gather(*(post(client, "k") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert done == ["甲"]


async def test_another_content_with_the_same_key_is_refused(client, done):
    await post(client, "k")
    for answer in (await post(client, "k", title="乙"), await post(client, "k", query="?plan_id=2")):
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:idempotency-key-reused")
    assert done == ["甲"]


async def test_keys_of_different_callers_are_different(client, done):
    await post(client, "k", who="client-1")
    answer = await post(client, "k", title="乙", who="client-2")
    assert answer.status_code == 201
    assert done == ["甲", "乙"]


@pytest.mark.parametrize("key", [None, "", "k" * 201])
async def test_a_key_is_required(client, done, key):
    answer = await post(client, key)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:kaozheng:problem:idempotency-key-required")
    assert answer.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"
    assert not done


async def test_a_refusal_is_not_kept_so_that_a_retry_can_succeed(client, done):
    assert (await post(client, "k", title="refused")).status_code == 409
    assert (await post(client, "k", title="甲")).status_code == 201
    assert done == ["refused", "甲"]


async def test_the_first_request_that_fails_lets_the_waiting_one_work(client, engine, done):
    waited = others_wait(engine, 1)
    done.ready = lambda: waited() if not done else asyncio.sleep(0)
    first, second = await asyncio.gather(post(client, "k", title="refused"), post(client, "k", title="refused"))
    assert {first.status_code, second.status_code} == {409}
    assert done == ["refused", "refused"]


async def test_the_kept_answer_is_sealed(client, engine):
    await post(client, "k", title="canary")
    async with engine.connect() as connection:
        row = (await connection.execute(text("SELECT * FROM idempotency"))).one()
    assert row.status == 201
    assert b"canary" not in row.answer


@pytest.mark.parametrize("longest", ["1s"])
async def test_waiting_too_long_is_a_conflict_not_a_failure(client, engine):
    async with engine.connect() as holder:
        await holder.execute(text("INSERT INTO idempotency VALUES ('client-1', 'POST /v1/orders', 'k', 'x')"))
        answer = await post(client, "k")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:kaozheng:problem:idempotency-key-in-progress")


async def test_old_keys_are_forgotten(client, engine):
    await post(client, "old")
    await post(client, "new")
    async with engine.begin() as connection:
        await connection.execute(
            text("UPDATE idempotency SET created_at = now() - interval '8 days' WHERE key = 'old'")
        )

    async def keys() -> list[str]:
        async with engine.connect() as connection:
            return list((await connection.execute(text("SELECT key FROM idempotency"))).scalars())

    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(idempotency.clean(engine, stop))
        await until("the old key is gone", keys, lambda seen: "old" not in seen)
        stop.set()
    assert await keys() == ["new"]


async def test_what_creates_nothing_is_done_once_under_a_key_and_each_time_without(client, done):
    for key, times in (("k", 1), (None, 3)):
        headers = {"idempotency-key": key} if key else {}
        answers = [await client.post("/v1/orders/7/end", headers=headers) for _ in range(2)]
        assert [answer.json() for answer in answers] == [{"number": 7, "title": "end"}] * 2
        assert len(done) == times
    assert (await client.post("/v1/orders/7/end", headers={"idempotency-key": ""})).status_code == 422
