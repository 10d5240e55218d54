"""The moments at which a crash matters. The product does nothing there; fault tests end or freeze the process."""

from collections.abc import Awaitable, Callable

#: Is told the name of the moment that was reached.
Checkpoint = Callable[[str], Awaitable[None]]


async def passing(_name: str) -> None:
    """Go on."""
