"""Runs a command with a service's own settings, code and database, as a process of that service would."""

import asyncio
import getpass
import importlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from kaozheng.embedded import environment
from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.environment import Environments
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

if TYPE_CHECKING:  # a command must start fast
    from shared.service import Service

ResultT = TypeVar("ResultT")


class UnknownService(EmbeddedError):
    """There is no such service."""

    def __init__(self, service: str, known: tuple[str, ...]) -> None:
        """Name those there are."""
        super().__init__(f"没有服务 {service}。现有 There is no service {service}. Services: {', '.join(known)}")


def environment_of(service: str) -> dict[str, str]:
    """Return the environment that the stack gives to a service. Raises UnknownService."""
    settings = LauncherSettings()
    if service not in settings.services:
        raise UnknownService(service, settings.services)
    state = State(settings.state_dir)
    state.prepare()
    return Environments(state, settings, settings.wanted_ports() | state.read().ports).of(service)


def inside(service: str, deed: "Callable[[Service], Awaitable[ResultT]]") -> ResultT:
    """Build the service in this process and do something with it."""
    environment.adopt(environment_of(service))
    # By name, as `python -m services.<name>.main` would: the program itself depends on no service.
    build = importlib.import_module(f"services.{service}.bootstrap").build

    async def run() -> ResultT:
        built: Service = build()
        try:
            return await deed(built)
        finally:
            await built.engine.dispose()

    return asyncio.run(run())


def operator() -> str:
    """Return who gives the command, for the audit trail."""
    return f"cli:{getpass.getuser()}"
