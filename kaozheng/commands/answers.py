"""What commands write to stdout for programs: always UTF-8, whatever the terminal's encoding, and nothing else."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from shared.errors import Invalid


class NotWritten(Invalid):
    """A file could not be written."""

    slug = "file-not-written"
    zh = "无法写入“{file}”：{reason}"
    en = "Cannot write '{file}': {reason}"


def put(text: str) -> None:
    """Write a text as it is. What UTF-8 cannot hold, such as half a surrogate, is escaped as JSON would."""
    typer.echo(text.removesuffix("\n").encode("utf-8", "backslashreplace"))


def put_json(data: Any) -> None:
    """Write data as JSON that people can read too."""
    put(json.dumps(data, ensure_ascii=False, indent=2))


def write(path: Path, text: str) -> None:
    """Write a file in one step, so that a kill leaves the old one or the new one. Raises NotWritten."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise NotWritten(file=path, reason=error.strerror or str(error)) from error
