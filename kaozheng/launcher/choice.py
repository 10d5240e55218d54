"""Which ports the stack gets."""

import socket
from contextlib import ExitStack

from kaozheng.embedded import ports
from kaozheng.embedded.errors import EmbeddedError


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
    """Return free ports, all different: they are held together until the last one is found."""
    found = {}
    with ExitStack() as stack:
        for name in wanted:
            probe = stack.enter_context(socket.socket())
            probe.bind((ports.LOOPBACK, 0))
            found[name] = int(probe.getsockname()[1])
    return found
