"""Events that the log deleted before this consumer read them: noticed even where nothing follows, and told loudly.

Nothing can be read again from there. The outboxes still hold what is younger than their retention: an operator has them
published again (docs/adr/0003), and the inboxes leave out what had been handled.
"""

import structlog

from shared.inbox.positions import Positions
from shared.messaging.broker import Partition, Subscriber
from shared.messaging.status import WorkerStatus
from shared.telemetry import metrics

_log = structlog.get_logger()


async def jumped(subscriber: Subscriber, positions: Positions) -> dict[Partition, int]:
    """Return how many offsets the client passed over where it gave no record although the log goes on."""
    gone, epoch = {}, positions.epoch
    for partition, expected in list(positions.next.items()):
        if (subscriber.end(partition) or 0) > expected:
            position = await subscriber.position(partition)
            if position is not None and position > expected:
                gone[partition] = position - expected
    return gone if epoch == positions.epoch else {}


def tell(consumer: str, status: WorkerStatus, gone: dict[Partition, int], positions: Positions) -> None:
    """Raise the alarm and go on behind the gap; the worker stays unready until somebody starts it anew."""
    metrics.offsets_skipped.add(sum(gone.values()), {"consumer": consumer})
    for partition, count in gone.items():
        first = positions.next[partition]
        positions.next[partition] += count
        _log.critical(
            "consumer.offsets.gone",
            consumer=consumer,
            topic=partition.topic,
            partition=partition.number,
            first=first,
            count=count,
        )
    status.trouble("offsets", "events were deleted before they were read: publish the outboxes again")
