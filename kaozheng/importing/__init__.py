"""Reads the document of a skill standard into the schema: reading, finding sections, building the tree, reporting."""
