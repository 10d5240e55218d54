"""What mutants leave behind, read by the checker of the storms: it reports them, and is content with the real parts."""

import asyncpg
import pytest

from tests.chaos import checker
from tests.chaos.log import Seen
from tests.mutants import checks, consumers, relays
from tests.mutants.cast import Cast, Scene
from tests.mutants.findings import records

pytestmark = pytest.mark.integration

_OUTBOX = "SELECT event_id::text AS id, topic, key, version, type FROM outbox"
_INBOX = "SELECT consumer, event_id::text AS id, topic, key, version FROM inbox ORDER BY handled_at, log_offset"


async def _report(scene: Scene) -> list[str]:
    """Give the recorded history of a scene to the checker, as if it were one of the services."""
    connection = await asyncpg.connect(scene.dsn)
    published = {row["id"]: row for row in await connection.fetch(_OUTBOX)}
    inbox = await connection.fetch(_INBOX)
    await connection.close()
    topic = next(iter(published.values()))["topic"]
    log = [Seen(event, topic, key, version) for _, event, key, version in records(scene)]
    return [*checker._log_findings(published, log), *checker._inbox_findings("tiny", published, inbox)]


@pytest.fixture(autouse=True)
def handled(monkeypatch):
    """The made-up service handles two types."""
    types = {"exam.candidate_checked_in.v1", "exam.candidate_absent.v1"}
    monkeypatch.setitem(checker.HANDLES, "tiny", types)


@pytest.mark.parametrize("check", [checks.no_fault, checks.killed_in_the_middle, checks.a_handler_fails_once])
async def test_the_real_parts_leave_nothing_to_report(check, dsn, engine):
    scene = Scene(Cast(), dsn, engine)
    await check(scene)
    assert await _report(scene) == []


@pytest.mark.parametrize(
    ("check", "cast", "reason"),
    [
        (checks.a_send_fails, Cast(relay=relays.SwallowsFailure), "never published"),
        (checks.a_send_fails, Cast(relay=relays.RetriesLater), "events after a later one"),
        (checks.no_fault, Cast(consumer=consumers.StartsWithTheNewest), "60 of 60 events not handled"),
        (checks.killed_in_the_middle, Cast(handler=consumers.CommitBeforeEffect), "events not handled"),
        (checks.the_database_is_away_once, Cast(consumer=consumers.CommitWithoutOffsets), "events not handled"),
        (checks.a_handler_fails_once, Cast(consumer=consumers.RetriesLater), "events handled after a later one"),
    ],
)
async def test_a_mutant_is_reported(check, cast, reason, dsn, engine):
    scene = Scene(cast, dsn, engine)
    await check(scene)
    assert any(reason in line for line in await _report(scene))
