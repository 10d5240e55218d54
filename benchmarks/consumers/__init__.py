"""What takes events from the broker into inbox, state and outbox, side by side."""
