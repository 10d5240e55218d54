"""The checks pass for the real importer and fail for each that is known to be wrong: they can see what they are for."""

from pathlib import Path

import pytest

from tests.importing.checks import faults
from tests.importing.generator.drawing import known
from tests.importing.generator.known import Known
from tests.importing.generator.outline import outline, squeezed
from tests.importing.generator.style import Style
from tests.importing.generator.writing import write
from tests.importing.mutants import MUTANTS, Importer, real

#: Long sentences, versions inside sentences, several levels; and the forms in which the mutants go wrong.
KNOWN = known([[[3, 2], [4]], [[2, 5], [3]]], 7)
FORMS = (Style(form="tabs", page_rows=2), Style(form="wrapped", width=20), Style(form="tabs-p", rows="requirement"))


def wrong_outlines(importer: Importer, folder: Path) -> list[str]:
    """Return the forms from which another tree than the known one is read."""
    return [
        style.form
        for style in FORMS
        if _tried(lambda path: outline(importer(path).standard) != squeezed(KNOWN.outline()), style, folder)
    ]


def faulty_imports(importer: Importer, folder: Path) -> list[str]:
    """Return the forms, damaged or not, in which something is not as it must be: no known tree is needed for these."""
    return [
        style.form
        for style in FORMS
        if _tried(lambda path: bool(faults(path.read_text("utf-8"), _words(KNOWN), importer(path))), style, folder)
    ]


def _words(standard: Known) -> list[str]:
    return list(standard.requirements().values())


def _tried(is_wrong, style: Style, folder: Path) -> bool:
    path = write(KNOWN, style, folder)
    path.write_text(path.read_text("utf-8") + "附表\t备注\n", "utf-8")  # a row with fewer cells than others have
    try:
        return is_wrong(path)
    except IndexError:
        return True


def test_the_real_importer_passes(tmp_path: Path):
    assert wrong_outlines(real, tmp_path) == []
    assert faulty_imports(real, tmp_path) == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_wrong_importer_is_found_out(mutant: Importer, tmp_path: Path):
    assert faulty_imports(mutant, tmp_path) or wrong_outlines(mutant, tmp_path)


@pytest.mark.parametrize("mutant", [each for each in MUTANTS if each.__name__ != "splits_at_any_number"])
def test_most_are_found_out_without_a_known_tree(mutant: Importer, tmp_path: Path):
    assert faulty_imports(mutant, tmp_path)
