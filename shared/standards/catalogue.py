"""Which standards and blueprints there are: those that come with the system, and those in the operator's folder."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from shared.errors import Invalid
from shared.standards.authoring import parse_blueprint
from shared.standards.blueprint import Blueprint
from shared.standards.documents import parse_standard, to_yaml
from shared.standards.edition import natural, newest_first
from shared.standards.errors import (
    BlueprintFileInvalid,
    BlueprintUnknown,
    FolderUnusable,
    StandardExists,
    StandardInvalid,
    StandardUnknown,
    VersionExists,
)
from shared.standards.faults import Finding
from shared.standards.located import refusal
from shared.standards.model import SkillStandard
from shared.standards.saving import files_of, locked, write
from shared.standards.shelf import Shelf, Stored

_DATA = Path(__file__).parent / "data"
#: Between code and edition in the name of a file; neither has one of them.
_MARKS = "@_"
_MARK = re.compile(f"[{_MARKS}]")
_Content = TypeVar("_Content")
_Editions = dict[str, SkillStandard | Invalid]


class Catalogue:
    """Standards and blueprints by code. Files are read again when they change; a broken one hides no other.

    An edition in the operator's folder takes the place of the built-in one of the same code and edition, as when the
    official wording is loaded. If its file is broken, that edition is refused rather than given in the old wording.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the operator's folder, which need not exist; without one there is only what is built in."""
        self._own = folder / "standards" if folder else None
        self._standards = [_BUILT_IN_STANDARDS]
        self._own_blueprints = folder / "blueprints" if folder else None
        self._blueprints: list[Shelf[Blueprint]] = []
        if self._own and self._own_blueprints:
            self._standards.append(_standards_in(self._own, _own_names))
            self._blueprints.append(_blueprints_in(self._own_blueprints))

    def standards(self) -> tuple[SkillStandard, ...]:
        """Return the newest edition of each standard, sorted by code."""
        stored = self._stored()
        newest = (next(iter(_good(stored[code])), None) for code in sorted(stored))
        return tuple(standard for standard in newest if standard is not None)

    def editions(self, code: str) -> tuple[str, ...]:
        """Return the editions of a standard, newest first; none if it is unknown."""
        return tuple(standard.edition for standard in _good(self._stored().get(code, {})))

    def standard(self, code: str, edition: str | None = None) -> SkillStandard:
        """Return an edition of a standard, the newest unless one is named.

        Raise `StandardUnknown`, or `StandardInvalid` if it is stored but its file is broken.
        """
        stored = self._stored()
        editions = stored.get(code, {})
        newest = next(iter([*_good(editions), *editions.values()]), None)
        found = newest if edition is None else editions.get(edition)
        if isinstance(found, Invalid):
            raise found.with_traceback(None)  # it is kept and raised again and again
        if found is None:
            wanted = code if edition is None else f"{code}@{edition}"
            known = [f"{code}@{each}" for each in editions] if editions else sorted(stored)
            raise StandardUnknown(code=wanted, known=", ".join(known))
        return found

    def blueprints(self) -> tuple[Blueprint, ...]:
        """Return all authored blueprints in all their versions, sorted by code, newest version first."""
        contents = [stored.content for stored in _files(self._blueprints)]
        found = {(each.code, -each.version): each for each in contents if isinstance(each, Blueprint)}
        return tuple(found[key] for key in sorted(found))

    def blueprint(self, code: str, version: int | None = None) -> Blueprint:
        """Return a version of an authored blueprint, the newest unless one is named; raise `BlueprintUnknown`."""
        blueprints = self.blueprints()
        for blueprint in blueprints:
            if blueprint.code == code and version in (None, blueprint.version):
                return blueprint
        wanted = code if version is None else f"{code} {version}"
        known = ", ".join(f"{each.code} {each.version}" for each in blueprints)
        raise BlueprintUnknown(code=wanted, known=known or "-")

    def check_newest(self, code: str) -> None:
        """Raise what is wrong with a newer edition of a standard than the newest that can be used.

        Reading goes on with that one; what is frozen for good must not quietly be on an older edition than was meant.
        """
        editions = self._stored().get(code, {})
        usable = [natural(each.edition) for each in _good(editions)[:1]]
        for edition, content in editions.items():
            if isinstance(content, Invalid) and all(natural(edition) > each for each in usable):
                raise content.with_traceback(None)
        self._check_folder(self._standards, self._own)

    def check_newest_blueprint(self, code: str) -> None:
        """Raise what is wrong with a file that is called after a version of this blueprint, or with their folder."""
        for stored in _files(self._blueprints):
            if isinstance(stored.content, Invalid) and _MARK.split(stored.path.stem, maxsplit=1)[0] == code:
                raise stored.content.with_traceback(None)
        self._check_folder(self._blueprints, self._own_blueprints)

    @staticmethod
    def _check_folder(shelves: Sequence[Shelf[Any]], folder: Path | None) -> None:
        for stored in _files(shelves):
            if stored.path == folder and isinstance(stored.content, Invalid):
                raise stored.content.with_traceback(None)

    def broken(self) -> tuple[Invalid, ...]:
        """Return what is wrong with each file that cannot be used; each error names its file and the places."""
        standards = [stored.content for stored in _files(self._standards)]
        blueprints = [stored.content for stored in _files(self._blueprints)]
        return tuple(content for content in (*standards, *blueprints) if isinstance(content, Invalid))

    def save(self, standard: SkillStandard, *, replace: bool = False) -> Path:
        """Keep a standard in the operator's folder and return its file; one with the same content stays as it is.

        Raise `StandardExists` if this edition is stored with other content and is not to be replaced, and
        `FolderUnusable` if there is no folder, or it cannot be written.
        """
        if self._own is None:
            raise FolderUnusable(reason_zh="没有指定标准文件夹。", reason_en="no folder for standards is configured.")
        names, text = _own_names(standard), to_yaml(standard)
        parse_standard(text, f"{names[0]}.yaml")  # what could not be read again is refused now
        with locked(self._own):
            stored = self._stored().get(standard.code, {}).get(standard.edition)
            files = files_of(self._own, names)
            if stored == standard and files:
                return files[0]
            if not replace and (files or stored not in (None, standard)):
                raise StandardExists(code=standard.code, edition=standard.edition)
            path = write(self._own, names[0], text)
            for other in files:
                if other != path:
                    other.unlink(missing_ok=True)
            return path

    def save_blueprint(self, blueprint: Blueprint, text: str) -> Path:
        """Keep an authored blueprint as its author wrote it and return its file; one with the same content stays.

        Raise `VersionExists` if the version is stored with other content, or in a file that is broken, and
        `FolderUnusable` if there is no folder, or it cannot be written.
        """
        if self._own_blueprints is None:
            raise FolderUnusable(reason_zh="没有指定标准文件夹。", reason_en="no folder for standards is configured.")
        name = f"{blueprint.code}@{blueprint.version}"
        with locked(self._own_blueprints):
            for stored in _files(self._blueprints):
                if stored.content == blueprint:
                    return stored.path
                if isinstance(stored.content, Blueprint) and _version(stored.content) == _version(blueprint):
                    raise VersionExists(code=blueprint.code, version=blueprint.version)
            if files_of(self._own_blueprints, (name,)):
                raise VersionExists(code=blueprint.code, version=blueprint.version)
            return write(self._own_blueprints, name, text)

    def _stored(self) -> dict[str, _Editions]:
        """Return by code and edition what is stored; what comes later takes the place of what came before."""
        found: dict[str, _Editions] = {}
        for stored in _files(self._standards):
            content = stored.content
            if isinstance(content, SkillStandard):
                found.setdefault(content.code, {})[content.edition] = content
                continue
            code, *edition = _MARK.split(stored.path.stem, maxsplit=1)
            if edition:
                found.setdefault(code, {})[edition[0]] = content
        return found


def _files(shelves: Sequence[Shelf[_Content]]) -> Iterator[Stored[_Content]]:
    for shelf in shelves:
        yield from shelf.files()


def _version(blueprint: Blueprint) -> tuple[str, int]:
    return blueprint.code, blueprint.version


def _good(editions: _Editions) -> list[SkillStandard]:
    return newest_first([standard for standard in editions.values() if isinstance(standard, SkillStandard)])


def _built_in_names(standard: SkillStandard) -> tuple[str, ...]:
    return (standard.code,)


def _own_names(standard: SkillStandard) -> tuple[str, ...]:
    """Return what its file may be called: Kubernetes allows no @ in the keys of a ConfigMap."""
    return tuple(f"{standard.code}{mark}{standard.edition}" for mark in _MARKS)


def _standards_in(folder: Path, names: Callable[[SkillStandard], tuple[str, ...]]) -> Shelf[SkillStandard]:
    def parse(content: bytes, path: Path) -> SkillStandard:
        standard = parse_standard(content, path.name)
        if path.stem not in names(standard):  # a folder shall show what is in it, and no save overwrite another edition
            name = f"{names(standard)[0]}{path.suffix}"
            finding = Finding("misnamed", f"请将文件改名为 {name}。", f"Rename the file to {name}.")
            raise refusal(path.name, [finding.of_file()], StandardInvalid)
        return standard

    return Shelf(folder, parse, lambda standard: f"{standard.code} {standard.edition}", StandardInvalid)


def _blueprints_in(folder: Path) -> Shelf[Blueprint]:
    return Shelf(
        folder,
        lambda content, path: parse_blueprint(content, path.name),
        lambda blueprint: f"{blueprint.code} {blueprint.version}",
        BlueprintFileInvalid,
    )


_BUILT_IN_STANDARDS = _standards_in(_DATA, _built_in_names)
BUILT_IN = Catalogue()


def load_standard(code: str) -> SkillStandard:
    """Return a built-in standard; raise `StandardUnknown`."""
    return BUILT_IN.standard(code)
