"""What a document points to in this repository is there."""

import re

from tests.architecture.test_tracked_files import tracked_texts
from tests.architecture.tree import ROOT

LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def test_no_link_leads_nowhere():
    found = [
        (name, link)
        for name in tracked_texts()
        if name.endswith(".md")
        for link in LINK.findall((ROOT / name).read_text("utf-8"))
        if not ((ROOT / name).parent / link).exists()
    ]
    assert found == []


def test_links_to_files_are_seen():
    assert LINK.findall("[a](b.md#c) [d](https://e.example) ![f](../g.svg) [h](#i)") == ["b.md", "../g.svg"]
