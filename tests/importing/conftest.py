"""Registers the profile that fuzzes; see effort.py."""

from hypothesis import settings

from tests.importing.effort import FUZZ

settings.register_profile("fuzz", FUZZ)
