"""The use cases of grading and its reactions to events."""
