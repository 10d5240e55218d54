"""Where a member of a group reads on, and what the offsets of a poll say about the log."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.messaging.broker import Partition, Record


class LogRewound(Exception):
    """A partition gave an offset below the one asked for: it is not the partition it was."""

    def __init__(self, partition: Partition) -> None:
        """Name the partition."""
        super().__init__(f"{partition.topic}/{partition.number}")
        self.partition = partition


@dataclass(slots=True)
class Positions:
    """The next offset of each partition that was opened; the epoch rises whenever all are forgotten."""

    next: dict[Partition, int] = field(default_factory=dict)
    epoch: int = 0
    #: The partition that gave an offset below the one asked for, as long as it may have been made anew.
    doubted: Partition | None = None
    _looked_at: dict[Partition, int] = field(default_factory=dict)

    def forget(self) -> None:
        """Know nothing any more: partitions may have moved, or the log is another."""
        self.next.clear()
        self.epoch += 1

    def check(self, records: Sequence[Record]) -> dict[Partition, int]:
        """Return how many offsets are missing where; raise `LogRewound` when a partition begins again."""
        first: dict[Partition, int] = {}
        for record in records:
            first.setdefault(record.partition, record.offset)
        for partition, offset in first.items():
            if offset < self.next[partition]:
                raise LogRewound(partition)
        return {part: offset - self.next[part] for part, offset in first.items() if offset > self.next[part]}

    def is_first_look(self, gone: dict[Partition, int]) -> bool:
        """Say whether these offsets are asked for again for the first time: only what is missing twice is gone."""
        expected = {partition: self.next[partition] for partition in gone}
        is_first = any(self._looked_at.get(partition) != offset for partition, offset in expected.items())
        self._looked_at.update(expected)
        return is_first

    def advance(self, records: Sequence[Record]) -> dict[Partition, int]:
        """Move past these records and return the new positions of their partitions."""
        moved = {record.partition: record.offset + 1 for record in records}
        self.next.update(moved)
        return moved
