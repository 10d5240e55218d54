import asyncio

import httpx
import pytest


class Check:
    def __init__(self):
        self.trouble: Exception | None = None
        self.calls = 0

    async def __call__(self):
        self.calls += 1
        if self.trouble:
            raise self.trouble


@pytest.fixture
def check():
    return Check()


@pytest.fixture
async def app(make_app, check):
    return make_app(ready={"database": check}, startup={"migrations": check})


@pytest.fixture
async def probes(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://exam.test") as found:
        yield found


async def test_alive_whatever_else_is_down(probes, check):
    check.trouble = OSError("canary")
    assert (await probes.get("/health/live")).json() == {"ok": True, "checks": {}}


async def test_ready_while_its_checks_pass(probes, check):
    assert (await probes.get("/health/ready")).json() == {"ok": True, "checks": {"database": "ok"}}
    check.trouble = OSError("canary")
    answer = await probes.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "checks": {"database": "OSError"}})


async def test_not_ready_while_draining(probes, app):
    app.state.health.draining = True
    assert (await probes.get("/health/ready")).status_code == 503
    assert (await probes.get("/health/live")).status_code == 200


async def test_a_check_that_hangs_means_not_ready(make_app, monkeypatch):
    monkeypatch.setattr("shared.web.health._DEADLINE_SECONDS", 0.01)
    app = make_app(ready={"database": lambda: asyncio.Event().wait()})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://exam.test") as probes:
        assert (await probes.get("/health/ready")).json()["checks"] == {"database": "TimeoutError"}


async def test_started_once_is_started_for_good(probes, check):
    check.trouble = OSError()
    assert (await probes.get("/health/startup")).status_code == 503
    check.trouble = None
    assert (await probes.get("/health/startup")).status_code == 200
    check.trouble = OSError()
    assert (await probes.get("/health/startup")).status_code == 200
    assert check.calls == 2
