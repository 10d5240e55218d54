"""The ways in: HTTP and events."""
