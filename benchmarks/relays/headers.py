"""What a peer's outbox row carries besides payload and key: the same headers that the product's relay would send."""

from collections.abc import Mapping

from benchmarks import broker
from benchmarks.sample import Sample


def of(one: Sample) -> dict[str, str]:
    """Return a record's headers as text."""
    (record,) = broker.records([one], "log")
    return {name: (value or b"").decode() for name, value in record.headers}


def encoded(headers: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """Return headers as a Kafka client wants them."""
    return [(name, value.encode()) for name, value in headers.items()]
