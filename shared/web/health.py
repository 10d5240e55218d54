"""Is the process alive, can it work, has it started: three questions, three addresses."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from shared.telemetry.logs import describe


class Trouble(Exception):
    """Why a check fails, in a word that anybody may read."""


#: Passes silently, or raises; the text of a `Trouble` is shown, of any other exception only its type.
Check = Callable[[], Awaitable[None]]

PATHS = frozenset({"/health/live", "/health/ready", "/health/startup"})
_DEADLINE_SECONDS = 3.0
_UNAVAILABLE = 503

_log = structlog.get_logger(__name__)

router = APIRouter(prefix="/health", tags=["health"])


@dataclass(slots=True)
class Health:
    """What this process checks, and whether it is on its way out."""

    ready: dict[str, Check]
    startup: dict[str, Check]
    draining: bool = False
    _started: bool = field(default=False, init=False)

    async def readiness(self) -> dict[str, str]:
        """Return each check's outcome: `ok`, or the kind of trouble."""
        return {"draining": "yes"} if self.draining else await _outcomes(self.ready)

    async def started(self) -> dict[str, str]:
        """Return the outcome of the start-up checks; once good they are not run again."""
        if self._started:
            return dict.fromkeys(self.startup, "ok")
        outcomes = await _outcomes(self.startup)
        self._started = all(outcome == "ok" for outcome in outcomes.values())
        return outcomes


async def _outcomes(checks: dict[str, Check]) -> dict[str, str]:
    async def run(name: str, check: Check) -> tuple[str, str]:
        try:
            async with asyncio.timeout(_DEADLINE_SECONDS):
                await check()
        except Trouble as error:
            return name, str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is "not ready"
            _log.warning("health.check.failed", check=name, error=describe(error))
            return name, type(error).__name__
        return name, "ok"

    return dict(await asyncio.gather(*(run(name, check) for name, check in checks.items())))


class HealthReport(BaseModel):
    """The outcome of each check."""

    ok: bool
    checks: dict[str, str]


def _report(outcomes: dict[str, str], response: Response) -> HealthReport:
    ok = all(outcome == "ok" for outcome in outcomes.values())
    if not ok:
        response.status_code = _UNAVAILABLE
    return HealthReport(ok=ok, checks=outcomes)


@router.get("/live", summary="进程存活 The process is alive")
async def live() -> HealthReport:
    """Answer as long as the event loop turns; look at nothing else."""
    return HealthReport(ok=True, checks={})


@router.get("/ready", summary="可以服务 It can do its work")
async def ready(request: Request, response: Response) -> HealthReport:
    """Check what the work needs; say no while draining."""
    health: Health = request.app.state.health
    return _report(await health.readiness(), response)


@router.get("/startup", summary="启动完成 It has started")
async def startup(request: Request, response: Response) -> HealthReport:
    """Check that the database has the schema this code was written for."""
    health: Health = request.app.state.health
    return _report(await health.started(), response)
