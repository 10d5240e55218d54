"""What must be true when the storm is over. Knows databases, topics and public APIs, no code of services."""

from collections import Counter, defaultdict
from typing import Any

from tests.chaos import agreement, positions, workflow
from tests.chaos.log import Seen, read
from tests.e2e.job import EVENT_SERVICES, Job

_OUTBOX = """
    SELECT event_id::text AS id, topic, key, version, type,
           pg_visible_in_snapshot(tx, prev)
           OR coalesce(pg_visible_in_snapshot(tx, win) AND o.seq <= c.seq, false) AS sent
      FROM outbox o, outbox_cursor c
"""
_INBOX = """
    SELECT consumer, event_id::text AS id, topic, key, version, partition, log_offset, log_identity
      FROM inbox ORDER BY handled_at, log_offset
"""

#: Which events of the main job a service must have handled, by type. Said here anew: what the services say of
#: themselves could be just what is wrong.
HANDLES = {
    "registration": {
        "exam.plan_published.v1",
        "exam.seat_plan_sealed.v1",
        "exam.plan_finished.v1",
        "exam.seat_assigned.v1",
        "exam.candidate_checked_in.v1",
        "exam.candidate_absent.v1",
        "exam.interview_attended.v1",
        "grading.result_published.v1",
        "certificate.certificate_issued.v1",
        "certificate.certificate_revoked.v1",
    },
    "exam": {"registration.application_admitted.v1", "grading.marking_closed.v1"},
    "grading": {
        "exam.plan_published.v1",
        "exam.plan_finished.v1",
        "exam.work_submitted.v1",
        "exam.seat_assigned.v1",
        "exam.candidate_absent.v1",
        "exam.interview_attended.v1",
        "exam.work_unsealed.v1",
    },
    "certificate": {
        "exam.plan_published.v1",
        "registration.application_admitted.v1",
        "grading.result_published.v1",
    },
}


async def findings(job: Job, certificates: list[dict[str, Any]]) -> list[str]:
    """Return every broken promise, in the log, in an inbox, or for the people. The school was given `certificates`."""
    outboxes = {service: await job.rows(service, _OUTBOX) for service in EVENT_SERVICES}
    published = {row["id"]: row for rows in outboxes.values() for row in rows}
    log, again = await read(job.bootstrap_servers, sorted({row["topic"] for row in published.values()}))
    found = [*_log_findings(published, log), *agreement.disagreements(log, again)]
    found += agreement.same_version(published.values())
    for service in EVENT_SERVICES:
        found += agreement.unacknowledged(service, outboxes[service], log)
        found += await _service_findings(job, service, published, log)
    return [*found, *workflow.findings(await workflow.facts(job, certificates))]


async def _service_findings(job: Job, service: str, published: dict[str, Any], log: list[Seen]) -> list[str]:
    inbox = await job.rows(service, _INBOX)
    topics = {row["topic"] for row in published.values() if row["type"] in HANDLES[service]}
    reached = await job.rows(service, positions.POSITIONS)
    found = [
        *_inbox_findings(service, published, inbox),
        *agreement.forgotten(service, inbox, log),
        *positions.findings(service, topics, reached, inbox, positions.ends(log)),
    ]
    if parked := await job.rows(service, "SELECT id FROM parked_event"):
        found.append(f"{service}: {len(parked)} events are parked")
    return found


def _log_findings(published: dict[str, Any], log: list[Seen]) -> list[str]:
    found = []
    ids = {record.id for record in log}
    if lost := published.keys() - ids:
        found.append(f"log: {len(lost)} of {len(published)} events were never published")
    if strange := ids - published.keys():
        found.append(f"log: {len(strange)} events that no outbox holds")
    if swaps := swapped(first_times(log)):
        found.append(f"log: {swaps} events after a later one of their key")
    return found


def first_times(log: list[Seen]) -> list[Seen]:
    """Return the first occurrence of each event: later ones are repetitions, which consumers leave out."""
    known: dict[str, Seen] = {}
    for record in log:
        known.setdefault(record.id, record)
    return list(known.values())


def swapped(events: list[Seen]) -> int:
    """Count events that come after a later one of their topic and key."""
    newest: dict[tuple[str, str], int] = defaultdict(int)
    count = 0
    for event in events:
        count += event.version < newest[event.topic, event.key]
        newest[event.topic, event.key] = max(newest[event.topic, event.key], event.version)
    return count


def _inbox_findings(service: str, published: dict[str, Any], inbox: list[Any]) -> list[str]:
    found = []
    handled = Counter((row["consumer"], row["id"]) for row in inbox)
    if doubled := sum(count > 1 for count in handled.values()):
        found.append(f"{service}: {doubled} events handled twice")
    ids = {row["id"] for row in inbox}
    if strange := ids - published.keys():
        found.append(f"{service}: {len(strange)} events handled that nobody published")
    types = {row["type"] for row in published.values()}
    found += [f"{service}: no {kind} was published" for kind in sorted(HANDLES[service] - types)]
    wanted = {event for event, row in published.items() if row["type"] in HANDLES[service]}
    if lost := wanted - ids:
        found.append(f"{service}: {len(lost)} of {len(wanted)} events not handled")
    events = [Seen(row["id"], row["topic"], row["key"], row["version"]) for row in inbox]
    if swaps := swapped(events):
        found.append(f"{service}: {swaps} events handled after a later one of their key")
    return found
