"""The use cases of the examination: load, decide, save, publish."""
