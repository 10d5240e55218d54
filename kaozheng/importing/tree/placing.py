"""Finds the layer of texts that stand alone between items: titles without numbers, told by what comes after them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaozheng.importing.tree.events import Event, EventKind
from kaozheng.importing.tree.marks import has_ended

_TITLE = 40
_FULL_DEPTH = 3


def placed(events: Sequence[Event]) -> Iterator[Event]:
    """Return the events with each loose text turned into the title that it must be, where that is certain."""
    numbered = {kind: any(event.kind == kind and event.number for event in events) for kind in ("area", "task")}
    area: tuple[int, ...] = ()
    task: tuple[int, ...] = ()
    at = 0
    while at < len(events):
        event = events[at]
        if event.kind == "loose":
            end = next((place for place in range(at, len(events)) if events[place].kind != "loose"), len(events))
            following = events[end] if end < len(events) else None
            yield from _titles(events[at:end], _wanted(following, (area, task), numbered))
            at = end
            continue
        if event.number and event.number.is_dotted:
            area, task = _moved(event, area, task)
        yield event
        at += 1


def _moved(event: Event, area: tuple[int, ...], task: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    parts = event.number.parts if event.number else ()
    if event.kind == "area":
        return parts, ()
    if event.kind == "task":
        return parts[:-1], parts
    return (parts[:-2], parts[:-1]) if len(parts) >= _FULL_DEPTH else (area, task)


def _wanted(
    following: Event | None, path: tuple[tuple[int, ...], tuple[int, ...]], numbered: dict[str, bool]
) -> list[EventKind]:
    """Return the layers of the titles that are missing before the next item, from the top."""
    if following is None or following.number is None:
        return ["area", "task"] if following and following.kind == "requirement" else []
    parts = following.number.parts
    area, task = path
    if following.kind == "task":
        begins = following.number.last == 1 if len(parts) == 1 else parts[:-1] != area
        return ["area"] if begins and not numbered["area"] else []
    if following.kind != "requirement":
        return []
    begins_task = following.number.last == 1 if len(parts) < _FULL_DEPTH else parts[:-1] != task
    begins_area = begins_task and (len(parts) < _FULL_DEPTH or parts[:-2] != area)
    wanted: list[EventKind] = ["area"] if begins_area and not numbered["area"] else []
    return [*wanted, "task"] if begins_task and not numbered["task"] else wanted


def _titles(loose: Sequence[Event], wanted: Sequence[EventKind]) -> Iterator[Event]:
    """Return loose texts as titles: the last ones before an item are the titles that it lacks."""
    titles = [event for event in loose if len(event.text) <= _TITLE and not has_ended(event.text)]
    kinds = list(wanted[-len(titles) :]) if titles else []
    chosen = dict(zip([id(event) for event in titles[len(titles) - len(kinds) :]], kinds, strict=True))
    for event in loose:
        kind = chosen.get(id(event))
        yield replace(event, kind=kind, is_fresh=True) if kind else event
