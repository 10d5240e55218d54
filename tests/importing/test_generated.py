"""A standard whose tree is known is read back as that tree, however it is written down."""

import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import currently_in_test_context, given, note
from hypothesis import strategies as st

from kaozheng.importing.assemble import Imported, import_standard
from tests.importing.checks import sentences_lost
from tests.importing.effort import effort
from tests.importing.generator.drawing import all_styles, standards, styles
from tests.importing.generator.drawing import known as make_known
from tests.importing.generator.known import Known
from tests.importing.generator.outline import difference, outline, squeeze, squeezed, wordings
from tests.importing.generator.style import Form, Style
from tests.importing.generator.writing import write

#: Making or reading these takes longer than text.
SHARE = {"docx": 0.5, "pdf": 0.2}


def imported(known: Known, style: Style) -> tuple[str, Imported]:
    """Write and read a standard; return its text, where the file has one, and what was read."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(known, style, Path(folder))
        text = path.read_bytes().decode(style.encoding) if path.suffix in (".txt", ".md") else ""
        if currently_in_test_context():
            note(text)
        return text, import_standard(path, code="made")


@pytest.mark.parametrize("form", get_args(Form))
def test_the_known_tree_is_read_back(form: Form):
    @effort(SHARE.get(form, 1))
    @given(standards(), styles(form))
    def check(known: Known, style: Style) -> None:
        found = outline(imported(known, style)[1].standard)
        assert difference(found, squeezed(known.outline())) == {}

    check()


@effort()
@given(standards(), all_styles("columns"))
def test_nothing_is_lost_between_columns_that_nothing_tells_apart(known: Known, style: Style):
    text, found = imported(known, style)
    assert sentences_lost(text, list(known.requirements().values()), found) == []


@effort()
@given(standards(), st.one_of(styles("tabs"), styles("html-line"), styles("wrapped"), styles("headings")))
def test_parts_before_the_requirements_are_read_back(known: Known, style: Style):
    standard = imported(known, style)[1].standard
    assert squeeze(standard.title) == squeeze(known.title)
    assert [(each.number, each.year) for each in standard.references] == [
        (each.number, each.year) for each in known.references
    ]
    assert [(each.clause, squeeze(each.title)) for each in standard.terms] == [
        (f"3.{number}", squeeze(term.title)) for number, term in enumerate(known.terms, 1)
    ]
    assert standard.inclusion.kind == "higher_includes_lower"
    assert {each.school_type: [squeeze(major.title) for major in each.majors] for each in standard.majors} == {
        kind: [squeeze(title) for title in titles] for kind, titles in known.majors.items()
    }
    assert {level.level: [squeeze(post.title) for post in level.posts.posts] for level in standard.levels} == {
        level.level: [squeeze(title) for title in level.posts] for level in known.levels
    }


@pytest.mark.parametrize("form", ["tabs", "html-line", "wrapped", "pdf"])
def test_requirements_that_nothing_parts_stay_in_their_task_in_order(form: Form):
    known = make_known([[[3, 2], [4]], [[2]]], 5)
    found = wordings(imported(known, Style(form=form, numbers=""))[1].standard)
    for task, words in known.by_task().items():
        told = "".join(text for code, text in found.items() if code.rpartition(".")[0] == task)
        assert squeeze(told).replace(".", "") == squeeze(words).replace(".", "")
