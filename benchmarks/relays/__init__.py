"""What takes events from an outbox table to the broker, side by side."""
