"""The list of decisions says what is in the folder."""

import re

from tests.architecture.tree import ROOT

FOLDER = ROOT / "docs" / "adr"
ROW = re.compile(r"\| (\d+) \| \[(.+)\]\((.+\.md)\) \| ([^|]+) \| ([^|]+) \| [^|]{10,100} \|")
HEAD = re.compile(r"# (\d+)\. (.+)\n\n\*Area: (.+)\. Status: (.+)\.\*\n")


def test_each_decision_is_listed_as_it_is():
    found = []
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        head = HEAD.match(path.read_text("utf-8"))
        assert head, f"{path.name} does not begin as a decision does"
        number, title, area, status = head.groups()
        found.append((number, title, path.name, area, status))
    assert [row.groups() for row in ROW.finditer((FOLDER / "README.md").read_text("utf-8"))] == found


def test_numbers_are_given_once_and_in_turn():
    names = [path.name for path in sorted(FOLDER.glob("[0-9]*.md"))]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
