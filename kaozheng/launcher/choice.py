"""Which ports the stack gets."""

import socket
from contextlib import ExitStack, suppress
from random import SystemRandom

from kaozheng.embedded import ports
from kaozheng.embedded.errors import EmbeddedError

#: Linux lends from 32768 on, others from 49152.
_NEVER_LENT = (20_000, 32_768)
_CHANCE = SystemRandom()


class PortsTaken(EmbeddedError):
    """Somebody else listens where the stack would."""

    def __init__(self, taken: dict[str, int]) -> None:
        """Say which ports, and by whom they are held if that can be known."""
        lines = []
        for name, port in taken.items():
            who = ports.holder(port)
            lines.append(f"  {port} ({name}): {f'{who}' if who else '占用者未知 holder unknown'}")
        super().__init__(
            "端口已被占用 These ports are taken:\n" + "\n".join(lines) + "\n"
            "改用空闲端口 Take free ones: make up PORTS=free\n"
            "或自行指定 Or choose: KAOZHENG_EXAM_PORT=9102 make up"
        )
        self.taken = taken


def configured(wanted: dict[str, int]) -> dict[str, int]:
    """Return the wanted ports if all are free. Raises PortsTaken."""
    taken = {name: port for name, port in wanted.items() if not ports.is_free(port)}
    if taken:
        raise PortsTaken(taken)
    return wanted


def free(wanted: dict[str, int]) -> dict[str, int]:
    """Return free ports, all different: they are held together until the last one is found.

    They lie below those that the kernel lends to outgoing connections, one of which could have a port before we listen.
    """
    found = {}
    with ExitStack() as stack:
        for name in wanted:
            probe = stack.enter_context(socket.socket())
            found[name] = _bound(probe)
    return found


def _bound(probe: socket.socket) -> int:
    while True:
        port = _CHANCE.randrange(*_NEVER_LENT)
        with suppress(OSError):
            probe.bind((ports.LOOPBACK, port))
            return port
