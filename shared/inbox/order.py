"""Watches in production what the tests prove: the versions of a key rise."""

from collections import OrderedDict
from collections.abc import Iterable

import structlog

from shared.inbox.incoming import Incoming
from shared.telemetry import metrics

_log = structlog.get_logger()

#: Keys remembered per process; the oldest are forgotten first.
_KEYS = 100_000


class OrderWatch:
    """Remembers the last version of the keys that a process handled of late."""

    def __init__(self, consumer: str) -> None:
        """Remember nothing yet."""
        self._consumer = consumer
        self._last: OrderedDict[tuple[str, str], int] = OrderedDict()

    def note(self, handled: Iterable[Incoming]) -> int:
        """Take the events of a committed batch in their order; count and log those that came too late."""
        late, last = 0, self._last
        for item in handled:
            if item.envelope is None:
                continue
            place, version = item.place, item.envelope.version
            late += version <= last.pop(place, 0)
            last[place] = version
        while len(self._last) > _KEYS:
            self._last.popitem(last=False)
        if late:
            metrics.order_violations.add(late, {"consumer": self._consumer})
            _log.critical("consumer.order.violated", consumer=self._consumer, count=late)
        return late
