"""How operations is spoken to: OTLP, JSON and one page."""
