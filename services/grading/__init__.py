"""Grading: decides what a work and an interview are worth, blind, and releases results all at once."""
