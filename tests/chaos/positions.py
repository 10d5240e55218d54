"""Where the services stand in the log: at its end, not beyond it, and behind everything they have handled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tests.chaos.log import Seen

POSITIONS = "SELECT topic, partition, next_offset FROM inbox_offset"

_Place = tuple[str, int]


def ends(log: Iterable[Seen]) -> dict[_Place, int]:
    """Return the offset after the last record of each partition that has any."""
    found: dict[_Place, int] = defaultdict(int)
    for seen in log:
        found[seen.topic, seen.partition] = max(found[seen.topic, seen.partition], seen.offset + 1)
    return dict(found)


def findings(
    service: str, topics: set[str], rows: Iterable[Any], inbox: Iterable[Any], log_ends: Mapping[_Place, int]
) -> list[str]:
    """Compare a service's positions with the ends of the topics it reads, and with what it has handled."""
    positions: dict[_Place, int] = defaultdict(int)
    for row in rows:
        place = row["topic"], row["partition"]
        positions[place] = max(positions[place], row["next_offset"])
    tails = {place: end - positions.get(place, 0) for place, end in log_ends.items() if place[0] in topics}
    found = []
    if unseen := sum(max(tail, 0) for tail in tails.values()):
        found.append(f"{service}: {unseen} records at the ends of {len(tails)} partitions were never read")
    if beyond := sum(position > log_ends.get(place, 0) for place, position in positions.items()):
        found.append(f"{service}: {beyond} positions beyond the end of the log")
    if ahead := sum(row["log_offset"] >= positions.get((row["topic"], row["partition"]), 0) for row in inbox):
        found.append(f"{service}: {ahead} events handled at or after the position to read from")
    return found
