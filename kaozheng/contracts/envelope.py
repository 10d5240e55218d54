"""What the headers of a record say, for people and tools that read it without our code."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Header:
    """One header: what it means, what it looks like, and whether every record has it."""

    about: str
    example: str
    required: bool = True
    format: str | None = None
    constant: str | None = None

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""
        found: dict[str, Any] = {"type": "string", "description": self.about, "examples": [self.example]}
        if self.format:
            found["format"] = self.format
        if self.constant:
            found["const"] = self.constant
        return found


#: By header name, in the order in which they are written.
HEADERS = {
    "ce_specversion": Header("Version of CloudEvents", "1.0", constant="1.0"),
    "ce_id": Header(
        "Identifier of the event (UUIDv7); repeated deliveries carry the same",
        "019a0f3e-51aa-7c3b-9d20-5b8e6f7a1c2d",
        format="uuid",
    ),
    "ce_source": Header("The service that owns the event", "/kaozheng/exam"),
    "ce_type": Header("Wire type with its major version", "exam.seat_assigned.v1"),
    "ce_subject": Header("The key: what the event is about", "0199f2a4-7c10-7b3e-8f21-4d6a90c1e502"),
    "ce_time": Header("When it was published (RFC 3339, UTC)", "2026-10-27T06:00:12.771Z", format="date-time"),
    "ce_dataschema": Header("The schema of the value", "urn:kaozheng:event:exam.seat_assigned.v1"),
    "ce_partitionkey": Header("The key by which order is kept", "0199f2a4-7c10-7b3e-8f21-4d6a90c1e502"),
    "ce_aggregateversion": Header("Rises by one with every event of the same key and topic", "1"),
    "kz_log": Header("Identity of the log that the sender believed in", "019a0f00-0000-7000-8000-000000000001"),
    "ce_journeyid": Header(
        "Joins the traces of one application", "4f0c8a52-7d0e-4b8e-9a35-0f6f4f1b7c11", required=False, format="uuid"
    ),
    "ce_causationid": Header(
        "The event that caused this one", "019a0f3e-4b10-7a11-8c22-7d8e9fa0b1c2", required=False, format="uuid"
    ),
    "traceparent": Header(
        "W3C trace context of the span that created the event",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        required=False,
    ),
    "content-type": Header("Media type of the value", "application/json", constant="application/json"),
}
