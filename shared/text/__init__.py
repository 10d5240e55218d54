"""Texts that people type, in one form: used at entry, at comparison and in print. Pure functions, no I/O."""
