"""Files and functions stay small enough to be held in mind; every exception from a rule says which rule."""

import ast
import re
from statistics import median, quantiles

from tests.architecture.tree import PACKAGES, python_files, relative

SOURCE_FILE_LINES = 250
TEST_FILE_LINES = 400
MEDIAN_FILE_LINES = 80
MEDIAN_FUNCTION_LINES = 10
FUNCTION_LINES_90TH = 26
ESCAPES_PER_THOUSAND_LINES = 3

ESCAPE = re.compile(r"#\s*(?:noqa|type:\s*ignore)(.*)")
NAMED_RULE = re.compile(r"^(?::\s*[A-Z]+\d+|\[[a-z-]+)")


def line_count(path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


def too_long(files, limit: int) -> dict[str, int]:
    """Return the files over the limit."""
    return {relative(path): lines for path in files if (lines := line_count(path)) > limit}


def function_lengths() -> list[int]:
    """Return the length of every function of the product, nested ones too."""
    trees = (ast.parse(path.read_text("utf-8")) for path in python_files(*PACKAGES))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_source_file_is_too_long():
    assert too_long(python_files(*PACKAGES), SOURCE_FILE_LINES) == {}


def test_no_test_file_is_too_long():
    assert too_long(python_files("tests"), TEST_FILE_LINES) == {}


def test_the_middle_source_file_is_one_idea():
    files = [path for path in python_files(*PACKAGES) if path.name != "__init__.py"]
    assert median(line_count(path) for path in files) <= MEDIAN_FILE_LINES


def test_functions_are_short():
    lengths = function_lengths()
    assert median(lengths) <= MEDIAN_FUNCTION_LINES
    assert quantiles(lengths, n=10)[-1] <= FUNCTION_LINES_90TH


def test_every_exception_from_a_rule_names_the_rule():
    nameless = [
        f"{relative(path)}:{number}"
        for path in python_files(*PACKAGES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (escape := ESCAPE.search(line)) and not NAMED_RULE.match(escape[1])
    ]
    assert nameless == []


def test_exceptions_from_rules_are_rare():
    files = python_files(*PACKAGES)
    lines = sum(line_count(path) for path in files)
    escapes = sum(len(ESCAPE.findall(path.read_text("utf-8"))) for path in files)
    assert escapes <= lines * ESCAPES_PER_THOUSAND_LINES / 1000
