"""Each check passes with the real parts and fails with each wrong one, for the reason named: it sees what it is for."""

import pytest

from tests.mutants import checks, commands, consumers, relays
from tests.mutants.cast import Cast, Scene
from tests.mutants.checks import Check

pytestmark = pytest.mark.integration

#: Which check catches which mutant, and what it says.
TABLE: list[tuple[Check, Cast, str]] = [
    (checks.no_fault, Cast(broker=relays.AnyPartition), "scattered"),
    (checks.no_fault, Cast(handler=consumers.RemembersKeys), "lost"),
    (checks.no_fault, Cast(handler=consumers.OneTypeAfterTheOther), "swapped"),
    (checks.no_fault, Cast(consumer=consumers.StartsWithTheNewest), "lost"),
    (checks.a_send_fails, Cast(relay=relays.SavesBeforeAcknowledged), "lost"),
    (checks.a_send_fails, Cast(relay=relays.SwallowsFailure), "lost"),
    (checks.a_send_fails, Cast(relay=relays.RetriesLater), "swapped"),
    (checks.two_relays, Cast(relay=relays.LeadsWithoutLock), "repeated"),
    (checks.another_process_commits, Cast(wake=relays.OnlyWoken), "lost"),
    (checks.the_log_is_lost, Cast(log=relays.NeverLooksAgain), "lost"),
    (checks.everything_twice, Cast(handler=consumers.RemembersNothing), "doubled"),
    (checks.everything_twice, Cast(handler=consumers.RemembersInMemory), "doubled"),
    (checks.everything_twice, Cast(handler=consumers.RemembersBatches), "doubled"),
    (checks.killed_in_the_middle, Cast(handler=consumers.CommitBeforeEffect), "lost"),
    (checks.killed_in_the_middle, Cast(handler=consumers.InboxOutsideTransaction), "lost"),
    (checks.killed_in_the_middle, Cast(handler=consumers.EffectBeforeInbox), "doubled"),
    (checks.the_database_is_away_once, Cast(consumer=consumers.CommitWithoutOffsets), "lost"),
    (checks.a_handler_fails_once, Cast(consumer=consumers.RetriesLater), "swapped"),
    (checks.poison, Cast(handler=consumers.SkipsPoison), "lost"),
    (checks.poison, Cast(handler=consumers.ParksAlone), "swapped"),
    (checks.poison, Cast(handler=consumers.RetriesForEver), "lost"),
    (checks.poison, Cast(replay=consumers.replay_unordered), "swapped"),
    (checks.retention, Cast(consumer=consumers.NoticesNoGap), "silent"),
    (checks.a_commit_fails, Cast(work=commands.PublishesBeforeCommit), "invented"),
    (checks.a_commit_fails, Cast(work=commands.PublishesAfterCommit), "lost"),
    (checks.cancelled_in_the_commit, Cast(work=commands.NoShield), "given up"),
]


def _name(cast: Cast) -> str:
    (wrong,) = [part for part in vars(cast).values() if part not in vars(Cast()).values()]
    name: str = wrong.__name__
    return name


@pytest.mark.parametrize("check", dict.fromkeys(check for check, _, _ in TABLE), ids=lambda check: check.__name__)
async def test_the_real_parts_pass(check, dsn, engine):
    assert await check(Scene(Cast(), dsn, engine)) == []


@pytest.mark.parametrize(("check", "cast", "reason"), TABLE, ids=[_name(cast) for _, cast, _ in TABLE])
async def test_a_mutant_is_caught(check, cast, reason, dsn, engine):
    assert any(reason in finding for finding in await check(Scene(cast, dsn, engine)))
