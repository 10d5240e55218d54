"""Events as they travel, for tests that make records by hand."""

from shared.messaging.envelope import Envelope, Stored


def stored(envelope: Envelope, topic: str, payload: bytes) -> Stored:
    """Return what the outbox would give the relay for this event."""

    def text(value: object) -> bytes | None:
        return None if value is None else str(value).encode()

    return Stored(
        str(envelope.event_id).encode(),
        envelope.type.encode(),
        envelope.key.encode(),
        str(envelope.version).encode(),
        envelope.occurred_at.isoformat().encode(),
        text(envelope.journey_id),
        text(envelope.causation_id),
        text(envelope.traceparent),
        topic,
        payload,
    )
