"""From a heap of spans to a story: traces in the order of time, each a tree, with the waits between its steps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from services.operations.domain.model import Kind, Span, Status
from services.operations.domain.recording import BATCH, EVENT_TYPE, OUTCOME


class Place(NamedTuple):
    """What identifies a span."""

    trace_id: bytes
    span_id: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """A span in its tree. `waited` is how long its event lay in the topic, in nanoseconds."""

    span: Span
    depth: int
    parent: bytes | None
    waited: int | None
    event_type: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace: its steps depth first, children by time, so that the tree can be read from `depth`."""

    trace_id: bytes
    steps: tuple[Step, ...]
    #: The span of an earlier trace that this one goes on from.
    origin: Place | None

    @property
    def start(self) -> int:
        """Return when its first step began."""
        return min(step.span.start for step in self.steps)

    @property
    def end(self) -> int:
        """Return when its last step ended."""
        return max(step.span.end for step in self.steps)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything known of one journey."""

    journey_id: UUID
    traces: tuple[Trace, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return all its spans, trace by trace."""
        return tuple(step.span for trace in self.traces for step in trace.steps)

    @property
    def services(self) -> tuple[str, ...]:
        """Return the services it went through, by first appearance."""
        return tuple(dict.fromkeys(span.service for span in sorted(self.spans, key=_by_time)))

    @property
    def errors(self) -> int:
        """Return how many steps failed."""
        return sum(span.status is Status.ERROR for span in self.spans)

    @property
    def busy(self) -> int:
        """Return for how many nanoseconds something was being done; overlapping work counts once."""
        total, until = 0, 0
        for start, end in sorted((span.start, span.end) for span in self.spans):
            total += max(0, end - max(start, until))
            until = max(until, end)
        return total


def tell(journey_id: UUID, spans: Iterable[Span]) -> Story:
    """Order the spans into a story. Repeated spans, missing parents and circles do no harm; every span is told once."""
    known: dict[Place, Span] = {}
    for span in spans:
        known.setdefault(_place(span), span)
    parents = _parents(known)
    children: dict[Place | None, list[Span]] = defaultdict(list)
    for place, span in known.items():
        children[parents[place]].append(span)
    heaps: dict[bytes, list[Span]] = defaultdict(list)
    for root in sorted(children[None], key=_by_time):
        heaps[root.trace_id].append(root)
    traces = [_trace(journey_id, trace_id, roots, children, known) for trace_id, roots in heaps.items()]
    return Story(journey_id, tuple(sorted(traces, key=lambda trace: (trace.start, trace.trace_id))))


def gaps(story: Story) -> tuple[int, ...]:
    """Return the pause before each trace but the first, in nanoseconds; none where it began while others still ran."""
    found, until = [], story.traces[0].end if story.traces else 0
    for _, trace in pairwise(story.traces):
        found.append(max(0, trace.start - until))
        until = max(until, trace.end)
    return tuple(found)


def _trace(
    journey_id: UUID,
    trace_id: bytes,
    roots: list[Span],
    children: Mapping[Place | None, list[Span]],
    known: Mapping[Place, Span],
) -> Trace:
    steps: list[Step] = []
    todo: list[tuple[Span, int, bytes | None]] = [(root, 0, None) for root in reversed(roots)]
    while todo:  # not recursive: a chain of spans may be as long as anybody likes
        span, depth, parent = todo.pop()
        waited = _waited(journey_id, span, known)
        steps.append(Step(span, depth, parent, waited, _event_type(journey_id, span), _outcome(span)))
        below = sorted(children.get(_place(span), ()), key=_by_time, reverse=True)
        todo.extend((child, depth + 1, span.span_id) for child in below)
    elsewhere = [place for root in roots for place in _linked(journey_id, root) if place.trace_id != trace_id]
    return Trace(trace_id, tuple(steps), next((place for place in elsewhere if place in known), None))


def _parents(known: Mapping[Place, Span]) -> dict[Place, Place | None]:
    """Find every span's parent; where parents form a circle, its earliest span becomes a root."""
    parents: dict[Place, Place | None] = {}
    for place, span in known.items():
        above = Place(span.trace_id, span.parent_id) if span.parent_id else None
        parents[place] = above if above in known else None
    settled: set[Place] = set()
    for place in known:
        path: dict[Place, None] = {}
        here: Place | None = place
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = parents[here]
        if here in path:
            circle = list(path)[list(path).index(here) :]
            parents[min(circle, key=lambda member: _by_time(known[member]))] = None
        settled.update(path)
    return parents


def _waited(journey_id: UUID, span: Span, known: Mapping[Place, Span]) -> int | None:
    """Return the time from the end of the span that created the event to this one's start."""
    if span.kind is not Kind.CONSUMER:
        return None
    sources = [known[place] for place in _linked(journey_id, span) if place in known]
    above = known.get(Place(span.trace_id, span.parent_id)) if span.parent_id else None
    if sources or above:
        return max(0, span.start - (sources[0] if sources else above or span).end)
    age = span.attributes.get("cert.event.age_ms")
    return int(age) * 1_000_000 if isinstance(age, int) and age >= 0 else None


def _event_type(journey_id: UUID, span: Span) -> str | None:
    """Return the event that a span handled; a batch names it on the link that means this journey."""
    own = span.attributes.get(EVENT_TYPE)
    meant = (link.event_type for link in span.links if link.journey_id == journey_id)
    return str(own) if own else next(meant, None)


def _outcome(span: Span) -> str | None:
    """Return what became of the event; of a batch only if all its events ended alike."""
    own = span.attributes.get(OUTCOME)
    batch = [key.removeprefix(BATCH) for key in span.attributes if key.startswith(BATCH)]
    return str(own) if own else batch[0] if len(batch) == 1 else None


def _linked(journey_id: UUID, span: Span) -> list[Place]:
    """Return where a span came from; of a batch's links only those that mean this journey."""
    meant = [link for link in span.links if link.journey_id == journey_id]
    if not meant and span.journey_id == journey_id:
        meant = [link for link in span.links if link.journey_id is None]
    return [Place(link.trace_id, link.span_id) for link in meant]


def _place(span: Span) -> Place:
    return Place(span.trace_id, span.span_id)


def _by_time(span: Span) -> tuple[int, int, bytes]:
    return span.start, -span.end, span.span_id
