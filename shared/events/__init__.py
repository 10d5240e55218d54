"""The events that services exchange: one owner each, past tense, versioned, never renamed."""
