"""In which calls a batch is handed to the handlers: as few as the order of keys allows."""

from collections import defaultdict
from collections.abc import Sequence

from shared.events.payload import EventPayload
from shared.inbox.incoming import Incoming

#: One call of one handler.
Call = tuple[type[EventPayload], list[Incoming]]


def calls(batch: Sequence[Incoming]) -> list[Call]:
    """Group events so that a call has one type and at most one event per key, and each key keeps its order.

    Each step takes the type that most keys have next, with all of them: what several keys have in common meets in one
    call even when the keys started at different points.
    """
    if len({item.place for item in batch}) == len(batch):  # nearly always: no key twice
        return _by_type(batch)
    waiting: dict[tuple[str, str], list[int]] = {}
    for index, item in enumerate(batch):
        waiting.setdefault(item.place, []).append(index)
    ready: dict[type[EventPayload], list[int]] = defaultdict(list)
    for queue in waiting.values():
        queue.reverse()  # the next of a key is the last of its list
        ready[_type(batch[queue[-1]])].append(queue.pop())
    planned: list[Call] = []
    while ready:
        chosen = max(ready, key=lambda kind: len(ready[kind]))
        members = sorted(ready.pop(chosen))
        planned.append((chosen, [batch[index] for index in members]))
        for index in members:
            queue = waiting[batch[index].place]
            if queue:
                ready[_type(batch[queue[-1]])].append(queue.pop())
    return planned


def _by_type(batch: Sequence[Incoming]) -> list[Call]:
    members: dict[type[EventPayload], list[Incoming]] = defaultdict(list)
    for item in batch:
        members[_type(item)].append(item)
    return sorted(members.items(), key=lambda call: -len(call[1]))


def _type(item: Incoming) -> type[EventPayload]:
    assert item.payload is not None  # only events are planned
    return type(item.payload)
