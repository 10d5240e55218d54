"""Whatever happens to a document: the importer answers, its tree is sound, and no requirement is lost silently."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from kaozheng.importing.assemble import Imported, import_standard
from kaozheng.importing.errors import NotAStandard, Unreadable
from tests.importing.checks import faults
from tests.importing.effort import effort
from tests.importing.generator.drawing import standards, styles
from tests.importing.generator.known import Known
from tests.importing.generator.layout import lay_out
from tests.importing.generator.style import Form, Style
from tests.importing.generator.text import render_text
from tests.importing.generator.wear import worn
from tests.importing.generator.writing import write
from tests.importing.mutations import mutated

TEXTS = tuple(form for form in get_args(Form) if form not in ("docx", "pdf"))
SHAPES = st.lists(
    st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=1, max_size=3), min_size=1, max_size=3
)


def imported(content: bytes, suffix: str = ".txt") -> Imported | None:
    """Return what is made of a file, or nothing if it is refused with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document{suffix}"
        path.write_bytes(content)
        try:
            return import_standard(path, code="made")
        except (NotAStandard, Unreadable):
            return None


def rendered(known: Known, style: Style) -> str:
    """Return the text of a standard."""
    return render_text(worn(lay_out(known, style), style), style)


def check(text: str, knowns: list[Known]) -> None:
    """Import a text and check all that must hold."""
    note(text)
    found = imported(text.encode())
    wordings = [words for known in knowns for words in known.requirements().values()]
    wrong = [] if found is None else faults(text, wordings, found)
    assert wrong == []


@pytest.mark.parametrize("form", TEXTS)
def test_a_damaged_text_loses_nothing_silently(form: Form):
    @effort(1.5)
    @given(standards(SHAPES), styles(form), st.integers(0, 2**32), st.integers(1, 12))
    def damage(known: Known, style: Style, seed: int, times: int) -> None:
        check(mutated(rendered(known, style), seed, times), [known])

    damage()


@effort(2)
@given(standards(SHAPES), st.sampled_from(TEXTS).flatmap(styles), st.floats(0, 1))
def test_a_text_may_end_anywhere(known: Known, style: Style, share: float):
    content = rendered(known, style).encode()
    check(content[: int(len(content) * share)].decode(errors="ignore"), [known])


@effort(1)
@given(
    standards(SHAPES), standards(SHAPES), st.sampled_from(TEXTS).flatmap(styles), st.sampled_from(TEXTS).flatmap(styles)
)
def test_two_documents_in_one_file(first: Known, second: Known, one: Style, other: Style):
    check(rendered(first, one) + rendered(second, other), [first, second])


@effort(2)
@given(st.text(alphabet="表工作领域任务职业技能要求初中高级能1２.．、（）()①一AB\t|<p>/\n #*", max_size=300))
def test_any_text_gets_an_answer(text: str):
    check(text, [])


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def _flip(content: bytes, random: Random) -> bytes:
    broken = bytearray(content)
    for _ in range(random.randint(1, 20)):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


@pytest.mark.parametrize("breaking", [_cut, _flip])
@pytest.mark.parametrize("form", ["docx", "pdf", "tabs"])
def test_a_broken_file_gets_an_answer(form: Form, breaking: Callable[[bytes, Random], bytes]):
    @effort(0.4)
    @given(standards(st.just([[[2]]])), styles(form), st.integers(0, 2**32))
    def damage(known: Known, style: Style, seed: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(known, style, Path(folder))
            content, suffix = breaking(path.read_bytes(), Random(seed)), path.suffix
        assume(content)
        found = imported(content, suffix)
        wrong = [] if found is None else faults("", [], found)
        assert wrong == []

    damage()
