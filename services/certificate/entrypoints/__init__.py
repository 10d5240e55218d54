"""How the outside reaches the certificate service: events, API, public verification."""
