"""The broker behind a port: Kafka, or the in-memory one that passes the same conformance suite."""
