"""The checker sees what it must see: each promise is broken once, in a history made for it."""

import dataclasses
from typing import Any

import pytest

from tests.chaos import agreement, positions, workflow
from tests.chaos.checker import HANDLES, _inbox_findings, _log_findings
from tests.chaos.log import Seen
from tests.chaos.workflow import Facts


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


def there(offset: int, number: int | None = None, partition: int = 0, digest: str = "d") -> Seen:
    number = offset if number is None else number
    return Seen(f"e{number}", "t", "k", number, partition, offset, digest)


LOG = [there(0), there(1), there(2), there(0, 3, partition=1)]


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (LOG, []),
        ([*LOG[:3], there(0, 4, partition=1)], ["log: two readers disagree at 1 offsets"]),  # another event
        ([*LOG[:3], there(0, 3, partition=1, digest="x")], ["log: two readers disagree at 1 offsets"]),  # other bytes
        (LOG[:2], ["log: 2 offsets that only one of two readers found"]),
    ],
)
def test_two_readers_must_agree(again, told):
    assert agreement.disagreements(LOG, again) == told


def handled(offset: int, number: int | None = None, partition: int = 0, identity: str = "log") -> dict[str, object]:
    number = offset if number is None else number
    place = {"topic": "t", "partition": partition, "log_offset": offset}
    return {"id": f"e{number}", "log_identity": identity, **place}


@pytest.mark.parametrize(
    ("inbox", "told"),
    [
        ([handled(0), handled(2), handled(0, 3, 1)], []),
        ([handled(0), handled(2, 9)], ["exam: 1 events are not where they were read"]),
        ([handled(0), handled(3)], ["exam: 1 events are not where they were read"]),  # the log was cut off
        ([handled(0), handled(1, identity="other")], ["exam: events of 2 logs"]),
    ],
)
def test_what_was_read_must_still_be_there(inbox, told):
    assert agreement.forgotten("exam", inbox, LOG) == told


@pytest.mark.parametrize(
    ("outbox", "told"),
    [
        ([{"id": "e0", "sent": True}], []),
        ([{"id": "e0", "sent": True}, {"id": "e9", "sent": True}], ["exam: 1 acknowledged events are not in the log"]),
        ([{"id": "e0", "sent": False}], ["exam: 1 events wait in the outbox"]),
    ],
)
def test_what_was_acknowledged_must_be_in_the_log(outbox, told):
    assert agreement.unacknowledged("exam", outbox, LOG) == told


def test_one_version_of_a_key_is_one_event():
    assert agreement.same_version([event(1, 1), event(2, 2), event(3, 2, key="other")]) == []
    told = ["outboxes: 1 events have the version of another of their key"]
    assert agreement.same_version([event(1, 1), event(2, 1)]) == told


def at(next_offset: int, partition: int = 0) -> dict[str, object]:
    return {"topic": "t", "partition": partition, "next_offset": next_offset}


@pytest.mark.parametrize(
    ("reached", "inbox", "told"),
    [
        ([at(3), at(1, 1), at(0, 2)], [handled(2)], []),
        ([at(2), at(1, 1)], [], ["exam: 1 records at the ends of 2 partitions were never read"]),
        ([at(3)], [], ["exam: 1 records at the ends of 2 partitions were never read"]),  # a partition nobody had
        ([at(4), at(1, 1)], [], ["exam: 1 positions beyond the end of the log"]),
        (
            [at(2), at(1, 1)],
            [handled(2)],
            [
                "exam: 1 records at the ends of 2 partitions were never read",
                "exam: 1 events handled at or after the position to read from",
            ],
        ),
    ],
)
def test_positions_must_be_at_the_end(reached, inbox, told):
    assert positions.findings("exam", {"t"}, reached, inbox, positions.ends(LOG)) == told


def test_topics_that_a_service_does_not_read_have_no_tail():
    assert positions.findings("exam", {"other"}, [], [], positions.ends(LOG)) == []


#: Three were admitted: one passed, one failed, one stayed at home.
GOOD = Facts(
    admitted=[{"id": "a"}, {"id": "b"}, {"id": "c"}],
    journeys=[
        {"id": "a", "seated": True, "outcome": "pass", "number": "N1"},
        {"id": "b", "seated": True, "outcome": "fail", "number": None},
        {"id": "c", "seated": True, "outcome": "absent", "number": None},
    ],
    candidates=[
        {"id": "a", "status": "handed_in", "seated": True},
        {"id": "b", "status": "handed_in", "seated": True},
        {"id": "c", "status": "absent", "seated": True},
    ],
    works=[{"id": "w1"}, {"id": "w2"}],
    works_graded=[{"id": "w1"}, {"id": "w2"}],
    results=[{"id": "a", "outcome": "pass"}, {"id": "b", "outcome": "fail"}, {"id": "c", "outcome": "absent"}],
    certificates=[{"id": "a", "number": "N1", "status": "valid"}],
    states={"N1": "VALID"},
)


def changed_to(parts: dict[str, Any]) -> Facts:
    return dataclasses.replace(GOOD, **parts)


def but(name: str, index: int, **changed: object) -> Facts:
    """Return good facts with one row changed."""
    rows = [dict(row) for row in getattr(GOOD, name)]
    rows[index] |= changed
    return changed_to({name: rows})


def more(name: str, **row: object) -> Facts:
    """Return good facts with one row more."""
    return changed_to({name: [*getattr(GOOD, name), row]})


def less(name: str) -> Facts:
    """Return good facts with one row less."""
    return changed_to({name: getattr(GOOD, name)[:-1]})


def test_good_facts_keep_every_promise():
    assert workflow.findings(GOOD) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (less("candidates"), "admitted are candidates of the exam: 1 are not, 0 too many"),
        (more("candidates", id="x", status="absent", seated=True), "admitted are candidates of the exam: 0 are not"),
        (but("candidates", 0, seated=False), "admitted are seated: 1 are not"),
        (but("candidates", 0, status="expected"), "admitted sat or were absent: 1 are not"),
        (but("journeys", 0, seated=False), "registration knows every seat: 1 are not"),
        (less("works_graded"), "works are graded: 1 are not"),
        (less("works"), "2 sat, 1 works were handed in"),
        (less("results"), "admitted have outcomes: 1 are not"),
        (more("results", id="a", outcome="pass"), "1 candidates have more than one outcome"),
        (but("results", 2, outcome="fail"), "absent have absent outcomes: 1 are not"),
        (but("results", 1, outcome="pass"), "passes have certificates: 1 are not, 0 too many"),
        (but("results", 0, outcome="fail"), "passes have certificates: 0 are not, 1 too many"),
        (more("certificates", id="a", number="N2", status="valid"), "1 candidates have more than one certificate"),
        (but("journeys", 1, outcome="pass"), "registration knows every outcome: 1 are not, 1 too many"),
        (but("journeys", 0, number=None), "registration knows every certificate: 1 are not"),
        (dataclasses.replace(GOOD, states={}), "certificates are given to the school: 1 are not"),
        (dataclasses.replace(GOOD, states={"N1": "INVALID"}), "certificates verify: 1 are not"),
    ],
)
def test_each_promise_to_the_people_is_watched(bad, told):
    assert any(found.startswith(told) for found in workflow.findings(bad))
