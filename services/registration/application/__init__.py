"""The use cases of registration: load, decide, save, publish."""
