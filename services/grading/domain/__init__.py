"""The rules of grading: plain functions and frozen values, no input or output."""
