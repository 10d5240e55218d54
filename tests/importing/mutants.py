"""Importers that are wrong in ways that importers are: the checks must tell each of them from the real one."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kaozheng.importing.assemble import Imported, import_standard, understand
from kaozheng.importing.document import Document, Line
from kaozheng.importing.reading import read_document
from kaozheng.importing.report import Reading
from shared.standards.catalogue import BUILT_IN
from shared.standards.model import SkillRequirement

Importer = Callable[[Path], Imported]
_NUMBER = re.compile(r"^\W*\d+[.．]\d+")
_INNER = re.compile(r"(?<=.)(\d+(?:\.\d+)+)")


def real(path: Path) -> Imported:
    """Import as the product does."""
    return import_standard(path, code="made")


def drops_continued_rows(path: Path) -> Imported:
    """Take a row whose first cells are empty for a rest of nothing, and say that all was used."""
    return _without(
        path, lambda line: bool(line.cells) and not any(line.cells[:2]) and not _NUMBER.match(line.cells[-1])
    )


def skips_lines_without_number(path: Path) -> Imported:
    """Take what has no number, in the section of the requirements, for noise."""
    return _without(path, lambda line: line.cells is None and line.number > 40 and not _NUMBER.match(line.text))


def splits_at_any_number(path: Path) -> Imported:
    """Take any number inside a sentence for the next requirement's."""

    def split(requirement: SkillRequirement) -> list[SkillRequirement]:
        found = _INNER.search(requirement.description)
        if not found:
            return [requirement]
        first = requirement.model_copy(update={"description": requirement.description[: found.start()] or "?"})
        code = f"{requirement.code}.{found[1]}"
        rest = requirement.model_copy(update={"code": code, "description": requirement.description[found.start() :]})
        return [first, rest]

    return _requirements_changed(real(path), split)


def keeps_the_first_sentence(path: Path) -> Imported:
    """Take a requirement to end at its first full stop."""

    def shorten(requirement: SkillRequirement) -> list[SkillRequirement]:
        return [requirement.model_copy(update={"description": re.split("[。；]", requirement.description)[0] or "?"})]

    return _requirements_changed(real(path), shorten)


def reads_the_first_requirement_of_a_cell(path: Path) -> Imported:
    """Take a cell for one requirement, whatever else stands in it."""
    return _requirements_changed(real(path), lambda each: [each] if each.code.endswith(".1") else [])


def stops_at_the_first_level(path: Path) -> Imported:
    """Read one table, and call the others noise."""
    found = real(path)
    return replace(found, standard=found.standard.model_copy(update={"levels": found.standard.levels[:1]}))


def codes_by_clause_alone(path: Path) -> Imported:
    """Give the first requirement's code to its neighbour."""

    def first(requirement: SkillRequirement) -> list[SkillRequirement]:
        return [requirement.model_copy(update={"code": f"{requirement.code.rpartition('.')[0]}.1"})]

    return _requirements_changed(real(path), first)


def hides_a_line(path: Path) -> Imported:
    """Leave out of the report what was not understood."""
    found = real(path)
    readings = found.report.readings
    return replace(found, report=found.report.model_copy(update={"readings": readings[:-3] + readings[-2:]}))


def falls_over_a_short_row(path: Path) -> Imported:
    """Expect three cells in every row."""
    for line in read_document(path).lines:
        if line.cells is not None and len(line.cells) < 3:
            raise IndexError(line.number)
    return real(path)


def _without(path: Path, skipped: Callable[[Line], bool]) -> Imported:
    """Import a document as if some lines were not there, and claim that they were used."""
    document = read_document(path)
    kept = tuple(line for line in document.lines if not skipped(line))
    found = _understood(replace(document, lines=kept))
    by_line = {reading.line: reading for reading in found.report.readings}
    readings = tuple(by_line.get(line.number) or _claimed(line) for line in document.lines)
    return replace(found, report=found.report.model_copy(update={"readings": readings}))


def _understood(document: Document) -> Imported:
    return understand(document, code="made", edition=None, catalogue=BUILT_IN)


def _claimed(line: Line) -> Reading:
    return Reading(line=line.number, place=line.place, text=line.text, fate="used", used_for="?")


def _requirements_changed(found: Imported, change: Callable[[SkillRequirement], list[SkillRequirement]]) -> Imported:
    """Return an import with every requirement changed; no validator looks at it again."""
    standard = found.standard
    levels = tuple(
        level.model_copy(
            update={
                "units": tuple(
                    unit.model_copy(
                        update={
                            "tasks": tuple(
                                task.model_copy(
                                    update={
                                        "requirements": tuple(new for old in task.requirements for new in change(old))
                                    }
                                )
                                for task in unit.tasks
                            )
                        }
                    )
                    for unit in level.units
                )
            }
        )
        for level in standard.levels
    )
    return replace(found, standard=standard.model_copy(update={"levels": levels}))


MUTANTS: tuple[Importer, ...] = (
    drops_continued_rows,
    skips_lines_without_number,
    splits_at_any_number,
    keeps_the_first_sentence,
    reads_the_first_requirement_of_a_cell,
    stops_at_the_first_level,
    codes_by_clause_alone,
    hides_a_line,
    falls_over_a_short_row,
)
