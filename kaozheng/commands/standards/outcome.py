"""Imports one document: reads it, stores what came of it, and remembers how it went."""

import sys
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kaozheng.commands import refusals
from kaozheng.commands.answers import write
from kaozheng.commands.standards.data_files import read_standard
from kaozheng.commands.standards.pages import report_page
from kaozheng.commands.standards.wishes import DATA, Wishes
from kaozheng.importing.assemble import Imported, import_standard
from kaozheng.importing.report import Report
from shared.errors import Conflict, Invalid, ServiceError
from shared.standards.catalogue import Catalogue
from shared.standards.documents import to_json, to_yaml

CLEAN, REFUSED, DOUBTED = 0, 1, 3


class FileExists(Conflict):
    """The file to write holds something else, perhaps corrected by hand."""

    slug = "file-exists"
    zh = "“{file}”已存在且内容不同；如确需覆盖，请加 --replace。"
    en = "'{file}' exists with other content; add --replace if you mean to overwrite it."


class CodeInFile(Invalid):
    """A data file has its own code and edition."""

    slug = "code-in-file"
    zh = "数据文件“{file}”自带代码和版本（{code}@{edition}），请在文件中修改。"
    en = "The data file '{file}' has its own code and edition ({code}@{edition}); change them in the file."


class ImportCrashed(Invalid):
    """The importer failed in a way that nobody foresaw."""

    slug = "import-crashed"
    zh = "读取“{file}”时程序出错（{kind}，{place}）。请把这份文件交给维护人员。"
    en = "The program failed on '{file}' ({kind}, {place}). Please hand this file to those who maintain it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the import of one document went: either it was refused, or there is something imported."""

    document: Path
    imported: Imported | None = None
    saved: Path | None = None
    report_page: Path | None = None
    refusal: ServiceError | None = None
    status: int = CLEAN

    def as_data(self) -> dict[str, Any]:
        """Return what a program reads."""
        if self.refusal is not None or self.imported is None:
            return {"error": refusals.as_data(self.refusal or ServiceError())}
        return {
            "standard": self.imported.standard.model_dump(mode="json"),
            "report": self.imported.report.model_dump(mode="json"),
            "saved": str(self.saved) if self.saved else None,
        }


def import_one(document: Path, wishes: Wishes, catalogue: Catalogue, *, is_alone: bool) -> Outcome:
    """Import a document; every failure becomes its outcome, so that the others are imported all the same."""
    outcome = Outcome(document=document)
    try:
        imported = _read(document, wishes, catalogue)
        if not is_alone:
            wishes = wishes.for_one_of_many(document, imported.standard)
        outcome = replace(outcome, imported=imported)
        if wishes.report:
            write(wishes.report, report_page.page(imported.standard, imported.report))
            outcome = replace(outcome, report_page=wishes.report)
        if wishes.is_strict and imported.report.doubts:
            return replace(outcome, status=DOUBTED)
        return replace(outcome, saved=_save(imported, wishes, catalogue))
    except ServiceError as refusal:
        return replace(outcome, refusal=refusal, status=REFUSED)
    except Exception as error:  # noqa: BLE001 - whatever a document does to the importer, the others go on
        return replace(outcome, refusal=_crash(document, error), status=REFUSED)


def _read(document: Path, wishes: Wishes, catalogue: Catalogue) -> Imported:
    if document.suffix.lower() not in DATA:
        return import_standard(document, code=wishes.code, edition=wishes.edition, catalogue=catalogue)
    standard = read_standard(document)
    own = (standard.code, standard.edition)
    if (wishes.code or own[0], wishes.edition or own[1]) != own:
        raise CodeInFile(file=document.name, code=own[0], edition=own[1])
    report = Report(file=document.name, found=(), doubts=(), missing=(), readings=())
    return Imported(standard=standard, report=report)


def _save(imported: Imported, wishes: Wishes, catalogue: Catalogue) -> Path | None:
    if wishes.is_dry:
        return None
    if wishes.output is None:
        return catalogue.save(imported.standard, replace=wishes.is_replacing)
    path = wishes.output
    text = to_json(imported.standard) if path.suffix.lower() == ".json" else to_yaml(imported.standard)
    if path.exists() and not wishes.is_replacing and path.read_bytes() != text.encode("utf-8", "backslashreplace"):
        raise FileExists(file=path)
    write(path, text)
    return path


def _crash(document: Path, error: Exception) -> ImportCrashed:
    traceback.print_exception(error, file=sys.stderr)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return ImportCrashed(file=document.name, kind=type(error).__name__, place=place)
