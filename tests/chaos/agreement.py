"""Does everybody agree on the log: two readers now, the services when they read it, and the relays that were told?"""

from collections.abc import Iterable
from typing import Any

from tests.chaos.log import Seen


def disagreements(first: list[Seen], second: list[Seen]) -> list[str]:
    """Compare what two readers found at each offset."""
    mine, theirs = ({(seen.topic, seen.partition, seen.offset): seen for seen in log} for log in (first, second))
    found = []
    if differing := sum(mine[place] != theirs[place] for place in mine.keys() & theirs.keys()):
        found.append(f"log: two readers disagree at {differing} offsets")
    if missing := len(mine.keys() ^ theirs.keys()):
        found.append(f"log: {missing} offsets that only one of two readers found")
    return found


def forgotten(service: str, inbox: Iterable[Any], log: list[Seen]) -> list[str]:
    """Compare what a service once read at an offset with what is there now; a log that goes on has one identity."""
    there = {(seen.topic, seen.partition, seen.offset): seen.id for seen in log}
    inbox = list(inbox)
    found = []
    if changed := sum(there.get((row["topic"], row["partition"], row["log_offset"])) != row["id"] for row in inbox):
        found.append(f"{service}: {changed} events are not where they were read")
    if len(identities := {row["log_identity"] for row in inbox}) > 1:
        found.append(f"{service}: events of {len(identities)} logs")
    return found


def unacknowledged(service: str, outbox: Iterable[Any], log: list[Seen]) -> list[str]:
    """Say what the relay was told is safe and is not in the log, and what it still has to send."""
    ids = {seen.id for seen in log}
    outbox = list(outbox)
    found = []
    if lost := sum(row["sent"] and row["id"] not in ids for row in outbox):
        found.append(f"{service}: {lost} acknowledged events are not in the log")
    if waiting := sum(not row["sent"] for row in outbox):
        found.append(f"{service}: {waiting} events wait in the outbox")
    return found


def same_version(outbox: Iterable[Any]) -> list[str]:
    """Say how many events share topic, key and version with another: something happened twice."""
    versions = [(row["topic"], row["key"], row["version"]) for row in outbox]
    twice = len(versions) - len(set(versions))
    return [f"outboxes: {twice} events have the version of another of their key"] if twice else []
