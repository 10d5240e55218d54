"""Which fault strikes when: endless, and the same again for the same seed."""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.chaos.rules import PARTITIONS, Effect


class Kind(StrEnum):
    """What the nemesis can do, each while everything runs."""

    KILL_WORKER = "kill -9 a worker"
    FREEZE_WORKER = "SIGSTOP a worker, SIGCONT later"
    STOP_WORKER = "SIGTERM a worker"
    KILL_API = "kill -9 an API"
    FREEZE_API = "SIGSTOP an API, SIGCONT later"
    STOP_API = "SIGTERM an API"
    CUT_DATABASE = "end the backends of a worker"
    HOLD_TRANSACTION = "a transaction with an id stays open"
    HOLD_SNAPSHOT = "a snapshot is held to the end of the run"
    PUBLISH_AGAIN = "an outbox is published from its start"
    CRASH_DATABASE = "the database server ends at once"
    KILL_BACKEND = "kill -9 a backend of a worker"
    DEADLOCK = "rows are locked in the other order"
    DISK_FULL = "writes of handlers and relay find the disk full"
    NOT_SERIALIZABLE = "commits of handlers cannot be serialised"
    EXHAUST_POOL = "no new connection to the database for a worker"
    KILL_NODE = "kill -9 a Kafka node"
    FREEZE_NODE = "SIGSTOP a Kafka node, SIGCONT later"
    STOP_NODE = "SIGTERM a Kafka node"
    BOUNCE_LEADER = "the leader of a busy partition ends, five times"
    BOUNCE_CONTROLLER = "the active controller ends, five times"
    LOSE_NODE = "no client reaches a Kafka node"
    SLOW_NODE = "a Kafka node is far from its clients"
    LOSE_PEERS = "a Kafka node and the others do not reach each other"
    SLOW_PEERS = "a Kafka node is far from the others"
    LOSE_BROKER = "a worker reaches no Kafka node"
    SLOW_BROKER = "a worker is far from Kafka"
    LOSE_DATABASE = "a worker does not reach its database"
    SLOW_DATABASE = "a worker is far from its database"


#: All of them.
EVERY = frozenset(Kind)
#: Faults of a Kafka node: one at a time, and only if two others stay.
ON_NODES = frozenset(
    {Kind.KILL_NODE, Kind.FREEZE_NODE, Kind.STOP_NODE}
    | {Kind.LOSE_NODE, Kind.SLOW_NODE, Kind.LOSE_PEERS, Kind.SLOW_PEERS}
)
BOUNCES = frozenset({Kind.BOUNCE_LEADER, Kind.BOUNCE_CONTROLLER})
_WITH_BROKER = ON_NODES | BOUNCES | {Kind.LOSE_BROKER, Kind.SLOW_BROKER}
_LOSES = frozenset({Kind.LOSE_NODE, Kind.LOSE_PEERS, Kind.LOSE_BROKER, Kind.LOSE_DATABASE})
_SLOWS = frozenset({Kind.SLOW_NODE, Kind.SLOW_PEERS, Kind.SLOW_BROKER, Kind.SLOW_DATABASE})
_LAST = (
    {Kind.FREEZE_WORKER, Kind.FREEZE_API, Kind.FREEZE_NODE, Kind.HOLD_TRANSACTION}
    | {Kind.DEADLOCK, Kind.DISK_FULL, Kind.NOT_SERIALIZABLE, Kind.EXHAUST_POOL}
    | _LOSES
    | _SLOWS
)
#: Short ones are hiccups; long ones outlive the deadlines of sends and sessions.
_SHORT, _LONG = (0.2, 2.0), (7.0, 14.0)
#: How far apart a slow line puts two parts, each way.
_FAR = (0.05, 2.0)


@dataclass(frozen=True)
class Fault:
    """One fault: so long after the last, of this kind, at this target, for so long, on the network like this."""

    after: float
    kind: Kind
    target: str
    seconds: float
    effect: Effect | None = None
    delay: float = 0.0

    def __str__(self) -> str:
        """Return a line for the printed schedule."""
        lasting = f" for {self.seconds:.1f} s" if self.seconds else ""
        how = f" ({self.effect.value})" if self.effect else ""
        late = f", {self.delay:.2f} s each way" if self.delay else ""
        return f"+{self.after:.1f} s {self.target}: {self.kind.value}{how}{lasting}{late}"


def schedule(
    seed: int, services: Sequence[str], nodes: Sequence[str], kinds: Collection[Kind] = EVERY
) -> Iterator[Fault]:
    """Yield faults without end, each kind once a round. With fewer than three Kafka nodes the broker is spared."""
    chance = random.Random(seed)
    bag = [kind for kind in Kind if kind in kinds and (len(nodes) >= 3 or kind not in _WITH_BROKER)]
    while bag:
        for kind in chance.sample(bag, len(bag)):
            yield _fault(chance, kind, nodes if kind in ON_NODES else services)


def _fault(chance: random.Random, kind: Kind, targets: Sequence[str]) -> Fault:
    """Draw when, where, how long and how: always the same draws, whatever they are used for."""
    after, target = chance.uniform(0.5, 4.0), chance.choice(targets)
    seconds, delay = chance.uniform(*chance.choice((_SHORT, _LONG))), chance.uniform(*_FAR)
    effect = chance.choice(PARTITIONS)
    return Fault(
        after=after,
        kind=kind,
        target=target,
        seconds=seconds if kind in _LAST else 0.0,
        effect=effect if kind in _LOSES else Effect.DELAY if kind in _SLOWS else None,
        delay=delay if kind in _SLOWS else 0.0,
    )
