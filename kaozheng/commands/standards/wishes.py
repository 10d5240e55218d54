"""What the operator asks of an import, and the files that he names."""

from dataclasses import dataclass, replace
from pathlib import Path

import typer
from pydantic import TypeAdapter, ValidationError

from shared.standards.codes import Edition, StandardCode
from shared.standards.model import SkillStandard

_DOCUMENTS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"})
#: Not documents but data of ours, corrected by hand: checked and stored as they are.
DATA = frozenset({".yaml", ".yml", ".json"})

_CODE: TypeAdapter[str] = TypeAdapter(StandardCode)
_EDITION: TypeAdapter[str] = TypeAdapter(Edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of one import. With several documents, `output` and `report` are folders."""

    code: str | None = None
    edition: str | None = None
    output: Path | None = None
    report: Path | None = None
    is_dry: bool = False
    is_replacing: bool = False
    is_strict: bool = False

    def for_one_of_many(self, document: Path, standard: SkillStandard) -> "Wishes":
        """Return the same wishes with the files of one document, inside the folders."""
        return replace(
            self,
            output=self.output / f"{standard.code}@{standard.edition}.yaml" if self.output else None,
            report=self.report / f"{document.name}.html" if self.report else None,
        )


def check_names(code: str | None, edition: str | None) -> None:
    """Refuse a code or edition that no standard can have, before anything is read."""
    if code is not None and not _is_valid(_CODE, code):
        raise typer.BadParameter(
            "代码以字母开头，只含小写字母、数字和连字符。 A code is a letter, then lower-case letters, digits, hyphens."
        )
    if edition is not None and not _is_valid(_EDITION, edition):
        raise typer.BadParameter("版本只含字母、数字、点和连字符。 An edition is letters, digits, dots and hyphens.")


def _is_valid(kind: TypeAdapter[str], value: str) -> bool:
    try:
        kind.validate_python(value)
    except ValidationError:
        return False
    return True


def documents(named: list[Path]) -> list[Path]:
    """Return the documents to read: files as named, and of each folder all documents, but no data files."""
    found: list[Path] = []
    for path in named:
        found += sorted(filter(_is_document, path.iterdir())) if path.is_dir() else [path]
    if not found:
        raise typer.BadParameter("文件夹中没有可读取的文档。 The folder holds no document that can be read.")
    return list(dict.fromkeys(found))


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in _DOCUMENTS and not path.name.startswith((".", "~$")) and path.is_file()
