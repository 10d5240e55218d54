"""To which journeys a span belongs."""

from uuid import UUID

from services.operations.domain.model import Kind, Link, Span, Status

OWN, LINKED, OTHER = (UUID(int=number) for number in (1, 2, 3))


def span(journey_id: UUID | None, *linked: UUID | None) -> Span:
    links = tuple(Link(bytes(16), bytes(8), each) for each in linked)
    return Span(
        trace_id=bytes(16),
        span_id=bytes(8),
        parent_id=None,
        service="exam",
        name="work",
        kind=Kind.CONSUMER,
        status=Status.OK,
        start=0,
        end=1,
        links=links,
        journey_id=journey_id,
    )


def test_a_span_belongs_to_its_own_journey_and_to_those_of_its_links():
    assert span(OWN, LINKED, None, OTHER, LINKED).journeys == {OWN, LINKED, OTHER}
    assert span(None, LINKED).journeys == {LINKED}
    assert span(OWN).journeys == {OWN}
    assert span(None, None).journeys == frozenset()
