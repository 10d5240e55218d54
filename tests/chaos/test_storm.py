"""The storm itself: repeatable, complete, and kinds can be chosen; a short one on Apache Kafka."""

import itertools
from pathlib import Path

import pytest

from tests.chaos import lines
from tests.chaos.nemesis import STRIKES
from tests.chaos.rules import PARTITIONS, Effect
from tests.chaos.schedule import BOUNCES, EVERY, ON_NODES, Fault, Kind, schedule
from tests.chaos.storm import Wish, storm
from tests.chaos.wiring import wired
from tests.worlds.brokers import APACHE

SERVICES = ("exam", "grading")
NODES = ("kafka-1", "kafka-2", "kafka-3")
#: Of each sort one or two, and none that takes long to come back from.
SHORT = frozenset(
    {Kind.KILL_WORKER, Kind.PUBLISH_AGAIN, Kind.KILL_NODE, Kind.HOLD_SNAPSHOT, Kind.DEADLOCK, Kind.DISK_FULL}
    | {Kind.NOT_SERIALIZABLE, Kind.LOSE_PEERS, Kind.LOSE_BROKER, Kind.LOSE_DATABASE, Kind.SLOW_DATABASE}
)


def first(seed: int, nodes: tuple[str, ...] = NODES, kinds: frozenset[Kind] = EVERY) -> list[Fault]:
    return list(itertools.islice(schedule(seed, SERVICES, nodes, kinds), 200))


def test_a_seed_gives_the_same_faults_again():
    assert first(7) == first(7)
    assert first(7) != first(8)


@pytest.mark.parametrize("seed", range(5))
def test_every_kind_strikes_once_a_round(seed):
    assert {fault.kind for fault in first(seed)[: len(EVERY)]} == EVERY
    assert {fault.effect for fault in first(seed)} == {None, Effect.DELAY, *PARTITIONS}


def test_kinds_can_be_chosen():
    assert {fault.kind for fault in first(7, kinds=frozenset({Kind.KILL_API}))} == {Kind.KILL_API}


def test_nodes_are_spared_where_a_majority_could_be_lost():
    assert not {fault.kind for fault in first(7, ("kafka-1",))} & (ON_NODES | BOUNCES)


def test_every_kind_has_a_strike():
    assert STRIKES.keys() == set(Kind)


def test_every_fault_of_the_network_is_about_somebody():
    nodes = frozenset(NODES)
    for fault in first(7):
        if fault.kind in lines.STRIKES:
            for rule in lines.rules(fault, nodes):
                assert rule.sources
                assert rule.targets
                assert not rule.sources & rule.targets


@pytest.mark.e2e
@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not APACHE, reason="needs Apache Kafka: make test BROKER=apache")
async def test_a_short_storm(tmp_path: Path):
    wish = Wish(seed=1, candidates=100, kinds=SHORT, least=len(SHORT), longest=600)
    with wired(tmp_path) as (system, network):
        outcome = await storm(system, network, wish, tell=lambda _: None)
    assert {fault.kind for fault in outcome.faults} == SHORT
    assert outcome.broken == []
