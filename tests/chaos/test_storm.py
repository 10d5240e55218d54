"""The storm itself: repeatable, and its checker sees what it must see; a short one on Apache Kafka."""

import itertools
from pathlib import Path

import pytest

from tests.brokers import IDEMPOTENT
from tests.chaos.checker import HANDLES, Seen, _inbox_findings, _log_findings
from tests.chaos.schedule import ON_NODES, Fault, schedule
from tests.chaos.storm import storm
from tests.e2e.job import job

SERVICES = ("exam", "grading")
NODES = ("kafka-1", "kafka-2", "kafka-3")


def first(seed: int, nodes: tuple[str, ...] = NODES) -> list[Fault]:
    return list(itertools.islice(schedule(seed, SERVICES, nodes), 200))


def test_a_seed_gives_the_same_faults_again():
    assert first(7) == first(7)
    assert first(7) != first(8)


def test_nodes_are_spared_where_a_majority_could_be_lost():
    assert {fault.kind for fault in first(7)} >= ON_NODES
    assert not {fault.kind for fault in first(7, ("kafka-1",))} & ON_NODES


def event(number: int, version: int, key: str = "k", kind: str = "x.v1") -> dict[str, object]:
    return {"id": f"e{number}", "topic": "t", "key": key, "version": version, "type": kind, "consumer": "exam"}


OUTBOX = {f"e{number}": event(number, number) for number in (1, 2, 3)}


def log(*numbers: int) -> list[Seen]:
    return [Seen(f"e{number}", "t", "k", number) for number in numbers]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (log(1, 2, 3), []),
        (log(1, 2, 1, 2, 3), []),  # published again: the first time counts
        (log(1, 3), ["log: 1 of 3 events were never published"]),
        (log(1, 2, 3, 4), ["log: 1 events that no outbox holds"]),
        (log(1, 3, 2), ["log: 1 events after a later one of their key"]),
    ],
)
def test_the_checker_reads_the_log(seen, told):
    assert _log_findings(OUTBOX, seen) == told


@pytest.mark.parametrize(
    ("inbox", "told"),
    [
        ((1, 2, 3), []),
        ((), ["exam: 3 of 3 events not handled"]),  # a whole type lost
        ((1, 2), ["exam: 1 of 3 events not handled"]),
        ((1, 2, 3, 3), ["exam: 1 events handled twice"]),
        ((2, 1, 3), ["exam: 1 events handled after a later one of their key"]),
        ((1, 2, 3, 4), ["exam: 1 events handled that nobody published"]),
    ],
)
def test_the_checker_reads_an_inbox(inbox, told, monkeypatch):
    monkeypatch.setitem(HANDLES, "exam", {"x.v1"})
    assert _inbox_findings("exam", OUTBOX, [event(number, number) for number in inbox]) == told


def test_the_checker_misses_a_type_that_nobody_published(monkeypatch):
    monkeypatch.setitem(HANDLES, "exam", {"x.v1", "y.v1"})
    inbox = [event(number, number) for number in (1, 2, 3)]
    assert _inbox_findings("exam", OUTBOX, inbox) == ["exam: no y.v1 was published"]


def test_what_a_service_does_not_handle_is_not_wanted(monkeypatch):
    monkeypatch.setitem(HANDLES, "exam", {"x.v1"})
    outbox = OUTBOX | {"e9": event(9, 9, kind="other.v1")}
    assert _inbox_findings("exam", outbox, [event(number, number) for number in (1, 2, 3)]) == []


@pytest.mark.e2e
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not IDEMPOTENT, reason="needs Apache Kafka: make test BROKER=apache or BROKER=docker")
async def test_a_short_storm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAOZHENG_SEPARATE_WORKERS", "true")
    with job(tmp_path) as system:
        outcome = await storm(system, seed=1, candidates=150, tell=lambda _: None)
    assert outcome.faults
    assert outcome.broken == []
