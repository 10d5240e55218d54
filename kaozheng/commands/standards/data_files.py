"""Reads a data file that the operator names."""

from pathlib import Path

from shared.errors import Invalid
from shared.standards.documents import parse_standard
from shared.standards.model import SkillStandard


class FileUnreadable(Invalid):
    """The file cannot be opened."""

    slug = "file-unreadable"
    zh = "无法读取“{file}”：{reason}"
    en = "Cannot read '{file}': {reason}"


def read(file: Path) -> bytes:
    """Return what a file holds. Raises FileUnreadable."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=file, reason=error.strerror or str(error)) from error


def read_standard(file: Path) -> SkillStandard:
    """Return the standard of a data file. Raises FileUnreadable, StandardInvalid."""
    return parse_standard(read(file), file.name)
