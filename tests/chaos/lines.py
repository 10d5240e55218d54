"""Faults of the network: who does not reach whom, or only slowly."""

from tests.chaos.ground import Ground, Strike
from tests.chaos.rules import Rule
from tests.chaos.schedule import Fault, Kind
from tests.e2e.job import EVENT_SERVICES


def rules(fault: Fault, nodes: frozenset[str]) -> list[Rule]:
    """Return the rules of a fault: between a node and its clients, a node and the others, a worker and its servers."""
    worker, node = frozenset({f"{fault.target}-worker"}), frozenset({fault.target})
    workers = frozenset(f"{service}-worker" for service in EVENT_SERVICES)
    pairs: dict[Kind, list[tuple[frozenset[str], frozenset[str]]]] = {
        Kind.LOSE_NODE: [(workers, node)],
        Kind.SLOW_NODE: [(workers, node)],
        Kind.LOSE_PEERS: [(node, nodes - node), (nodes - node, node)],
        Kind.SLOW_PEERS: [(node, nodes - node), (nodes - node, node)],
        Kind.LOSE_BROKER: [(worker, nodes)],
        Kind.SLOW_BROKER: [(worker, nodes)],
        Kind.LOSE_DATABASE: [(worker, frozenset({"postgres"}))],
        Kind.SLOW_DATABASE: [(worker, frozenset({"postgres"}))],
    }
    assert fault.effect is not None
    return [Rule(fault.effect, sources, targets, fault.delay) for sources, targets in pairs[fault.kind]]


async def strike(ground: Ground, fault: Fault) -> None:
    """Let the rules hold for a while."""
    nodes = frozenset(name for name in ground.network.targets if name.startswith("kafka-"))
    chosen = rules(fault, frozenset(name.removesuffix("-controller") for name in nodes))
    for rule in chosen:
        ground.network.strike(rule)

    async def heal() -> None:
        await ground.pause(fault.seconds)
        for rule in chosen:
            ground.network.heal(rule)

    ground.later(heal())


STRIKES: dict[Kind, Strike] = dict.fromkeys(
    (
        *(Kind.LOSE_NODE, Kind.LOSE_PEERS, Kind.LOSE_BROKER, Kind.LOSE_DATABASE),
        *(Kind.SLOW_NODE, Kind.SLOW_PEERS, Kind.SLOW_BROKER, Kind.SLOW_DATABASE),
    ),
    strike,
)
