"""What the certificate service does: one function per use case and per event."""
