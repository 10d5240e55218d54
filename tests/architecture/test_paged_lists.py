"""Pages of a list begin where the last one ended: an index finds the place, nothing before it is read again."""

import re

from tests.architecture.tree import python_files

#: No index is searched by such a condition; each page would be read from the first row on, and a list in squares.
_FROM_THE_START = re.compile(r"CAST\(:after AS \w+\) IS NULL OR")


def test_no_cursor_is_a_condition_that_indexes_do_not_know():
    files = python_files("services", "shared")
    assert files
    assert not [file for file in files if _FROM_THE_START.search(file.read_text("utf-8"))]
