"""Which fault strikes when: endless, and the same again for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the nemesis can do, each while everything runs."""

    KILL_WORKER = "kill -9 a worker"
    FREEZE_WORKER = "SIGSTOP a worker, SIGCONT later"
    STOP_WORKER = "SIGTERM a worker"
    CUT_DATABASE = "end the backends of a worker"
    HOLD_TRANSACTION = "a transaction with an id stays open"
    PUBLISH_AGAIN = "an outbox is published from its start"
    KILL_NODE = "kill -9 a Kafka node"
    FREEZE_NODE = "SIGSTOP a Kafka node, SIGCONT later"
    STOP_NODE = "SIGTERM a Kafka node"


#: Faults of a Kafka node: one at a time, and only if two others stay.
ON_NODES = frozenset({Kind.KILL_NODE, Kind.FREEZE_NODE, Kind.STOP_NODE})
#: Short ones are hiccups; long ones outlive the deadlines of sends and sessions.
_SHORT, _LONG = (0.2, 2.0), (7.0, 14.0)


@dataclass(frozen=True)
class Fault:
    """One fault: so many seconds after the last, of this kind, at this target, for so long."""

    after: float
    kind: Kind
    target: str
    seconds: float

    def __str__(self) -> str:
        """Return a line for the printed schedule."""
        lasting = f" for {self.seconds:.1f} s" if self.seconds else ""
        return f"+{self.after:.1f} s {self.target}: {self.kind.value}{lasting}"


def schedule(seed: int, services: Sequence[str], nodes: Sequence[str]) -> Iterator[Fault]:
    """Yield faults without end. With fewer than three Kafka nodes none of them is touched."""
    chance = random.Random(seed)
    kinds = [kind for kind in Kind if len(nodes) >= 3 or kind not in ON_NODES]
    while True:
        kind = chance.choice(kinds)
        lasts = kind in (Kind.FREEZE_WORKER, Kind.FREEZE_NODE, Kind.HOLD_TRANSACTION)
        yield Fault(
            after=chance.uniform(0.5, 4.0),
            kind=kind,
            target=chance.choice(nodes if kind in ON_NODES else services),
            seconds=chance.uniform(*chance.choice((_SHORT, _LONG))) if lasts else 0.0,
        )
