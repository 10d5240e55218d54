"""What a story expects: each failure says in one line what was expected, what was found, and of which service."""

from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

from kaozheng.demo.party import Refused
from kaozheng.demo.waiting import until

SeenT = TypeVar("SeenT")
#: Whose answer it was; of a sum over several, all.
Service = Literal["registration", "exam", "grading", "certificate", "operations", "all"]

#: Long enough for a slow machine: only what never comes is waited for so long.
PATIENCE_SECONDS = 60.0


class Unexpected(Exception):
    """What was found is not what the story promises."""


def expect(service: Service, what: str, found: object, expected: object) -> None:
    """Say that something is as promised."""
    if found != expected:
        raise Unexpected(f"{service}: {what}: expected {expected!r}, found {found!r}")


async def expect_soon(
    service: Service,
    what: str,
    look: Callable[[], Awaitable[SeenT]],
    expected: SeenT,
    *,
    seconds: float = PATIENCE_SECONDS,
) -> None:
    """Say that something becomes as promised, by an event that is on its way."""
    await until(service, f"{what} to be {expected!r}", look, lambda seen: seen == expected, seconds)


async def expect_refused(service: Service, what: str, deed: Awaitable[object], problem: str) -> None:
    """Say that a deed is refused, and why, by the slug of the problem."""
    try:
        answer = await deed
    except Refused as refusal:
        expect(service, f"{what} is refused", refusal.problem, problem)
    else:
        raise Unexpected(f"{service}: {what}: expected to be refused ({problem}), found {answer!r}")
