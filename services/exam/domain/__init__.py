"""The rules of the examination, as plain functions."""
