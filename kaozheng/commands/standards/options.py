"""Arguments and options that several commands have."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

Code = Annotated[
    str,
    typer.Argument(
        help="代码：标准、标准@版本，或条目。 A standard, standard@edition, or an item such as xb2b:junior:1.1."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出。 Answer as JSON.")]
Search = Annotated[str | None, typer.Option(help="只显示含有全部词语者。 Only what holds all these words.")]
Output = Annotated[Path | None, typer.Option(help="写入文件。 The file to write.")]
Edition = Annotated[str | None, typer.Option(help="版本。 The edition.")]


#: The levels of shared.standards.codes, which would take its time to load.
LevelName = Literal["junior", "intermediate", "senior"]
Level = Annotated[LevelName | None, typer.Option(help="等级。 The level.")]


class Format(StrEnum):
    """How data is written."""

    JSON = "json"
    YAML = "yaml"


FormatOption = Annotated[Format | None, typer.Option("--format", help="格式。 The format.")]
