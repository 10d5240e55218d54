"""Events as they travel, for tests that make records by hand."""

from shared.messaging.envelope import Attributes, Envelope


def attributes(envelope: Envelope) -> Attributes:
    """Return what the outbox would give the relay for this envelope."""

    def text(value: object) -> bytes | None:
        return None if value is None else str(value).encode()

    return Attributes(
        str(envelope.event_id).encode(),
        envelope.type.encode(),
        envelope.key.encode(),
        str(envelope.version).encode(),
        envelope.occurred_at.isoformat().encode(),
        text(envelope.journey_id),
        text(envelope.causation_id),
        text(envelope.traceparent),
    )
