"""A direct route gives the framework's answers, to whatever it is asked."""

from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from fastapi.responses import PlainTextResponse

from shared.web.direct import DirectRoute
from shared.web.strict_json import StrictRoute

QUERIES = [
    "token=A1-b_c.~", "token=", "token", "token=AAAAAAAAA", "", "other=1", "token=A&other=1", "token=A&token=B",
    "token=A%42", "tok%65n=A", "token=A&tok%65n=B", "token=A+B", "token=A=B", "number=7&token=A", "token=%00",
    "&token=A&", "token=é".encode().decode("latin-1"), "token=A&count=x", "token=A&count=7", "token=A&count=07",
]  # fmt: skip


async def asked(
    request: Request,
    number: Annotated[str, Path(max_length=4)],
    token: Annotated[str, Query(max_length=8)],
    count: Annotated[int, Query(ge=2)] = 3,
) -> PlainTextResponse:
    return PlainTextResponse(f"{request.method} {number!r} {token!r} {count!r}")


@pytest.fixture
async def client():
    app = FastAPI()
    for prefix, kind in (("/direct", DirectRoute), ("/usual", StrictRoute)):
        router = APIRouter(prefix=prefix, route_class=kind)
        router.get("/{number}")(asked)
        app.router.routes.extend(router.routes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://direct.test") as found:
        yield found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("number", ["N1", "N%31", "12345", "张三"])
async def test_every_question_has_the_usual_answer(client, number, query):
    direct, usual = [await client.get(f"/{kind}/{number}?{query}") for kind in ("direct", "usual")]
    assert (direct.status_code, direct.text, direct.headers) == (usual.status_code, usual.text, usual.headers)


async def test_another_method_is_refused_as_usual(client):
    direct, usual = [await client.post(f"/{kind}/N1?token=A") for kind in ("direct", "usual")]
    assert direct.status_code == usual.status_code == 405
    assert direct.headers["allow"] == usual.headers["allow"]


def test_an_endpoint_that_wants_more_is_refused_at_once():
    async def with_dependency(request: Request, found: Annotated[int, Depends(lambda: 1)]) -> None: ...

    async def without_request(number: str) -> None: ...

    def in_a_thread(request: Request) -> None: ...

    for endpoint in (with_dependency, without_request, in_a_thread):
        with pytest.raises(TypeError, match="direct route"):
            APIRouter(route_class=DirectRoute).get("/{number}")(endpoint)
