"""A partition that gave an old offset: made anew, so that people must help, or asked of a broker that was behind."""

import structlog

from shared.inbox.positions import Positions
from shared.messaging.broker import Partition, Subscriber
from shared.messaging.status import WorkerStatus

_log = structlog.get_logger()


def doubt(consumer: str, status: WorkerStatus, positions: Positions, partition: Partition) -> None:
    """Raise the alarm: the worker is not ready until the partition is seen to reach as far as it was read."""
    positions.doubted = partition
    status.trouble("log", "a topic was made anew")
    _log.critical("consumer.topic.rewound", consumer=consumer, topic=partition.topic)


def believe(status: WorkerStatus, positions: Positions, subscriber: Subscriber) -> None:
    """Take the doubt back when the partition reaches that far again, or is for another member to judge."""
    place, mine = positions.doubted, subscriber.assignment()
    if place is None or not mine:
        return
    if place not in mine or (subscriber.end(place) or 0) >= positions.next[place]:
        positions.doubted = None
        status.well("log")
