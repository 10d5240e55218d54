"""Persons in one form: names, identity documents, telephones, organisations. Pure functions, no I/O."""
