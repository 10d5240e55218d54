"""One folder a service: what it decides, and nothing of the others."""
