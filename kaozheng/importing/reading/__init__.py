"""Reading a document, of whatever kind, as lines in reading order."""

from kaozheng.importing.reading.dispatch import read_document

__all__ = ["read_document"]
