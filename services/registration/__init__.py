"""Decides who may sit an examination: schools hand in applications, reviewers admit, applicants follow the journey."""
