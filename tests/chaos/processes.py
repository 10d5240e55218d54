"""Faults of processes: killed, asked to end, frozen for a while."""

from contextlib import suppress

import psutil

from tests.chaos.ground import Ground, Strike
from tests.chaos.schedule import ON_NODES, Fault, Kind


def name_of(fault: Fault) -> str:
    """Return the name under which the launcher runs what is struck."""
    is_whole = fault.kind in ON_NODES or fault.kind in {Kind.KILL_API, Kind.FREEZE_API, Kind.STOP_API}
    return fault.target if is_whole else f"{fault.target}-worker"


async def kill(ground: Ground, fault: Fault) -> None:
    """End it at once."""
    if process := ground.process(name_of(fault)):
        process.kill()


async def stop(ground: Ground, fault: Fault) -> None:
    """Ask it to end."""
    if process := ground.process(name_of(fault)):
        process.terminate()


async def freeze(ground: Ground, fault: Fault) -> None:
    """Let it stand still, then go on as if nothing had been."""
    if not (process := ground.process(name_of(fault))):
        return
    process.suspend()

    async def thaw() -> None:
        await ground.pause(fault.seconds)
        with suppress(psutil.NoSuchProcess):
            process.resume()

    ground.later(thaw())


STRIKES: dict[Kind, Strike] = {
    Kind.KILL_WORKER: kill,
    Kind.KILL_API: kill,
    Kind.KILL_NODE: kill,
    Kind.STOP_WORKER: stop,
    Kind.STOP_API: stop,
    Kind.STOP_NODE: stop,
    Kind.FREEZE_WORKER: freeze,
    Kind.FREEZE_API: freeze,
    Kind.FREEZE_NODE: freeze,
}
