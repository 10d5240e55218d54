"""Results survive being written and read, and parts measured at different times stand side by side."""

import pytest

from benchmarks import results
from benchmarks.finding import Bar, Finding, Picture
from benchmarks.results import Measured


def measured(title, picture=None):
    """Return one part with one finding."""
    finding = Finding(
        title=f"{title} table", headings=("", "value"), rows=[["a | b", "1"]], notes=["said"], picture=picture
    )
    return Measured(
        title=title,
        moment="2026-11-22T09:00",
        machine=["cpu", "load 0"],
        settings="once",
        seconds=1,
        findings=[finding],
    )


def test_what_was_written_is_read_again(tmp_path):
    parts = {"relay": measured("Relay"), "pdf": measured("PDF")}
    results.write(tmp_path, parts)
    assert {part: one.markdown() for part, one in results.read(tmp_path).items()} == {
        part: one.markdown() for part, one in parts.items()
    }
    written = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert written.index("## Relay") < written.index("## PDF")
    assert r"| a \| b | 1 |" in written


def test_a_picture_is_an_svg_whose_words_are_words(tmp_path):
    pytest.importorskip("matplotlib", reason="only the benchmark needs it")
    bars = [Bar(name="考证", value=2, low=1, high=3, ours=True), Bar(name="peer", value=1, low=1, high=1)]
    results.write(tmp_path, {"relay": measured("Relay", Picture(file="relay", axis="events/s", bars=bars))})
    drawn = (tmp_path / "plots" / "relay.svg").read_text("utf-8")
    assert "考证" in drawn
    assert len(drawn) < 40_000
