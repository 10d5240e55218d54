"""How the outside reaches registration: HTTP, events and the intake loop."""
